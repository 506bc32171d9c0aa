"""What a canvasser can tap at a door, and the reduction of it that the flat keeps.

The one definition: `bin/manage generate_outcomes` writes the phone's copy, and a test compares the two.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """All that a flat keeps. `NONE` is the absence of a row: nobody has been there in this round."""

    NONE = "none", _("not yet")
    AGAIN = "again", _("try again")
    DONE = "done", _("done")
    NEVER = "never", _("do not visit")
    NODW = "nodw", _("not a dwelling")


class Support(TextChoices):
    """The canvasser's own assessment of one voter talked to. Not a poll."""

    FOR = "for", _("for")
    LEAN_FOR = "lean_for", _("rather for")
    UNDECIDED = "undecided", _("undecided")
    LEAN_AGAINST = "lean_against", _("rather against")
    AGAINST = "against", _("against")


@dataclass(frozen=True)
class Outcome:
    """One answer of the sheet: its code, words, the state it reduces to, icon, and whether it holds for an entrance."""

    code: str
    label: str
    state: State
    icon: str
    whole_entrance: bool = False


OUTCOMES = (
    Outcome("talked", _("Talked"), State.DONE, "message-circle"),
    Outcome("no_answer", _("Nobody opened"), State.AGAIN, "s-again", whole_entrance=True),
    Outcome("come_back", _("Asked to come later"), State.AGAIN, "clock-arrow-up"),
    Outcome("refused", _("Refused to talk"), State.DONE, "hand"),
    Outcome("children", _("Only children at home"), State.AGAIN, "baby"),
    Outcome("language", _("No common language"), State.AGAIN, "languages"),
    Outcome("no_voters", _("No voters of ours"), State.DONE, "user-x"),
    Outcome("never", _("Do not visit again"), State.NEVER, "s-never"),
    Outcome("no_access", _("Could not get in"), State.AGAIN, "lock", whole_entrance=True),
    Outcome("moved", _("Moved away"), State.DONE, "truck"),
    Outcome("deceased", _("Deceased"), State.DONE, "flower-2"),
    Outcome("not_dwelling", _("Not a dwelling"), State.NODW, "s-nodw"),
)

STATE_OF = {outcome.code: outcome.state for outcome in OUTCOMES}
