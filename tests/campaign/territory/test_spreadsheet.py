from io import BytesIO

import pytest

from campaign.territory.spreadsheet import MAX_BYTES, FileRefused, open_spreadsheet
from tests.campaign.territory.tables import HOUSES, csv, xlsx

pytestmark = pytest.mark.usefixtures("in_english")


def rows_of(data, name, table=0):
    return list(open_spreadsheet(BytesIO(data), name).tables[table]().rows)


def test_cells_of_xlsx_come_as_the_text_that_the_program_shows():
    rows = rows_of(xlsx([["Дом", 61, 42.5, None, True, "а\nб\u00a0в ", " 5 "]]), "a.xlsx")
    assert rows == [(1, ["Дом", "61", "42.5", "", "True", "а б в", "5"])]


def test_rows_keep_the_numbers_that_the_program_shows():
    rows = rows_of(xlsx([["a", "b"], ["c", "d"]], at=(3, 2)), "a.xlsx")
    assert [(number, row) for number, row in rows if any(row)] == [(4, ["a", "b"]), (5, ["c", "d"])]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "kz1048", "utf-16"])
def test_csv_is_read_in_any_usual_encoding_and_with_any_delimiter(encoding, delimiter):
    data = csv([["Үй", "Көше"], ["1", "Төле би"]], delimiter, encoding)
    tables = [list(open_table().rows) for open_table in open_spreadsheet(BytesIO(data), "a.csv").tables]
    assert [(1, ["Үй", "Көше"]), (2, ["1", "Төле би"])] in tables


def test_russian_text_in_windows_1251_is_read():
    assert rows_of("Дом;Улица\n1;Ёлочная №2 «Б»\n".encode("cp1251"), "a.csv")[1] == (2, ["1", "Ёлочная №2 «Б»"])


def test_a_quoted_cell_may_hold_the_delimiter_and_a_new_line():
    assert rows_of(b'a;"b;c\nd"\n', "a.csv") == [(1, ["a", "b;c d"])]


def test_an_apostrophe_of_our_own_exports_is_taken_off_again():
    assert rows_of(b"'+77001234567;'=1;'a;'\n", "a.csv") == [(1, ["+77001234567", "=1", "'a", "'"])]


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_row():
    data = b'a;b\nc;"' + b"d" * 200_000
    with pytest.raises(FileRefused, match="Row 2"):
        rows_of(data, "a.csv")


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.xlsx", "empty"),
        (b" \n", "a.csv", "empty"),
        (b"%PDF-1.7", "a.pdf", "neither XLSX nor CSV"),
        (xlsx(HOUSES), "a", "neither XLSX nor CSV"),
        (xlsx(HOUSES), "a.csv", "not a text table"),
        (b"%PDF-1.7", "a.csv", "not a text table"),
        (b"a;b\x00c", "a.csv", "not a text table"),
        (b"\xff\xfea", "a.csv", "not a text table"),
        (b"Street;House", "a.xlsx", "not a whole XLSX"),
        (xlsx(HOUSES)[:-100], "a.xlsx", "not a whole XLSX"),
        (b"<html></html>", "a.xlsx", "not a whole XLSX"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "a.xlsx", "password"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_a_sentence(data, name, sentence):
    with pytest.raises(FileRefused, match=sentence):
        open_spreadsheet(BytesIO(data), name)


def test_only_the_name_of_the_file_is_repeated_not_its_folder():
    with pytest.raises(FileRefused, match=r"«a\.pdf»"):
        open_spreadsheet(BytesIO(b"x"), "../../etc/a.pdf")


class HugeStream(BytesIO):
    """A file that says it is large and fails the test if anybody reads it."""

    def seek(self, offset, whence=0):
        return 100_000_000 if whence == 2 else offset

    def read(self, *_args):
        raise AssertionError("read")


def test_a_hundred_megabytes_are_refused_without_reading():
    with pytest.raises(FileRefused, match="larger than 20 MB"):
        open_spreadsheet(HugeStream(), "a.xlsx")


class Pipe(BytesIO):
    """A stream that cannot tell its size."""

    def seekable(self):
        return False


def test_a_stream_that_cannot_tell_its_size_is_read_no_further_than_the_limit():
    pipe = Pipe(b"a" * (MAX_BYTES + 100))
    with pytest.raises(FileRefused, match="larger than 20 MB"):
        open_spreadsheet(pipe, "a.csv")
    assert len(pipe.read()) == 99
