"""Phone numbers as people in Kazakhstan write them."""


class NotANumber(ValueError):
    """These are not the digits of a number of Kazakhstan."""


def to_e164(text: str) -> str:
    """«8 777 123-45-67», «+7 (777) 123 45 67» and «777 123 45 67» are all +77771234567."""
    if any(letter.isalpha() for letter in text):
        raise NotANumber(text)
    digits = "".join(letter for letter in text if letter in "0123456789")
    if len(digits) == 11 and digits[0] in "78" and not text.strip().startswith("+8"):
        digits = digits[1:]
    if len(digits) != 10 or digits[0] not in "67":
        raise NotANumber(text)
    return f"+7{digits}"


def spaced(number: str) -> str:
    """+77771234567 as it is read out: «+7 777 123 45 67»."""
    if len(number) != 12 or not number.startswith("+7"):
        return number
    return f"+7 {number[2:5]} {number[5:8]} {number[8:10]} {number[10:]}"
