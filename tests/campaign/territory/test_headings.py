import pytest

from campaign.territory.headings import LABELS, columns_of, field_of

WRITTEN = {
    "precinct": ["Участок", "№ участка", "УИК", "Учаске №", "Precinct", "Номер участка"],
    "street": ["Улица", "УЛИЦА ", "Улица/микрорайон", "Көше", "Көше атауы", "Street"],
    "microdistrict": ["Микрорайон", "мкр.", "Ықшам аудан"],
    "house": ["Дом", "№ дома", "Номер дома", "Үй", "Үй нөмірі", "House number"],
    "kind": ["Тип", "Тип дома", "Үй түрі", "Kind"],
    "entrances": ["Подъездов", "Кол-во подъездов", "Количество подъездов", "Кіреберіс саны", "Number of entrances"],
    "floors": ["Этажей", "Этажность", "Қабат саны", "Floors"],
    "flats_per_landing": ["Квартир на площадке", "Алаңдағы пәтер саны", "Flats per landing"],
    "first_flat": ["Первая квартира", "Бірінші пәтер", "First flat"],
    "entrance": ["Подъезд", "№ подъезда", "Кіреберіс", "Entrance"],
    "floor": ["Этаж", "Қабат", "Floor"],
    "flat": ["Квартира", "Кв.", "№ квартиры", "Пәтер", "Пәтер №", "Flat", "Flat No."],
    "note": ["Примечание", "Ескерту", "Note"],
    "lat": ["Широта", "lat", "Ендік"],
    "lon": ["Долгота", "lng", "Бойлық"],
}


@pytest.mark.parametrize(("field", "heading"), [(field, text) for field in WRITTEN for text in WRITTEN[field]])
def test_a_heading_is_understood_in_three_languages(field, heading):
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", ["", "Жильцов", "ФИО", "№", "Дом культуры", "Общая площадь"])
def test_another_heading_means_nothing(heading):
    assert field_of(heading) is None


def test_columns_may_stand_in_any_order_among_others():
    assert columns_of(["№", "Дом", "ФИО", "", "Улица"]) == [(1, "house"), (4, "street")]


def test_every_field_but_the_microdistrict_has_a_label():
    assert set(WRITTEN) - {"microdistrict"} == set(LABELS)
