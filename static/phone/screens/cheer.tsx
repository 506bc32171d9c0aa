// The last flat of a block is done: the whole block lights up.
import { useApp } from "../app";
import type { Spot } from "../doing";
import { floorsOf } from "../model";
import { Head, Icon, Strip, Toast } from "../parts";
import type { HouseRoute } from "../route";
import { nextStep } from "./dock";

export function Cheer({ spot, route }: { spot: Spot; route: HouseRoute }) {
  const app = useApp();
  const { building } = spot;
  const flats = building.entrances.reduce((sum, entrance) => sum + entrance.dwellings.length, 0);
  const next = nextStep(spot, route);
  return (
    <section class="under" role="dialog" aria-modal="true" aria-label={app.say("all_lit")}>
      <Head title={building.address} />
      <Strip />
      <div class="cheer">
        <LitBlock spot={spot} />
        <h2>{app.say("all_lit")}</h2>
        <p>{app.say("block_walked", { n: flats })}</p>
      </div>
      <Toast />
      <div class="dock big">
        <button type="button" class="btn main" onClick={() => app.nav.turn(next?.route ?? { at: "home" })}>
          {next ? app.say("next", { name: next.building.address }) : app.say("to_home")}
          <Icon name="arrow-right" />
        </button>
      </div>
    </section>
  );
}

const PANE = 12;
const STEP = 20;
const MOST_FLOORS = 9;
const MOST_COLUMNS = 12;

/** The block drawn by its own floors and entrances, every window lit. */
function LitBlock({ spot: { building } }: { spot: Spot }) {
  const floors = Math.min(
    MOST_FLOORS,
    Math.max(1, ...building.entrances.map((entrance) => floorsOf(entrance).length)),
  );
  const columns = Math.min(MOST_COLUMNS, Math.max(3, building.entrances.length * 2));
  const wide = columns * STEP + 16;
  const high = floors * STEP + 32;
  const panes = Array.from({ length: floors * columns }, (_, index) => index);
  return (
    <svg class="draw" viewBox={`0 0 ${wide + 24} ${high + 6}`} aria-hidden="true">
      <path class="hill" d={`M2 ${high} H${wide + 22}`} />
      <rect class="body" x="12" y="4" width={wide} height={high - 4} rx="3" />
      {panes.map((pane) => (
        <rect
          key={pane}
          class="lit"
          x={12 + 12 + (pane % columns) * STEP}
          y={14 + Math.floor(pane / columns) * STEP}
          width={PANE}
          height={PANE}
          rx="2"
        />
      ))}
      <path d={`M${12 + wide / 2 - 6} ${high} v-12 h12 v12`} />
    </svg>
  );
}
