"""Kinds of streets, and the words that name them in Russian, Kazakh and English."""

from enum import StrEnum

from campaign.kazakh import fold


class StreetKind(StrEnum):
    STREET = "street"
    AVENUE = "avenue"
    BOULEVARD = "boulevard"
    LANE = "lane"
    PASSAGE = "passage"
    DEAD_END = "dead_end"
    SQUARE = "square"
    HIGHWAY = "highway"
    MICRODISTRICT = "microdistrict"
    QUARTER = "quarter"
    ESTATE = "estate"


# without the dots; the Russian genitive is how the akim's decisions write («улицы», «микрорайона»)
_WORDS = {
    StreetKind.STREET: "ул, улица, улицы, көшесі, көше, к-сі, street, str, st",
    StreetKind.AVENUE: "пр, пр-т, пр-кт, просп, проспект, проспекта, даңғылы, даңғыл, д-лы, avenue, ave",
    StreetKind.BOULEVARD: "б-р, бул, бульв, бульвар, бульвара, бульвары, гүлзары, boulevard, blvd",
    StreetKind.LANE: "пер, переулок, переулка, переулков, тұйық көшесі, тұйық көше, бұрылысы, бұрылыс, lane",
    StreetKind.PASSAGE: "проезд, проезда, пр-д, өтпе жолы, өтпе көшесі, өткелі, passage, drive",
    StreetKind.DEAD_END: "туп, тупик, тупика, тұйығы, тұйық",
    StreetKind.SQUARE: "пл, площадь, площади, алаңы, square",
    StreetKind.HIGHWAY: "ш, шоссе, трасса, тас жолы, күре жолы, highway",
    StreetKind.MICRODISTRICT: (
        "мкр, мкрн, мкр-н, м-н, мк-н, микрорайон, микрорайона, ш/а, шағын ауданы, шағын аудан, шағынауданы, "
        "м/а, мөлтек ауданы, мөлтек аудан, мөлтекауданы, ы/а, ықшам ауданы, ықшам аудан, ықшамауданы, "
        "microdistrict, mkr"
    ),
    StreetKind.QUARTER: "кв-л, квартал, квартала, орамы, quarter",
    StreetKind.ESTATE: "массив, массива, ж/м, жилмассив, тұрғын алабы, алабы, estate",
}
_KINDS = {fold(word): kind for kind, words in _WORDS.items() for word in words.split(", ")}


def kind_of(words: str) -> StreetKind | None:
    """«ул.» and «көшесі» are a street; «Абая» is no kind at all."""
    return _KINDS.get(fold(words).replace(".", ""))
