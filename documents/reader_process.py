"""The part of reading that runs in a process of its own: libraries in which a hostile file may hang or crash.

Run as a script, with the kind, the name and the address as its arguments and the file on standard input; prints JSON.
For PDF and RTF, which are always read here, it imports nothing of the project, so that it starts quickly. It may use so
much memory and time, and may not write files (but for OCR, whose program works on files).
"""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CHARACTERS = 5_000_000
_MOST_PAGES = 3_000
_MEMORY = 2_000_000_000  # bytes
_SECONDS = 120  # of computing
_GAP = 1.0  # of the letters' height: what is further apart is not of one stretch
_RISE = 0.6
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_HYPHENS = (0x02, 0xFFFE)  # how PDFium gives a hyphen at the end of a line
_OCR_SCALE = 3.0  # 216 points an inch
_OCR_PIXELS = 5_000.0  # the longer side of a picture of a page


def main() -> None:
    """Read one file and print what is in it."""
    (kind, name, url), ocr = sys.argv[1:4], "--ocr" in sys.argv
    _bound(writing=ocr)
    data = sys.stdin.buffer.read()
    if kind in ("pdf", "rtf"):
        found = _rtf(data) if kind == "rtf" else _pdf(data, ocr=ocr)
    else:
        found = _content(data, kind, name, url)
    sys.stdout.write(json.dumps(found))


def _content(data: bytes, kind: str, name: str, url: str) -> dict[str, Any]:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from documents.costly import to_json  # noqa: PLC0415 - only for what the project reads itself
    from documents.errors import ArticleError  # noqa: PLC0415 - as above
    from documents.parse import read_content  # noqa: PLC0415 - as above

    try:
        return to_json(read_content(data, kind and f".{kind}", name, url or None))
    except ArticleError as error:
        return {"error": error.message, "help": error.help}


def _bound(*, writing: bool) -> None:
    """Limit memory, time and the size of files; a limit that is stricter already stays."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: _SECONDS, resource.RLIMIT_AS: _MEMORY}
    if not writing:
        limits[resource.RLIMIT_FSIZE] = 0
    for kind, most in limits.items():
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # a Mac does not take every one
            resource.setrlimit(kind, (limit, limit))


def _rtf(data: bytes) -> dict[str, Any]:
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - only for RTF

    read: Callable[..., str] = rtf_to_text  # it has no types of its own
    return {"text": read(data.decode("cp1252", "replace"), errors="replace")[:MOST_CHARACTERS]}


def _pdf(data: bytes, *, ocr: bool) -> dict[str, Any]:
    import pypdfium2  # noqa: PLC0415 - only for PDF

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"error": "password" if getattr(error, "err_code", None) == _PASSWORD else str(error)}
    pages: list[dict[str, Any]] = []
    left = MOST_CHARACTERS
    for number in range(min(len(document), _MOST_PAGES)):
        try:
            page = _page(document[number], left, ocr=ocr)
        except pypdfium2.PdfiumError as error:
            page = {"height": 0, "stretches": [], "problem": str(error)}
        left -= sum(len(stretch[5]) for stretch in page["stretches"])
        pages.append(page)
    return {"pages": pages, "info": document.get_metadata_dict(skip_empty=True)}


def _page(page: Any, left: int, *, ocr: bool) -> dict[str, Any]:  # noqa: ANN401 - pypdfium2 has no types
    import pypdfium2.raw as c  # noqa: PLC0415 - only for PDF

    text = page.get_textpage()
    stretches = _stretches(c, text.raw, min(text.count_chars(), left))
    found: dict[str, Any] = {"height": page.get_height(), "stretches": stretches}
    if not stretches:
        found["picture"] = any(each.type == c.FPDF_PAGEOBJ_IMAGE for each in page.get_objects(max_depth=3))
        if found["picture"] and ocr:
            found["text"] = _recognised(page)
    return found


def _stretches(c: Any, page: Any, count: int) -> list[list[Any]]:  # noqa: ANN401 - as above
    """Runs of letters that stand side by side: left, bottom, right, top, height of letters, text."""
    box = c.FS_RECTF()
    found: list[list[Any]] = []
    now: list[Any] | None = None
    for index in range(count):
        code = c.FPDFText_GetUnicode(page, index)
        if code in (0x0A, 0x0D):
            now = None
            continue
        letter = "-" if code in _HYPHENS else chr(code)
        if letter.isspace() or not code:
            if now:
                now[5] += " "
            continue
        c.FPDFText_GetLooseCharBox(page, index, box)
        size = abs(box.top - box.bottom) or 1.0
        if now is None or _apart(now, box, size):
            now = [box.left, box.bottom, box.right, box.top, size, ""]
            found.append(now)
        now[0], now[2] = min(now[0], box.left), max(now[2], box.right)
        now[5] += letter
    for stretch in found:
        words = stretch[5].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        stretch[5] = " ".join(words.split())
    return found


def _apart(now: list[Any], box: Any, size: float) -> bool:  # noqa: ANN401 - as above
    room = max(size, now[4])
    return bool(abs(box.bottom - now[1]) > _RISE * room or box.left - now[2] > _GAP * room or now[0] - box.right > room)


def _recognised(page: Any) -> str:  # noqa: ANN401 - as above
    import pytesseract  # noqa: PLC0415 - an extra

    scale = min(_OCR_SCALE, _OCR_PIXELS / max(page.get_width(), page.get_height(), 1.0))
    picture = page.render(scale=scale).to_pil()
    return str(pytesseract.image_to_string(picture, lang=os.environ.get("DOSSIER_OCR", "eng"), timeout=60))


if __name__ == "__main__":
    main()
