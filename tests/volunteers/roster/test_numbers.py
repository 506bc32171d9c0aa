import pytest

from volunteers.roster.numbers import NotANumber, spaced, to_e164


@pytest.mark.parametrize(
    "written",
    [
        "8 777 123-45-67",
        "87771234567",
        "+7 (777) 123 45 67",
        "+77771234567",
        "7 777 123 45 67",
        "777 123 45 67",
        " 8(777)1234567 ",
        "8 777 123 45 67",
    ],
)
def test_usual_spellings_are_one_number(written: str) -> None:
    assert to_e164(written) == "+77771234567"


@pytest.mark.parametrize("written", ["+7 7212 41 22 33", "8 7212 412233", "7212 412233"])
def test_number_with_the_code_of_a_city_is_taken(written: str) -> None:
    assert to_e164(written) == "+77212412233"


@pytest.mark.parametrize(
    "written",
    ["", "777 123", "+998 90 123 45 67", "+8 777 123 45 67", "8 921 123 45 67", "8 777 123 45 67 доб. 2", "٧٧٧١٢٣٤٥٦٧"],
)
def test_other_digits_are_no_number_of_kazakhstan(written: str) -> None:
    with pytest.raises(NotANumber):
        to_e164(written)


def test_number_is_shown_as_it_is_read_out() -> None:
    assert spaced("+77771234567") == "+7 777 123 45 67"
