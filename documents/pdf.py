"""PDF to text: pages in reading order, without their headers and footers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import regex

from documents.content import Content, sourced
from documents.display import printable
from documents.errors import ArticleError
from documents.isolated import has_ocr, read_apart
from documents.layout import Paragraph, Stretch, continues, joined, paragraphs
from documents.metadata import Metadata
from documents.published import iso_date

_MARGIN = 0.12  # of the page's height, at the top and at the bottom
_OFTEN = 0.4  # of the pages: what stands in the margin of so many is a header or footer
_LARGER = 1.15  # how much larger than the body a headline is
_HEADLINE = 250  # characters
_NUMBER = regex.compile(
    r"(?:p\.|page|sida|seite|side|página|pagina|strona|strana|trang|стр\.|страница|第)?\s*[-–—|]?\s*"
    r"(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|\||of|sur|av|von|de|di|z|из)\s*\d{1,4})?\s*[-–—|页頁]?$",
    regex.IGNORECASE,
)
_DATE = regex.compile(r"(?:D:)?(?P<y>\d{4})(?P<m>\d{2})?(?P<d>\d{2})?")
_JUNK = regex.compile(
    r"untitled|microsoft |\(?anonymous\)?|unspecified|unknown|.*\.(?:docx?|pdf|indd|qxd|odt|rtf|tex|html?)$", regex.I
)


def read_pdf(data: bytes, name: str) -> Content:
    """Read a PDF.

    Raises:
        ArticleError: when it is encrypted, damaged, or holds no text.
    """
    ocr = has_ocr()
    found = read_apart("pdf", data, name=name, ocr=ocr)
    if "error" in found:
        raise _refused(found["error"], name)
    sheets = [_Sheet(page) for page in found["pages"]]
    running = _running(sheets)
    pages = [sheet.paragraphs(running) for sheet in sheets]
    text, starts = _assembled(pages)
    silent = [
        number for number, (sheet, page) in enumerate(zip(sheets, pages, strict=True), 1) if sheet.picture and not page
    ]
    if not text.strip():
        raise _without_text(len(sheets), len(silent), name, ocr=ocr)
    headline = _headline(pages)
    known = sourced(_known(found["info"], text, headline), "document properties")
    notes = known.provenance
    if silent:
        notes = (*notes, ("text", f"pages without text, pictures only: {', '.join(map(str, silent))}"))
    return Content(text, replace(known, provenance=notes), starts)


class _Sheet:
    """A page: its stretches, and which of them lie in the margins."""

    def __init__(self, page: dict[str, Any]) -> None:
        self.height = float(page["height"])
        self.stretches = [Stretch(*values) for values in page["stretches"]]
        self.recognised = str(page.get("text", ""))
        self.picture = bool(page.get("picture"))

    def margins(self) -> Iterable[Stretch]:
        """What stands near the upper or lower edge."""
        low, high = self.height * _MARGIN, self.height * (1 - _MARGIN)
        return (each for each in self.stretches if each.top <= low or each.bottom >= high)

    def paragraphs(self, running: frozenset[str]) -> list[Paragraph]:
        """The page's own text."""
        if self.recognised.strip():
            return [Paragraph(" ".join(block.split()), 0.0) for block in self.recognised.split("\n\n") if block.strip()]
        dropped = {id(each) for each in self.margins() if _key(each) in running or _NUMBER.match(each.text)}
        return paragraphs([each for each in self.stretches if id(each) not in dropped])


def _key(stretch: Stretch) -> str:
    return regex.sub(r"\d+", "#", stretch.text).casefold()


def _running(sheets: Sequence[_Sheet]) -> frozenset[str]:
    """Headers and footers: what stands in the margins of many pages, but for its numbers."""
    counts = Counter(key for sheet in sheets for key in {_key(each) for each in sheet.margins()})
    return frozenset(key for key, count in counts.items() if count >= max(2, _OFTEN * len(sheets)))


def _assembled(pages: Sequence[Sequence[Paragraph]]) -> tuple[str, tuple[int, ...]]:
    """All pages as one text, and where each begins in it; a sentence goes on over the end of a page."""
    starts: list[int] = []
    pieces: list[str] = []
    size = 0  # characters before the last piece
    last: Paragraph | None = None
    for page in pages:
        for number, paragraph in enumerate(page):
            if last is not None and number == 0 and continues(last, paragraph):
                text = joined(last.text, paragraph.text)
                pieces[-1] = text
                starts.append(size + len(text) - len(paragraph.text))
                last = Paragraph(text, paragraph.size)
                continue
            size += len(pieces[-1]) + 2 if pieces else 0
            if number == 0:
                starts.append(size)
            pieces.append(paragraph.text)
            last = paragraph
        if not page:
            starts.append(size + len(pieces[-1]) if pieces else 0)
    return "\n\n".join(pieces), tuple(starts)


def _headline(pages: Sequence[Sequence[Paragraph]]) -> str | None:
    """The largest letters of the first page, where they are larger than most."""
    first = [each for each in pages[0] if len(each.text) <= _HEADLINE] if pages else []
    sizes = [each.size for page in pages for each in page for _ in range(1 + len(each.text) // 100)]
    largest = max(first, key=lambda each: each.size, default=None)
    return largest.text if largest and largest.size >= _LARGER * median(sizes) else None


def _known(info: dict[str, str], text: str, headline: str | None) -> Metadata:
    declared = " ".join(info.get("Title", "").split())
    if _JUNK.match(declared):
        declared = ""
    title = declared or headline
    at = text.find(title) if title else -1
    if at < 0 and headline:
        at, title = text.find(headline), (title or headline)
    end = at + len(title if title and text.startswith(title, at) else headline or "")
    author = " ".join(info.get("Author", "").split())
    return Metadata(
        title=title,
        date=_date(info.get("CreationDate", "")),
        modified=_date(info.get("ModDate", "")),
        author=author if author and not _JUNK.match(author) else None,
        headline=(at, end) if title and at >= 0 else None,
        provenance=() if declared or not headline else (("title", "largest letters"),),
    )


def _date(value: str) -> str | None:
    match = _DATE.match(value)
    return iso_date("-".join(part for part in match.groups() if part)) if match else None


def _refused(reason: str, name: str) -> ArticleError:
    if reason == "password":
        return ArticleError(f"{printable(name)} is encrypted.", help="Save it without its password first.")
    return ArticleError(f"{printable(name)} is damaged: {printable(reason).rstrip('.')}.")


def _without_text(count: int, pictures: int, name: str, *, ocr: bool) -> ArticleError:
    if not pictures:
        return ArticleError(f"{printable(name)} holds no text.")
    advice = "Tesseract found nothing to read in them." if ocr else "Install Tesseract and: pip install 'dossier[ocr]'"
    return ArticleError(f"{printable(name)} holds no text: {pictures} of {count} pages are pictures.", help=advice)
