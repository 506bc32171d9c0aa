"""Time zones to choose from: those of Kazakhstan first, by the names of their cities."""

from functools import cache
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KAZAKHSTAN: dict[str, Promise] = {
    "Asia/Almaty": _("Almaty, Astana, Karaganda, Shymkent"),
    "Asia/Aqtau": _("Aktau"),
    "Asia/Aqtobe": _("Aktobe"),
    "Asia/Atyrau": _("Atyrau"),
    "Asia/Qostanay": _("Kostanay"),
    "Asia/Qyzylorda": _("Kyzylorda"),
    "Asia/Oral": _("Oral"),
}
Choice = tuple[str, str | Promise]


@cache
def zone_choices() -> list[tuple[str | Promise, list[Choice]]]:
    elsewhere = sorted(name for name in available_timezones() if "/" in name and name not in KAZAKHSTAN)
    return [
        (_("Kazakhstan"), list(KAZAKHSTAN.items())),
        (_("Elsewhere"), [(name, name) for name in elsewhere if not name.startswith(("Etc/", "posix/", "right/"))]),
    ]
