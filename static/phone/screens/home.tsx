// What is mine to walk: turfs with their buildings, what was done today, what is left.
import { type App, useApp } from "../app";
import { dateOf, dayOf, timeOf } from "../clock";
import { dwellingsOf, type Model, type Progress } from "../model";
import { Alarm, Head, Icon, IconButton, Strip, Toast } from "../parts";
import { PRACTICE_BUILDING } from "../practice";
import { house, PRACTICE } from "../route";
import type { Assignment, Building } from "../types";
import { into } from "./dock";
import { turfName } from "./house";
import { Notices } from "./notices";

export function HomeScreen() {
  const app = useApp();
  const { model } = app.phone;
  const name = app.phone.pack?.person.name ?? app.phone.device?.name ?? "";
  return (
    <>
      <Head title={app.say("my_turf")} sub={name} back={false}>
        <IconButton
          icon="settings"
          label={app.say("settings")}
          onClick={() => app.nav.go({ at: "settings" })}
        />
      </Head>
      <Strip />
      <div class="pages">
        <Notices />
        {model.assignments.length > 0 && <Today model={model} />}
        {model.assignments.map((assignment) => (
          <Turf key={assignment.id} assignment={assignment} model={model} />
        ))}
        {model.assignments.length === 0 && <NoTurf />}
        <PracticeRow />
      </div>
      <Toast />
      <Alarm />
    </>
  );
}

function Today({ model }: { model: Model }) {
  const app = useApp();
  const { clock } = app.phone;
  const today = dayOf(clock.now(), clock);
  const acts = [...app.phone.acts.values()].filter((act) => dayOf(Date.parse(act.acted_at), clock) === today);
  const done = new Set(acts.map((act) => `${act.round} ${act.dwelling}`)).size;
  const left = model.assignments.reduce((sum, each) => sum + total(model, each).none, 0);
  return (
    <p class="today">
      <strong>{app.say("today_done", { n: done })}</strong> {app.say("left", { n: left })}
    </p>
  );
}

function total(model: Model, { round, buildings }: Assignment): Progress {
  return model.progress(round.id, buildings.flatMap(dwellingsOf));
}

function Turf({ assignment, model }: { assignment: Assignment; model: Model }) {
  const app = useApp();
  return (
    <section class="turf">
      <header>
        <h2>{turfName(app, assignment.turf)}</h2>
        <p>{`${assignment.round.name} · ${until(app, assignment)}`}</p>
      </header>
      {assignment.buildings.map((building) => (
        <BuildingRow key={building.id} building={building} assignment={assignment} model={model} />
      ))}
      <button
        type="button"
        class="btn big"
        onClick={() => app.nav.go({ at: "script", assignment: assignment.id })}
      >
        <Icon name="book-open" />
        {app.say("what_to_say")}
      </button>
    </section>
  );
}

function until(app: App, { ends_at }: Assignment): string {
  const { clock } = app.phone;
  const ms = Date.parse(ends_at) - clock.error;
  if (ms < clock.now()) return app.say("time_is_over");
  return app.say("until", { day: dateOf(ms, clock), time: timeOf(ms, clock) });
}

interface RowProps {
  building: Building;
  assignment: Assignment;
  model: Model;
}

function BuildingRow({ building, assignment, model }: RowProps) {
  const app = useApp();
  const progress = model.progress(assignment.round.id, dwellingsOf(building));
  const lit = building.described && progress.all > 0 && progress.closed === progress.all;
  return (
    <button
      type="button"
      class={lit ? "go-row lit" : "go-row"}
      data-building={building.id}
      onClick={() => app.nav.go(into(assignment.id, building))}
    >
      <Icon name={lit ? "s-done" : building.described ? "building-2" : "pencil"} />
      <span>
        <b>{building.address}</b>
        <small>{standing(app, building, progress)}</small>
        {building.described && <progress max={progress.all} value={progress.closed} aria-hidden="true" />}
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}

function standing(app: App, building: Building, { all, closed, again }: Progress): string {
  if (!building.described) return app.say("not_described");
  const done = app.say("done_of", { n: closed, all });
  return again ? `${done} · ${app.say("again_n", { n: again })}` : done;
}

function NoTurf() {
  const app = useApp();
  const waiting = app.phone.pack === null;
  return (
    <div class="empty">
      <h2>{app.say(waiting ? "loading_title" : "no_turf_title")}</h2>
      <p>{app.say(waiting ? "loading_text" : "no_turf_text")}</p>
      <div class="acts big">
        <button type="button" class="btn main" onClick={() => app.phone.connection.sync()}>
          <Icon name="refresh-cw" />
          {app.say("ask_again")}
        </button>
      </div>
    </div>
  );
}

function PracticeRow() {
  const app = useApp();
  return (
    <button
      type="button"
      class="go-row quiet"
      onClick={() => app.nav.go(house(PRACTICE, PRACTICE_BUILDING, 1))}
    >
      <Icon name="play" />
      <span>
        <b>{app.say("practice")}</b>
        <small>{app.say("practice_row")}</small>
      </span>
      <Icon name="chevron-right" />
    </button>
  );
}
