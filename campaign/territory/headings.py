"""Which column is which: the headings of a table of houses in Russian, Kazakh and English."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign.kazakh import fold

LABELS: dict[str, str | Promise] = {
    "precinct": _("Precinct"),
    "street": _("Street"),
    "house": _("House"),
    "kind": _("Kind of house"),
    "entrances": _("Entrances"),
    "floors": _("Floors"),
    "flats_per_landing": _("Flats per landing"),
    "first_flat": _("First flat"),
    "entrance": _("Entrance"),
    "floor": _("Floor"),
    "flat": _("Flat"),
    "note": _("Note"),
    "lat": _("Latitude"),
    "lon": _("Longitude"),
}
NEEDED = ("street", "house")

# A micro-district in a column of its own is a street too, if the row has no other.
# Singular and plural tell a list of dwellings («Подъезд») from a list of houses («Подъездов»).
_WORDS = {
    "precinct": "участок, участка, избирательный участок, уик, учаске, учаскесі, сайлау учаскесі, precinct",
    "street": (
        "улица, улицы, название улицы, наименование улицы, улица микрорайон, улица мкр, адрес улица, "
        "көше, көшесі, көше атауы, көшенің атауы, көше ықшам аудан, көше шағын аудан, street, street name"
    ),
    "microdistrict": "микрорайон, мкр, ықшам аудан, шағын аудан, мөлтек аудан, microdistrict",
    "house": "дом, дома, здание, үй, үйдің, house, house number, building",
    "kind": "тип, тип дома, вид, вид дома, түрі, үй түрі, үйдің түрі, kind, kind of house, type, house type",
    "entrances": "подъездов, подъезды, кіреберіс саны, кіреберістер, кіреберістер саны, подъезд саны, entrances",
    "floors": ("этажей, этажи, этажность, қабат саны, қабаттар, қабаттар саны, қабаттылығы, floors, storeys, stories"),
    "flats_per_landing": (
        "квартир на площадке, квартир на лестничной площадке, квартир на этаже, алаңдағы пәтер, "
        "алаңдағы пәтерлер, алаңдағы пәтер саны, алаңдағы пәтерлер саны, баспалдақ алаңындағы пәтер саны, "
        "қабаттағы пәтер саны, flats per landing, flats a landing, apartments per landing, flats per floor"
    ),
    "first_flat": (
        "первая квартира, первой квартиры, квартиры с, бірінші пәтер, алғашқы пәтер, first flat, first apartment"
    ),
    "entrance": "подъезд, подъезда, кіреберіс, entrance, entrance number",
    "floor": "этаж, этажа, қабат, floor, storey",
    "flat": "квартира, квартиры, кв, пәтер, flat, flat number, apartment, apartment number",
    "note": "примечание, примечания, комментарий, заметка, ескерту, ескертпе, note, notes, comment",
    "lat": "широта, ендік, lat, latitude",
    "lon": "долгота, бойлық, lon, lng, long, longitude",
}
_FIELDS = {fold(word): field for field, words in _WORDS.items() for word in words.split(", ")}
_NOISE = re.compile(r"\b(?:кол[- ]во|количество|число|номер|номири|number of|no)\b|[^\w\s]|_")


def field_of(heading: str) -> str | None:
    """«№ дома», «Номер дома» and «Үй нөмірі» are the house; «Кол-во подъездов» are its entrances."""
    folded = fold(heading)
    return _FIELDS.get(folded) or _FIELDS.get(" ".join(_NOISE.sub(" ", folded).split()))


def columns_of(headings: list[str]) -> list[tuple[int, str]]:
    """The places of the columns that have a meaning, and their fields."""
    fields = [(place, field_of(heading)) for place, heading in enumerate(headings) if heading]
    return [(place, field) for place, field in fields if field]
