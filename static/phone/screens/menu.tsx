// The rarer acts of a house.
import { type App, useApp } from "../app";
import type { Spot } from "../doing";
import { Icon, Sheet } from "../parts";
import { PRACTICE, type Route } from "../route";
import { recordMany } from "./house";

export function Menu({ spot, startPicking }: { spot: Spot; startPicking: () => void }) {
  const app = useApp();
  const { assignment, building, entrance } = spot;
  const at = { assignment: assignment.id, building: building.id, entrance: entrance.number };
  const practice = assignment.id === PRACTICE;
  const open = spot.entrance.dwellings.filter(
    (each) => spot.model.flat(assignment.round.id, each).state === "none",
  );
  const pick = () => {
    app.nav.close();
    startPicking();
  };
  const noAccess = () => recordMany(app, spot, open, "no_access", () => app.nav.close());
  return (
    <Sheet title={practice ? app.say("practice") : building.address} sub={building.note || undefined}>
      <div class="outc">
        {!practice && (
          <Go
            icon="book-open"
            to={{ at: "script", assignment: assignment.id }}
            text={app.say("what_to_say")}
          />
        )}
        <Act icon="list-checks" text={app.say("pick_many")} act={pick} />
        {open.length > 1 && (
          <Act icon="lock" text={app.say("no_access_n", { n: open.length })} act={noAccess} />
        )}
        {!practice && building.kind === "block" && (
          <Go icon="flag" to={{ at: "report", ...at }} text={app.say("report_missing")} />
        )}
        <Go icon="send" to={{ at: "queue" }} text={app.say("queue")} />
        <Go icon="settings" to={{ at: "settings" }} text={app.say("settings")} />
      </div>
    </Sheet>
  );
}

function Go({ icon, to, text }: { icon: string; to: Route; text: string }) {
  const app = useApp();
  return <Act icon={icon} text={text} act={() => leave(app, to)} />;
}

/** The menu does not stay under the page that it led to. */
function leave(app: App, to: Route): void {
  app.nav.turn(to);
}

function Act({ icon, text, act }: { icon: string; text: string; act: () => void }) {
  return (
    <button type="button" class="ob wide" onClick={act}>
      <Icon name={icon} />
      {text}
      <Icon name="chevron-right" />
    </button>
  );
}
