"""Stories for files of any format: a headline and numbered paragraphs in one of several languages."""

import io
import zipfile
from dataclasses import dataclass

from tests.documents.texts import paragraph


@dataclass(frozen=True)
class Story:
    """What a file tells."""

    title: str
    paragraphs: tuple[str, ...]
    date: str
    language: str
    author: str

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


_TITLES = {
    "fr": "Un nouveau pont relie les deux rives",
    "sv": "En ny bro förbinder de båda stränderna",
    "en": "A new bridge joins the two banks",
    "vi": "Cây cầu mới nối liền hai bờ sông",
    "de": "Eine neue Brücke verbindet die beiden Ufer",
}
LANGUAGES = tuple(_TITLES)
_DAYS = {"fr": "2024-11-20", "sv": "2023-05-03", "en": "2025-01-31", "vi": "2024-02-29", "de": "2022-12-24"}


def story(language: str, count: int = 4) -> Story:
    numbered = tuple(f"{paragraph(language)} ({n}/{count})" for n in range(1, count + 1))
    return Story(_TITLES[language], numbered, _DAYS[language], language, "Eva Lindström")


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()
