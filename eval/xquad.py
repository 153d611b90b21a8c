"""XQuAD: the same questions on English paragraphs, asked in several languages.

Artetxe, Ruder and Yogatama, "On the cross-lingual transferability of monolingual representations" (ACL 2020).
CC BY-SA 4.0. The paragraphs are searched in English only, so that a question in another language must find
its way across.
"""

import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents import Article

FOLDER_VARIABLE = "DOSSIER_XQUAD"
DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "xquad"
INDEXED = "en"


class XquadMissingError(FileNotFoundError):
    """The data is not where it was looked for."""


@dataclass(frozen=True, slots=True)
class XquadQuestion:
    """A question and the paragraph that holds its answer.

    Attributes:
        id: the same in every language.
        question: as it is asked.
        paragraph: the address of the paragraph, see `paragraphs`.
        answers: the gold answers, in the language of the question.
        places: where each begins and ends in that language's paragraph, in characters.
    """

    id: str
    question: str
    paragraph: str
    answers: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()


def default_folder() -> Path:
    """The folder in DOSSIER_XQUAD, else `shared/data/xquad` beside the project."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named).expanduser() if named else DEFAULT_FOLDER


def paragraphs(folder: Path, *, language: str = INDEXED, headlines: bool = False) -> list[Article]:
    """The paragraphs in a language, each an article of its own.

    Args:
        folder: holds the files.
        language: the translations have the addresses of the English paragraphs.
        headlines: with the name of the encyclopedia's article as headline; without one, a paragraph must be found
            by its own words.

    Raises:
        XquadMissingError: the folder has no file for the language.
    """
    return [
        Article(
            id="",
            text=paragraph["context"],
            title=_headline(address) if headlines else "",
            language=language,
            url=address,
        )
        for address, paragraph in _read(folder, language)
    ]


def mixture(folder: Path, languages: Sequence[str], seed: int = 0) -> list[Article]:
    """The paragraphs, each in a language drawn by lot: what many collections are.

    Raises:
        XquadMissingError: the folder has no file for one of the languages.
    """
    draw = random.Random(seed)  # noqa: S311 - the same draws every time
    return [
        draw.choice(versions) for versions in zip(*(paragraphs(folder, language=c) for c in languages), strict=True)
    ]


def questions(folder: Path, language: str) -> list[XquadQuestion]:
    """The questions in a language.

    Raises:
        XquadMissingError: the folder has no file for it.
    """
    return [
        XquadQuestion(
            id=asked["id"],
            question=asked["question"],
            paragraph=address,
            answers=tuple(gold["text"] for gold in asked["answers"]),
            places=tuple((gold["answer_start"], gold["answer_start"] + len(gold["text"])) for gold in asked["answers"]),
        )
        for address, paragraph in _read(folder, language)
        for asked in paragraph["qas"]
    ]


def _headline(address: str) -> str:
    return address.removeprefix("xquad:").rpartition("/")[0].replace("_", " ")


def _read(folder: Path, language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Paragraphs with their addresses, which are the same in every language."""
    path = folder / f"xquad.{language}.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))["data"]
    except FileNotFoundError as error:
        raise XquadMissingError(
            f"{path} is missing. Fetch the XQuAD files xquad.en.json, xquad.es.json and xquad.vi.json into a "
            f"folder and name it in {FOLDER_VARIABLE}."
        ) from error
    for entry in data:
        for number, paragraph in enumerate(entry["paragraphs"]):
            yield f"xquad:{entry['title']}/{number}", paragraph
