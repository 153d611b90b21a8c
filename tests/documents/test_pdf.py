"""What the corpus does not hold: pages that are pictures, headers, tables, sentences that go over a page's end."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from documents import Article, ArticleError, parse
from documents.layout import Stretch, joined, paragraphs

LONG = "which went on to say that the bridge had been built"


def made(*pages: list[tuple[float, float, str]], picture: bool = False) -> bytes:
    """A PDF of words at places; with a picture on one more page at its end."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target)
    for page in pages:
        for left, bottom, words in page:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(left, bottom, words)
        canvas.showPage()
    if picture:
        canvas.drawImage(ImageReader(Image.new("L", (60, 40), 200)), 50, 400, 300, 200)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def read(data: bytes) -> Article:
    return parse(data, path=Path("paper.pdf"))


@pytest.fixture
def _no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.pdf.has_ocr", lambda: False)


@pytest.mark.usefixtures("_no_ocr")
def test_pages_that_are_pictures_are_told_of() -> None:
    with pytest.raises(ArticleError, match=r"paper\.pdf holds no text: 1 of 1 pages are pictures.*dossier\[ocr\]"):
        read(made(picture=True))
    article = read(made([(50, 600, "The bridge was opened on Monday.")], picture=True))
    assert article.text == "The bridge was opened on Monday."
    assert ("text", "pages without text, pictures only: 2") in article.provenance
    assert len(article.pages) == 2


def test_an_empty_page_is_no_picture() -> None:
    with pytest.raises(ArticleError, match=r"paper\.pdf holds no text\.$"):
        read(made([]))


def test_pictures_are_read_where_tesseract_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    words = "def image_to_string(picture, lang, timeout):\n    return f'Read in {lang}:\\nthe words.\\n\\nMore.'\n"
    (tmp_path / "pytesseract.py").write_text(words)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("DOSSIER_OCR", "swe")
    monkeypatch.syspath_prepend(tmp_path)
    assert read(made(picture=True)).text == "Read in swe: the words.\n\nMore."


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    article = read(made([(50, 600, "The mayor gave a long speech")], [(50, 700, "that nobody heard. The end.")]))
    assert article.text == "The mayor gave a long speech that nobody heard. The end."
    assert article.pages == (0, article.text.index("that"))


def test_headers_and_page_numbers_are_left_out() -> None:
    pages: list[list[tuple[float, float, str]]] = [
        [(50, 820, f"The Daily, {n} May"), (50, 500, f"Story {n} is told."), (290, 20, str(n))] for n in (1, 2, 3)
    ]
    assert read(made(*pages)).text == "Story 1 is told.\n\nStory 2 is told.\n\nStory 3 is told."


def column(left: float, name: str, width: float = 200) -> list[Stretch]:
    return [Stretch(left, 600 - 12 * n, left + width, 610 - 12 * n, 10, f"{name}{n} {LONG}") for n in range(8)]


def test_three_columns_below_a_line_over_all_of_them() -> None:
    over = Stretch(50, 640, 700, 652, 10, "Over all of them.")
    rows = [each for row in zip(column(50, "a"), column(275, "b"), column(500, "c"), strict=True) for each in row]
    text = " ".join(paragraph.text for paragraph in paragraphs([*rows, over]))
    names = [word for word in text.split() if word[:1] in "abc" and word[1:].isdigit()]
    assert text.startswith("Over all")
    assert names == [f"{name}{n}" for name in "abc" for n in range(8)]


def test_a_table_is_read_row_by_row() -> None:
    cells = [
        ("Year", "Cost"),
        ("2019", "12"),
        ("2020", "15"),
        ("2021", "19"),
        ("The whole time together", "46 million"),
    ]
    table = [
        Stretch(left, 600 - 14 * n, left + 5 * len(words), 610 - 14 * n, 10, words)
        for n, row in enumerate(cells)
        for left, words in zip((50, 300), row, strict=True)
    ]
    assert "2019 12" in " ".join(paragraph.text for paragraph in paragraphs(table))


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("the govern-", "ment said", "the government said"),
        ("in North-", "South trade", "in North- South trade"),
        ("大桥于", "开通", "大桥于开通"),
        ("one", "two", "one two"),
    ],
)
def test_lines_are_joined_as_their_script_is_written(before: str, after: str, whole: str) -> None:
    assert joined(before, after) == whole
