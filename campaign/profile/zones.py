"""Time zones to choose from: those of Kazakhstan, by the names of their cities."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Choice = tuple[str, str | Promise]

KAZAKHSTAN: dict[str, Promise] = {
    "Asia/Almaty": _("Almaty, Astana, Karaganda, Shymkent"),
    "Asia/Aqtau": _("Aktau"),
    "Asia/Aqtobe": _("Aktobe"),
    "Asia/Atyrau": _("Atyrau"),
    "Asia/Qostanay": _("Kostanay"),
    "Asia/Qyzylorda": _("Kyzylorda"),
    "Asia/Oral": _("Oral"),
}


def zone_choices(held: str = "") -> list[Choice]:
    """Kazakhstan's zones, and the one that is `held` already if it is another."""
    other: list[Choice] = [(held, held)] if held and held not in KAZAKHSTAN else []
    return [*KAZAKHSTAN.items(), *other]
