// What to say at the door, in the language of the door.
import { useState } from "preact/hooks";
import { useApp } from "../app";
import { Head, Strip } from "../parts";
import type { Assignment } from "../types";

export function ScriptScreen({ assignment }: { assignment: Assignment }) {
  const app = useApp();
  const [language, setLanguage] = useState<"ru" | "kk">(app.words.language === "kk" ? "kk" : "ru");
  const { script, theses } = assignment.round;
  const text = script[language];
  return (
    <>
      <Head title={app.say("what_to_say")} sub={assignment.round.name} />
      <Strip />
      <div class="pages" lang={language}>
        {text ? paragraphs(text).map((part) => <p key={part}>{part}</p>) : <p>{app.say("no_script")}</p>}
        {theses[language].length > 0 && <h2>{app.say("theses")}</h2>}
        <ul class="theses">
          {theses[language].map((thesis) => (
            <li key={thesis}>{thesis}</li>
          ))}
        </ul>
      </div>
      <div class="dock">
        <div class="pills two">
          {(["ru", "kk"] as const).map((each) => (
            <button
              type="button"
              class="pill"
              key={each}
              aria-pressed={each === language}
              onClick={() => setLanguage(each)}
            >
              {app.say(`language_${each}`)}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}

const paragraphs = (text: string): string[] => text.split(/\n\s*\n|\r?\n/).filter((part) => part.trim());
