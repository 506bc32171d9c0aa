"""The outcomes as the phone's TypeScript; `bin/manage generate_outcomes` writes it to static/phone/outcomes.ts."""

import json
from collections.abc import Iterable

from outreach.canvassing.outcomes import OUTCOMES, Outcome, State, Support

HEAD = "// Written by `bin/manage generate_outcomes` from outreach/canvassing/outcomes.py. Don't edit."


def _union(values: Iterable[str]) -> str:
    return "".join(f"\n  | {json.dumps(value)}" for value in values)


def _line(outcome: Outcome) -> str:
    whole = json.dumps(outcome.whole_entrance)
    return f'  {{ code: "{outcome.code}", state: "{outcome.state}", icon: "{outcome.icon}", wholeEntrance: {whole} }},'


def phone_copy() -> str:
    supports = ", ".join(json.dumps(support.value) for support in Support)
    states = "".join(f"\n  {outcome.code}: {json.dumps(outcome.state.value)}," for outcome in OUTCOMES)
    return f"""{HEAD}

export type State = {" | ".join(json.dumps(state.value) for state in State)};
export type KeptState = Exclude<State, "none">;
export type SupportCode = {" | ".join(json.dumps(support.value) for support in Support)};
export type OutcomeCode ={_union(outcome.code for outcome in OUTCOMES)};

export interface Outcome {{
  code: OutcomeCode;
  state: KeptState;
  icon: string;
  wholeEntrance: boolean;
}}

export const SUPPORTS: readonly SupportCode[] = [{supports}];

export const OUTCOMES: readonly Outcome[] = [
{chr(10).join(_line(outcome) for outcome in OUTCOMES)}
];

export const STATE_OF: Readonly<Record<OutcomeCode, KeptState>> = {{{states}
}};
"""
