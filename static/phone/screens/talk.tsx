// After "talked": how many voters, the support of each, what was spoken of. One voter: the support saves at once.
import { useState } from "preact/hooks";
import { type App, useApp } from "../app";
import { flatName } from "../doing";
import { SUPPORTS } from "../outcomes";
import { Alarm, Head, Icon, IconButton, Strip } from "../parts";
import type { Draft, SupportCode } from "../types";
import { lowered, raised } from "../words";
import { type DoorProps, saveDoor } from "./sheets";
import { TopicPills } from "./topics";

const VOTERS = [1, 2, 3, 4];

export function Talk(door: DoorProps) {
  const app = useApp();
  const [draft, setDraft] = useState(() => draftOf(app, door));
  const [voter, setVoter] = useState(() => firstUnheard(draft));
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    void app.phone.keepDraft(next);
    return next;
  };
  const hear = (support: SupportCode) => {
    const supports = draft.supports.map((each, index) => (index === voter ? support : each));
    if (draft.voters === 1) return void save(app, door, { ...draft, supports });
    setVoter(firstUnheard(change({ supports }), voter));
  };
  const count = (voters: number) =>
    setVoter(firstUnheard(change({ voters, supports: resized(draft.supports, voters) })));
  return (
    <section class="under" role="dialog" aria-modal="true" aria-label={app.say("outcome_talked")}>
      <TalkHead {...door} />
      <Strip />
      <div class="house talk">
        <VotersQuestion chosen={draft.voters} choose={count} />
        <SupportQuestion draft={draft} voter={voter} turnTo={setVoter} hear={hear} />
        <TopicPills chosen={draft.topics} choose={(topics) => change({ topics })} />
      </div>
      <Alarm />
      {draft.voters > 1 && (
        <div class="dock big">
          <button
            type="button"
            class="btn main"
            disabled={!isWhole(draft)}
            onClick={() => save(app, door, draft)}
          >
            {app.say("save")}
          </button>
        </div>
      )}
    </section>
  );
}

function draftOf(app: App, { spot, dwelling }: DoorProps): Draft {
  const kept = app.phone.draft;
  const round = spot.assignment.round.id;
  if (kept && kept.round === round && kept.dwelling === dwelling[0]) return kept;
  return { round, dwelling: dwelling[0], voters: 1, supports: [null], topics: [] };
}

const resized = (supports: (SupportCode | null)[], voters: number) =>
  Array.from({ length: voters }, (_, index) => supports[index] ?? null);

/** Whose support is asked next; when all are heard, it stays with the last asked. */
function firstUnheard({ supports }: Draft, asked = 0): number {
  const index = supports.indexOf(null);
  return index < 0 ? Math.min(asked, supports.length - 1) : index;
}

const isWhole = ({ supports }: Draft): boolean => !supports.includes(null);

function save(app: App, door: DoorProps, { supports, topics }: Draft) {
  const heard = supports.filter((support) => support !== null);
  return saveDoor(app, door, { outcome: "talked", supports: heard, topics });
}

function TalkHead({ spot, dwelling }: DoorProps) {
  const app = useApp();
  const place = app.say("entrance_floor", { entrance: spot.entrance.number, floor: dwelling[1] });
  return (
    <Head title={flatName(app, dwelling[2])} sub={`${app.say("outcome_talked")} · ${place}`}>
      <IconButton icon="x" label={app.say("close")} onClick={() => app.nav.close()} />
    </Head>
  );
}

function VotersQuestion({ chosen, choose }: { chosen: number; choose: (voters: number) => void }) {
  const app = useApp();
  return (
    <fieldset class="q">
      <legend>{app.say("how_many_voters")}</legend>
      <div class="pills even">
        {VOTERS.map((voters) => (
          <button
            type="button"
            class="pill"
            key={voters}
            aria-pressed={voters === chosen}
            onClick={() => choose(voters)}
          >
            {voters}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

interface SupportProps {
  draft: Draft;
  voter: number;
  turnTo: (voter: number) => void;
  hear: (support: SupportCode) => void;
}

function SupportQuestion({ draft, voter, turnTo, hear }: SupportProps) {
  const app = useApp();
  const chosen = draft.supports[voter] ?? null;
  const title = draft.voters === 1 ? app.say("what_voter_thinks") : app.say("voter_n", { n: voter + 1 });
  return (
    <fieldset class="q">
      <legend>
        {title} {draft.voters === 1 && <small>· {app.say("saves_at_once")}</small>}
      </legend>
      {draft.voters > 1 && <Heard draft={draft} voter={voter} turnTo={turnTo} />}
      <div class="scale" role="radiogroup" aria-label={title}>
        {SUPPORTS.map((support) => (
          // biome-ignore lint/a11y/useSemanticElements: with one voter the tap saves, which a radio would not say
          <button
            type="button"
            role="radio"
            key={support}
            data-support={support}
            aria-checked={support === chosen}
            onClick={() => hear(support)}
          >
            {raised(app.say(`support_${support}`))}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

/** Those already heard: a tap returns to one. */
function Heard({ draft, voter, turnTo }: Omit<SupportProps, "hear">) {
  const app = useApp();
  return (
    <div class="pills heard">
      {draft.supports.map((support, index) => (
        <button
          type="button"
          class="pill"
          key={index}
          aria-pressed={index === voter}
          onClick={() => turnTo(index)}
        >
          {support && <Icon name="check" />}
          {index + 1}
          {support && `: ${lowered(app.say(`support_${support}`))}`}
        </button>
      ))}
    </div>
  );
}
