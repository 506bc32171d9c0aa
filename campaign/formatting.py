"""Numbers, dates and spans of time as people read them in Russian, Kazakh and English.

Django's Kazakh knows neither «8 наурыз 2026» nor when a week begins, so dates come from Babel's data in an order
of our own. Every function speaks the language that is active, for screen and print alike.
"""

from datetime import date, datetime, timedelta

from babel.dates import format_date, format_timedelta
from django.utils import timezone, translation

NBSP = "\u00a0"
MINUS = "\u2212"


def _language() -> str:
    return (translation.get_language() or "ru")[:2]


def number(value: int | float) -> str:
    """4600 is «4 600»; a fraction keeps one digit."""
    text = f"{value:,.1f}" if isinstance(value, float) and not value.is_integer() else f"{value:,.0f}"
    if _language() == "en":
        return text.replace("-", MINUS)
    return text.replace(",", NBSP).replace(".", ",").replace("-", MINUS)


def signed(value: int | float) -> str:
    """With its sign and a space: «+ 6», «− 19», «0»."""
    if not value:
        return "0"
    return f"{'+' if value > 0 else MINUS}{NBSP}{number(abs(value))}"


def percent(part: int | float, whole: int | float) -> str:
    """«48 %»; of nothing it is 0. What is not whole is never rounded up to 100, nor what is something down to 0."""
    share = round(100 * part / whole) if whole else 0
    if whole and 0 < part < whole:
        share = min(max(share, 1), 99)
    return f"{share}%" if _language() == "en" else f"{share}{NBSP}%"


def _day(value: date, pattern: str) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_date(value, pattern, locale=_language())


def long_day(value: date) -> str:
    """«8 марта 2026», «8 наурыз 2026», "8 March 2026"."""
    return _day(value, f"d{NBSP}MMMM{NBSP}y")


def day(value: date) -> str:
    """The same without the year."""
    return _day(value, f"d{NBSP}MMMM")


def short_day(value: date) -> str:
    """«8 нояб.»: for tables and the axis of a chart."""
    return _day(value, f"d{NBSP}MMM")


def week_day(value: date) -> str:
    """«вторник», «сейсенбі»."""
    return _day(value, "EEEE")


def moment(value: datetime) -> str:
    """Day and time, in the time zone that is active: «8 марта, 18:42»."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {local:%H:%M}"


def span(value: timedelta) -> str:
    """How long, in its largest unit: «34 мин», «2 ч»."""
    return str(format_timedelta(value, threshold=1, format="short", locale=_language())).replace(" ", NBSP)


def week(first: date, last: date) -> str:
    """«9–15 ноября», «28 февраля – 6 марта»."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"
