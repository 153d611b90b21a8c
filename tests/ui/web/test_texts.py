"""The words of the interface: the same texts in every language, each of them used, none missing."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fluent.syntax import ast, parse
from fluent.syntax.visitor import Visitor

from ui.web.texts import FOLDER, LANGUAGES, Texts, own_name, preferred

UI = FOLDER.parent.parent
OTHERS = LANGUAGES[1:]


class Values(Visitor):
    """The values that a message asks for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


def messages(path: Path) -> dict[str, set[str]]:
    """The values of each message of a file, by key; anything that Fluent cannot read fails."""
    found: dict[str, set[str]] = {}
    for entry in parse(path.read_text(encoding="utf-8")).body:
        assert not isinstance(entry, ast.Junk), f"{path}: {entry.content}"
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{path}: {entry.id.name} stands twice"
            values = Values()
            values.visit(entry)
            found[entry.id.name] = values.names
    return found


FILES = sorted(path.name for path in (FOLDER / "en").glob("*.ftl"))
ENGLISH = {key: values for name in FILES for key, values in messages(FOLDER / "en" / name).items()}
SOURCES = [
    path.read_text(encoding="utf-8")
    for path in (*(UI / "web").rglob("*.py"), *(UI / "assets").glob("*.html"), *(UI / "assets").glob("*.js"))
]


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_texts_with_the_same_values(language: str) -> None:
    assert sorted(path.name for path in (FOLDER / language).glob("*.ftl")) == FILES
    for name in FILES:
        assert messages(FOLDER / language / name) == messages(FOLDER / "en" / name)


def test_no_text_stands_in_two_files() -> None:
    assert len(ENGLISH) == sum(len(messages(FOLDER / "en" / name)) for name in FILES)


def test_every_text_that_is_asked_for_exists() -> None:
    asked = {key for source in SOURCES for key in re.findall(r"\bt\(\s*\"([a-z0-9-]+[a-z0-9])\"", source)}
    assert asked - ENGLISH.keys() == set()


def test_every_text_is_used() -> None:
    """Written out, or made of a beginning and something that a value of the program adds."""
    whole = {key for source in SOURCES for key in re.findall(r"[\"']([a-z][a-z0-9-]+)[\"']", source)}
    begun = {start for source in SOURCES for start in re.findall(r"f\"([a-z]+-[a-z0-9-]*-)\{", source)}
    begun |= {start for source in SOURCES for start in re.findall(r"[\"']([a-z]+-(?:[a-z0-9-]+-)?)[\"']", source)}
    unused = {key for key in ENGLISH if key not in whole and not any(key.startswith(start) for start in begun)}
    assert unused == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_written(language: str) -> None:
    t = Texts.of(language)
    for key, values in ENGLISH.items():
        for number in (0, 1, 2, 5, 12345):
            text = t(key, **dict.fromkeys(values, number))
            assert text.strip(), key
            assert "{" not in text, key


@pytest.mark.parametrize("language", OTHERS)
def test_few_texts_are_left_in_english(language: str) -> None:
    """Names and units may be; sentences may not."""
    t, english = Texts.of(language), Texts.of("en")
    plain = [key for key, values in ENGLISH.items() if not values]
    assert [key for key in plain if t(key) == english(key) and " " in t(key)] == []


def test_a_number_decides_about_the_words_and_is_written_as_the_language_does() -> None:
    written = {language: [Texts.of(language)("page-holds", count=n) for n in (0, 1, 12345)] for language in LANGUAGES}
    assert written == {
        "en": ["No articles", "1 article", "12,345 articles"],
        "fr": ["Aucun article", "1 article", "12\u202f345 articles"],
        "sv": ["Inga artiklar", "1 artikel", "12\u00a0345 artiklar"],
        "vi": ["Chưa có bài báo nào", "1 bài báo", "12.345 bài báo"],
    }


def test_days_are_as_precise_as_they_are_known() -> None:
    days = {
        language: [Texts.of(language).day(iso) for iso in ("2024", "2024-11", "2024-11-20")] for language in LANGUAGES
    }
    assert days == {
        "en": ["2024", "Nov 2024", "20 Nov 2024"],
        "fr": ["2024", "nov. 2024", "20 nov. 2024"],
        "sv": ["2024", "nov. 2024", "20 nov. 2024"],
        "vi": ["2024", "thg 11 2024", "20 thg 11, 2024"],
    }
    assert Texts.of("en").day("the <b>other</b> day") == "the <b>other</b> day"
    assert Texts.of("en").day(None) == ""
    assert Texts.of("en").moment(datetime(2024, 11, 20, 8, 5, tzinfo=UTC)) == "20 Nov 2024, 08:05"


def test_languages_have_their_names() -> None:
    assert Texts.of("fr").language_name("vi") == "vietnamien"
    assert Texts.of("en").language_name("und") is None
    assert Texts.of("en").language_name("x-made-up") is None
    assert [own_name(language) for language in LANGUAGES] == ["English", "Français", "Svenska", "Tiếng Việt"]


def test_sizes_times_and_shares() -> None:
    assert Texts.of("fr").size(4_120_000_000) == "4,1 Go"
    assert Texts.of("en").size(398_000_000) == "398 MB"
    assert [Texts.of(each).duration(13) for each in LANGUAGES] == [
        "15 seconds",
        "15 secondes",
        "15 sekunder",
        "15 giây",
    ]
    assert Texts.of("en").duration(170) == "3 minutes"
    assert Texts.of("en").percent(0.999) == "99%", "what is not over is never 100"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"),
        ("de, sv;q=0.4, vi;q=0.6", "vi"),
        ("vi;q=0, fr;q=0.1", "fr"),
        ("en-US,en;q=0.5", "en"),
        ("ja", "en"),
        ("", "en"),
        (None, "en"),
        ("sv;q=,,;;=0.5, <script>", "en"),
    ],
)
def test_the_browser_is_spoken_to_in_its_language(header: str | None, language: str) -> None:
    assert preferred(header) == language


def test_an_unknown_language_is_spoken_to_in_english() -> None:
    assert Texts.of("xx") == Texts.of(None) == Texts.of("en")


def test_what_is_missing_is_told() -> None:
    with pytest.raises(LookupError, match="no-such-text"):
        Texts.of("sv")("no-such-text")
    with pytest.raises(LookupError, match="page-holds"):
        Texts.of("sv")("page-holds")
