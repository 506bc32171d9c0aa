"""PDFs: every Kazakh letter as it should look and as it reads back, and nothing fetched."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from campaign import printing

KAZAKH = "ӘҒҚҢӨҰҮҺІәғқңөұүһі"
RUSSIAN_TWINS = "АГКНОУХИагкноухи"
SIZE = 96


@pytest.fixture(scope="module")
def letters_pdf(tmp_path_factory):
    """One letter a page, large, at a known size."""
    pages = "".join(f'<p style="font-size:{SIZE}px;line-height:1;break-after:page">{letter}</p>' for letter in KAZAKH)
    path = tmp_path_factory.mktemp("pdf") / "letters.pdf"
    path.write_bytes(printed(pages))
    return path


def printed(body):
    return printing.pdf(f'<html lang="kk"><title>Баспа</title>{body}</html>')


def poppler(tool, *arguments):
    """Poppler's tools read what was printed: `apt-get install poppler-utils` brings them."""
    return subprocess.run([tool, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def pixels(pdf, page, folder):
    """The ink of one page: its bounding box, black on white."""
    target = folder / f"page-{page}"
    poppler("pdftoppm", "-r", 96, "-gray", "-png", "-singlefile", "-f", page, "-l", page, pdf, target)
    with Image.open(f"{target}.png") as image:
        return ink(image.convert("L"))


def ink(image):
    box = ImageChops.invert(image).point(lambda value: 255 if value > 60 else 0).getbbox()
    return image.crop(box)


def as_the_font_has_it(letter):
    font = ImageFont.truetype(str(printing.built("fonts/onest-400.ttf")), SIZE)
    image = Image.new("L", (3 * SIZE, 3 * SIZE), 255)
    ImageDraw.Draw(image).text((SIZE, SIZE), letter, fill=20, font=font)
    return ink(image)


def difference(one, other):
    """0 the same ink, 1 nothing in common; a size more than 3 pixels off is another letter."""
    if abs(one.width - other.width) > 3 or abs(one.height - other.height) > 3:
        return 1.0
    delta = ImageChops.difference(one, other.resize(one.size))
    return sum(value * count for value, count in enumerate(delta.histogram())) / (255 * one.width * one.height)


def test_each_kazakh_letter_is_printed_with_its_own_shape(letters_pdf, tmp_path):
    shapes = {letter: as_the_font_has_it(letter) for letter in KAZAKH + RUSSIAN_TWINS}
    on_paper = {letter: pixels(letters_pdf, page, tmp_path) for page, letter in enumerate(KAZAKH, start=1)}

    seen = {
        letter: min(shapes, key=lambda known: difference(image, shapes[known])) for letter, image in on_paper.items()
    }

    assert "".join(seen.values()) == KAZAKH
    assert max(difference(image, shapes[letter]) for letter, image in on_paper.items()) < 0.12


def test_each_kazakh_letter_reads_back_as_itself(letters_pdf):
    assert "".join(poppler("pdftotext", letters_pdf, "-").split()) == KAZAKH


def test_both_faces_are_embedded_and_no_other(tmp_path):
    path = tmp_path / "faces.pdf"
    path.write_bytes(printed("<h1>Сенбі</h1><p>Жұма <b>₸</b></p>"))

    fonts = {line.split()[0].split("+")[1] for line in poppler("pdffonts", path).splitlines()[2:]}

    assert fonts == {"Literata-Semi-Bold", "Onest", "Onest-Semi-Bold"}


def test_pdf_is_tagged_and_has_the_title_of_its_page(tmp_path):
    path = tmp_path / "tagged.pdf"
    path.write_bytes(printed("<h1>Апта</h1>"))

    facts = dict(line.split(":", 1) for line in poppler("pdfinfo", path).splitlines())

    assert facts["Title"].strip() == "Баспа"
    assert facts["Tagged"].strip() == "yes"


def test_head_of_a_table_is_repeated_on_every_page(tmp_path):
    rows = "".join(f"<tr><td>{number}</td></tr>" for number in range(120))
    path = tmp_path / "table.pdf"
    path.write_bytes(printed(f"<table><thead><tr><th>Пәтер</th></tr></thead>{rows}</table>"))

    pages = poppler("pdftotext", path, "-").split("\f")[:-1]

    assert len(pages) > 1
    assert all("Пәтер" in page for page in pages)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.kz/x.png",
        "http://127.0.0.1/x.png",
        "ftp://example.kz/x.png",
        "file:///etc/passwd",
        "file://host/etc/passwd",
        "file:///proc/self/environ",
        "data:text/css,p{color:red}",
        "//example.kz/x.png",
    ],
)
def test_paper_may_read_no_address_but_its_fonts(address):
    assert not printing.is_allowed(address)


def test_paper_may_not_climb_out_of_its_fonts():
    inside = printing.built("fonts").as_uri()

    assert printing.is_allowed(f"{inside}/onest-400.ttf")
    assert not printing.is_allowed(f"{inside}/../paper.css")
    assert not printing.is_allowed(f"{inside}/%2e%2e/%2e%2e/%2e%2e/manage.py")


def test_picture_from_elsewhere_is_left_out_and_the_page_is_printed(tmp_path, caplog):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">SECRET</text></svg>')
    path = tmp_path / "page.pdf"

    path.write_bytes(printed(f'<img src="{secret.as_uri()}" alt=""><p>Пәтер</p>'))

    assert poppler("pdftotext", path, "-").split() == ["Пәтер"]
    assert str(secret) not in caplog.text.replace(f"Failed to load image at '{secret.as_uri()}'", "")


def test_picture_written_into_the_page_may_not_bring_another(tmp_path, caplog):
    outer = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"

    printed(f'<img src="{outer}" alt=""><p>Пәтер</p>')

    assert "printing refused an address of the kind file" in caplog.text


def test_without_pango_the_app_says_the_one_line_to_type():
    code = """
import cffi
def gone(*args, **kwargs):
    raise OSError("cannot load library")
cffi.FFI.dlopen = gone
from django.conf import settings
settings.configure(BASE_DIR="/", USE_I18N=False)
from campaign import printing
assert not printing.printing_works()
try:
    printing.pdf("<p>x</p>")
except printing.PrintingUnavailable as error:
    print(error)
"""
    checkout = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=checkout, check=True)

    assert printing.APT_LINE in run.stdout
