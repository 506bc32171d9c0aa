// What was spoken of: asked beside the support, or after it, from the toast.
import { useState } from "preact/hooks";
import { useApp } from "../app";
import { Icon, Sheet } from "../parts";

interface PillsProps {
  chosen: number[];
  choose: (topics: number[]) => void;
}

export function TopicPills({ chosen, choose }: PillsProps) {
  const app = useApp();
  const topics = app.phone.pack?.topics ?? [];
  if (topics.length === 0) return null;
  const toggle = (id: number) =>
    choose(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset class="q">
      <legend>
        {app.say("topics")} <small>· {app.say("may_skip")}</small>
      </legend>
      <div class="pills">
        {topics.map((topic) => (
          <button
            type="button"
            class="pill"
            key={topic.id}
            aria-pressed={chosen.includes(topic.id)}
            onClick={() => toggle(topic.id)}
          >
            {chosen.includes(topic.id) && <Icon name="check" />}
            {app.words.text(topic)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function Topics() {
  const app = useApp();
  const [chosen, setChosen] = useState<number[]>([]);
  const [group] = useState(app.phone.done?.group ?? null);
  const choose = (topics: number[]) => {
    setChosen(topics);
    if (group) void app.phone.setTopics(group, topics);
  };
  return (
    <Sheet title={app.say("topics_short")} sub={app.phone.done?.text}>
      <TopicPills chosen={chosen} choose={choose} />
      <div class="big">
        <button type="button" class="btn main whole" onClick={() => app.nav.close()}>
          {app.say("ready")}
        </button>
      </div>
    </Sheet>
  );
}
