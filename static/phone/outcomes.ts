// Written by `bin/manage generate_outcomes` from outreach/canvassing/outcomes.py. Don't edit.

export type State = "none" | "again" | "done" | "never" | "nodw";
export type KeptState = Exclude<State, "none">;
export type SupportCode = "for" | "lean_for" | "undecided" | "lean_against" | "against";
export type OutcomeCode =
  | "talked"
  | "no_answer"
  | "come_back"
  | "refused"
  | "children"
  | "language"
  | "no_voters"
  | "never"
  | "no_access"
  | "moved"
  | "deceased"
  | "not_dwelling";

export interface Outcome {
  code: OutcomeCode;
  state: KeptState;
  icon: string;
  wholeEntrance: boolean;
}

export const SUPPORTS: readonly SupportCode[] = ["for", "lean_for", "undecided", "lean_against", "against"];

export const OUTCOMES: readonly Outcome[] = [
  { code: "talked", state: "done", icon: "message-circle", wholeEntrance: false },
  { code: "no_answer", state: "again", icon: "s-again", wholeEntrance: true },
  { code: "come_back", state: "again", icon: "clock-arrow-up", wholeEntrance: false },
  { code: "refused", state: "done", icon: "hand", wholeEntrance: false },
  { code: "children", state: "again", icon: "baby", wholeEntrance: false },
  { code: "language", state: "again", icon: "languages", wholeEntrance: false },
  { code: "no_voters", state: "done", icon: "user-x", wholeEntrance: false },
  { code: "never", state: "never", icon: "s-never", wholeEntrance: false },
  { code: "no_access", state: "again", icon: "lock", wholeEntrance: true },
  { code: "moved", state: "done", icon: "truck", wholeEntrance: false },
  { code: "deceased", state: "done", icon: "flower-2", wholeEntrance: false },
  { code: "not_dwelling", state: "nodw", icon: "s-nodw", wholeEntrance: false },
];

export const STATE_OF: Readonly<Record<OutcomeCode, KeptState>> = {
  talked: "done",
  no_answer: "again",
  come_back: "again",
  refused: "done",
  children: "again",
  language: "again",
  no_voters: "done",
  never: "never",
  no_access: "again",
  moved: "done",
  deceased: "done",
  not_dwelling: "nodw",
};
