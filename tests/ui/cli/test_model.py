"""The command line as its users have it: real articles, the default models, processes of their own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[3]
ARTICLES = ROOT.parent / "shared" / "data" / "articles"

START = "import sys; from ui.cli import main; sys.exit(main())"


@dataclass(frozen=True)
class Filled:
    """A library with the five articles."""

    folder: Path
    first_add: str

    def run(self, *arguments: str) -> str:
        ended = subprocess.run(
            [sys.executable, "-c", START, *arguments, "--library", str(self.folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def ask(self, question: str) -> Any:
        return json.loads(self.run("ask", question, "--json"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    if not ARTICLES.is_dir():
        pytest.skip("the five articles lie beside the repository, and it was checked out without them")
    folder = tmp_path_factory.mktemp("library")
    return Filled(folder, Filled(folder, "").run("add", str(ARTICLES)))


def test_the_articles_are_added_once(filled: Filled) -> None:
    assert filled.first_add == "5 added\n"
    assert filled.run("add", str(ARTICLES)) == "0 added, 5 unchanged\n"
    assert len(json.loads(filled.run("list", "--json"))) == 5


@pytest.mark.parametrize(
    ("question", "facts", "quoted"),
    [
        ("What rank does Vietnam hold in the e-government development index?", ["74"], ["74e"]),
        (
            "Qui a signé la résolution 57-NQ/TW et quand ?",
            ["Tô Lâm", "22 décembre 2024"],
            ["Tô Lâm", "22 décembre 2024"],
        ),
        ("Hur många strategiska teknologier finns på regeringens lista?", ["11"], ["11 nationella"]),
        ("Which telecom operator partnered in the Bac Giang workshop?", ["Mobifone"], ["Mobifone"]),
    ],
)
def test_a_question_is_answered_with_the_quote_that_says_so(
    filled: Filled, question: str, facts: list[str], quoted: list[str]
) -> None:
    answer = filled.ask(question)
    assert not answer["abstained"], answer["sentences"]
    for fact in facts:
        assert fact.casefold() in answer["text"].casefold()
    quotes = [citation["quote"] for citation in answer["citations"]]
    assert any(all(words in quote for words in quoted) for quote in quotes), quotes
    for citation in answer["citations"]:
        article = json.loads(filled.run("show", citation["article"]["id"], "--json"))
        assert article["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_what_the_articles_do_not_say_is_not_answered(filled: Filled) -> None:
    answer = filled.ask("What is the price of gold today?")
    assert answer["abstained"]
    assert answer["citations"] == []
