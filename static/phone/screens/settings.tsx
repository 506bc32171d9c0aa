// Language, light, and what this phone is to headquarters.
import { useState } from "preact/hooks";
import { useApp } from "../app";
import { APP } from "../connection";
import { Alarm, Head, Notice, Strip } from "../parts";
import { chooseTheme, chosenTheme, THEMES, type Theme } from "../theme";
import { LANGUAGES } from "../words";
import { InstallHint } from "./unlinked";

export function SettingsScreen() {
  const app = useApp();
  return (
    <>
      <Head title={app.say("settings")} sub={app.phone.device?.name} />
      <Strip />
      <div class="pages wide-gap">
        <LanguageChoice />
        <ThemeChoice />
        <Memory />
        <InstallHint />
        <Leave />
        <p class="soft">{app.say("version", { n: APP })}</p>
      </div>
      <Alarm />
    </>
  );
}

function LanguageChoice() {
  const app = useApp();
  return (
    <fieldset class="q">
      <legend>{app.say("language")}</legend>
      <div class="pills">
        {LANGUAGES.map((language) => (
          <button
            type="button"
            class="pill"
            key={language}
            lang={language}
            aria-pressed={language === app.words.language}
            onClick={() => app.setLanguage(language)}
          >
            {app.say(`language_${language}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function ThemeChoice() {
  const app = useApp();
  const [theme, setTheme] = useState<Theme>(chosenTheme(localStorage));
  const choose = (next: Theme) => {
    chooseTheme(localStorage, next);
    setTheme(next);
  };
  return (
    <fieldset class="q">
      <legend>{app.say("theme")}</legend>
      <div class="pills">
        {THEMES.map((each) => (
          <button
            type="button"
            class="pill"
            key={each}
            aria-pressed={each === theme}
            onClick={() => choose(each)}
          >
            {app.say(`theme_${each}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** Whether the browser promised to keep what is on the phone. */
function Memory() {
  const app = useApp();
  const kept = app.persisted === true;
  return (
    <Notice icon={kept ? "check" : "triangle-alert"} title={app.say(kept ? "memory_kept" : "memory_refused")}>
      {app.say(kept ? "memory_kept_text" : "memory_refused_text")}
    </Notice>
  );
}

/** To leave a phone is to erase what is on it: refused while something has not been sent. */
function Leave() {
  const app = useApp();
  const [sure, ask] = useState(false);
  const [refused, setRefused] = useState(false);
  const { unsent } = app.phone;
  const leave = async () => {
    if (!(await app.phone.leave())) return setRefused(true);
    localStorage.clear();
    location.replace("/phone/");
  };
  if (unsent > 0)
    return (
      <p class={refused ? "alarm" : "soft"} role={refused ? "alert" : undefined}>
        {app.say("leave_refused", { n: unsent })}
      </p>
    );
  return (
    <div class="big">
      {sure && <p>{app.say("leave_sure")}</p>}
      <button type="button" class="btn bad whole" onClick={sure ? leave : () => ask(true)}>
        {app.say(sure ? "leave_do" : "leave")}
      </button>
    </div>
  );
}
