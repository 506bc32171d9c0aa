"""Is it safe to decode this XLSX? Answered before any decoder sees it.

A file of 1 MB can hide gigabytes twice: in what its parts unpack to, and in a table whose only two cells stand in
opposite corners, since the decoder lays out the whole rectangle (327 million cells took it 10 GB). So every part
is really unpacked here, piece by piece, and the farthest cell is found.
"""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

MAX_UNPACKED = 200_000_000
MAX_RATIO, RATIO_MATTERS_FROM = 50, 10_000_000
MAX_PARTS = 1_000
MAX_TAGS = 15_000_000
MAX_CELLS = 3_200_000
PIECE = 1 << 20
LOCAL_HEADER = 30

# Cells up to Z119999, written as every program writes them, can't span more than MAX_CELLS. All others, and rows
# written in another way, are looked at one by one.
_NOT_PLAIN = re.compile(
    rb'<(?:[^\s<>/:]+:)?+(?:c(?![^\s/>])(?! r="[A-Z](?:[0-9]{1,5}|1[01][0-9]{4})"[ />])'
    rb'|row(?![^\s/>])(?! r="[0-9]{1,6}"[ />]))'
)


class Damaged(Exception):
    """Not a spreadsheet, whatever its name says."""


class TooLarge(Exception):
    """It would unpack to more than a table of addresses needs."""


def check_archive(data: bytes) -> None:
    """Raise Damaged or TooLarge unless `data` may be handed to the decoder."""
    try:
        parts = ZipFile(BytesIO(data)).infolist()
        _check_claims(parts, len(data))
        tags = 0
        for part in parts:
            tags += _check_part(data, part)
            if tags > MAX_TAGS:
                raise TooLarge
    except (BadZipFile, LargeZipFile, ValueError, OSError, NotImplementedError, zlib.error) as error:
        raise Damaged from error


def _check_claims(parts: list[ZipInfo], packed: int) -> None:
    if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
        raise Damaged
    claimed = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or claimed > min(MAX_UNPACKED, max(RATIO_MATTERS_FROM, packed * MAX_RATIO)):
        raise TooLarge


def _check_part(data: bytes, part: ZipInfo) -> int:
    """Unpack a part and count its tags; it may not be larger than it claims."""
    size = tags = 0
    rest, plain = b"", True
    for piece in _unpacked(data, part):
        size += len(piece)
        if size > part.file_size:
            raise Damaged
        text = rest + piece
        last_tag = max(text.rfind(b"<"), 0)
        rest = text[last_tag:] if len(text) - last_tag < PIECE else b""
        plain = plain and not _NOT_PLAIN.search(text, 0, len(text) - len(rest))
        tags += piece.count(b"<")
    if size != part.file_size:
        raise Damaged
    if not plain or _NOT_PLAIN.search(rest):
        _check_extent(_unpacked(data, part))
    return tags


def _unpacked(data: bytes, part: ZipInfo) -> Iterator[bytes]:
    """What the part holds, in pieces, read past the size it claims: zipfile itself would stop there."""
    packed = _packed(data, part)
    if part.compress_type == ZIP_STORED:
        for start in range(0, len(packed), PIECE):
            yield bytes(packed[start : start + PIECE])
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    while waiting and not inflate.eof:
        yield inflate.decompress(waiting, PIECE)
        waiting = inflate.unconsumed_tail
    yield inflate.flush(PIECE)


def _packed(data: bytes, part: ZipInfo) -> memoryview:
    start = part.header_offset
    names = data[start + 26 : start + LOCAL_HEADER]
    encrypted = part.flag_bits & 1
    if data[start : start + 4] != b"PK\x03\x04" or encrypted or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Damaged
    start += LOCAL_HEADER + int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
    if start + part.compress_size > len(data):
        raise Damaged
    return memoryview(data)[start : start + part.compress_size]


def _check_extent(pieces: Iterator[bytes]) -> None:
    """Find the farthest cell that has a value, the way the decoder counts; an empty one costs it nothing."""
    cells = _Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = cells.start
    parser.StartDoctypeDeclHandler = cells.refuse_doctype
    try:
        for piece in pieces:
            parser.Parse(piece)
    except expat.ExpatError as error:
        raise Damaged from error


class _Extent:
    def __init__(self) -> None:
        self.row = self.column = 0
        self.rows = self.columns = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self.row = _row_number(attributes.get("r"), self.row + 1)
            self.column = 0
        elif tag == "c":
            self.place(attributes.get("r"))
        elif tag in ("v", "is", "f"):
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if self.rows * self.columns > MAX_CELLS:
                raise TooLarge

    def place(self, reference: str | None) -> None:
        letters = (reference or "").rstrip("0123456789")
        self.column = _column_number(letters) if letters else self.column + 1
        self.row = _row_number((reference or "")[len(letters) :], self.row)

    def refuse_doctype(self, *_args: object) -> None:
        raise Damaged


def _row_number(digits: str | None, otherwise: int) -> int:
    return int(digits[:10]) if digits and digits.isdigit() else otherwise


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters[:10].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
