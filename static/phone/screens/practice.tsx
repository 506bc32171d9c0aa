// The practice entrance explains itself: one thing at a time, under the thumb.
import { useApp } from "../app";
import { Icon } from "../parts";
import { LESSONS } from "../practice";

export function Coach() {
  const app = useApp();
  const lesson = app.lessons.next(app.phone.practised.values());
  const step = lesson ? LESSONS.indexOf(lesson) + 1 : LESSONS.length;
  return (
    <div class="dock big coach">
      <p class={lesson ? "glad dim" : "glad"}>
        <Icon name={lesson ? "hand" : "s-done"} />
        <span>
          <strong>
            {lesson ? app.say("step_of", { n: step, all: LESSONS.length }) : app.say("practice_done")}
          </strong>
          <br />
          {app.say(lesson ? `lesson_${lesson}` : "practice_done_text")}
        </span>
      </p>
      <button type="button" class={lesson ? "btn" : "btn main"} onClick={() => app.nav.turn({ at: "home" })}>
        {app.say(lesson ? "leave_practice" : "to_home")}
      </button>
    </div>
  );
}
