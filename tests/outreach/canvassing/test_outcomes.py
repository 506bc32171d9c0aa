"""The outcomes: one definition, whose copy on the phone is generated and up to date."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from outreach.canvassing.outcomes import OUTCOMES, STATE_OF, Outcome, State
from outreach.canvassing.phonecopy import phone_copy

COPY = Path(settings.BASE_DIR) / "static" / "phone" / "outcomes.ts"


def test_the_phones_copy_is_up_to_date() -> None:
    assert COPY.read_text(encoding="utf-8") == phone_copy(), "run bin/manage generate_outcomes"


def test_generating_writes_what_stands_in_the_repository(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    (tmp_path / "static" / "phone").mkdir(parents=True)

    call_command("generate_outcomes")

    assert (tmp_path / "static" / "phone" / "outcomes.ts").read_text(encoding="utf-8") == phone_copy()


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.code)
def test_the_copy_holds_every_outcome_with_its_state_icon_and_reach(outcome: Outcome) -> None:
    whole = str(outcome.whole_entrance).lower()
    line = f'{{ code: "{outcome.code}", state: "{outcome.state}", icon: "{outcome.icon}", wholeEntrance: {whole} }}'

    assert line in phone_copy()


def test_every_outcome_reduces_to_a_state_that_a_flat_keeps() -> None:
    assert len(STATE_OF) == len(OUTCOMES) == 12
    assert set(STATE_OF.values()) == set(State) - {State.NONE}


@pytest.mark.parametrize(
    ("state", "codes"),
    [
        ("done", {"talked", "refused", "no_voters", "moved", "deceased"}),
        ("again", {"no_answer", "come_back", "children", "language", "no_access"}),
        ("never", {"never"}),
        ("nodw", {"not_dwelling"}),
    ],
)
def test_the_reduction_hides_what_was_said_behind_few_states(state: str, codes: set[str]) -> None:
    """A refusal and a talk look the same in the шахматка: that is the point."""
    assert {code for code, kept in STATE_OF.items() if kept == state} == codes
