"""A set of questions by its name, its file or its folder, and how two of them are told apart."""

import json
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from documents import Article
from eval import hub, samples
from eval.datasets import OWN, Dataset, load_dataset, rest_of
from eval.questions import GoldQuote, Question, load_questions
from eval.rows import DatasetError
from eval.samples import SAMPLE_ARTICLES
from rag import ArticleSummary, Filters
from tests.test_setup import ROOT

QUESTION = Question("1", "When?", "en", ("2019",), (), True, (), "test")  # noqa: FBT003


@pytest.fixture(autouse=True)
def _no_real_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "DEFAULT_FOLDER", tmp_path / "nowhere")
    monkeypatch.delenv("DOSSIER_ARTICLES", raising=False)


own = pytest.mark.parametrize(("name", "here", "whole"), [("builtin", 96, 128), ("practice", 64, 96)])


@own
def test_our_own_questions_are_on_the_sample_articles(name: str, here: int, whole: int) -> None:
    ours = load_dataset(name)
    assert (ours.name, ours.articles, len(ours.questions)) == (name, (SAMPLE_ARTICLES,), here)
    assert ours.note.startswith(f"{whole - here} questions on articles that are not here are left out")


@own
def test_with_the_real_articles_all_of_them_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, here: int, whole: int
) -> None:
    folder = tmp_path / "real"
    folder.mkdir()
    monkeypatch.setenv("DOSSIER_ARTICLES", str(folder))
    quoted = {quote.file for q in load_questions(OWN[name]) for quote in q.quotes if "real" in q.tags}
    assert len(load_dataset(name).questions) == here
    for file in quoted:
        (folder / file).write_text("Le pont.", encoding="utf-8")
    ours = load_dataset(name)
    assert (len(ours.questions), ours.articles, ours.note) == (whole, (SAMPLE_ARTICLES, folder), "")


def xquad_file(folder: Path, language: str, context: str, question: str, answer: str) -> None:
    found = {"text": answer, "answer_start": context.index(answer)}
    paragraph = {"context": context, "qas": [{"id": "1", "question": question, "answers": [found]}]}
    value = {"data": [{"title": "Old_bridge", "paragraphs": [paragraph]}]}
    (folder / f"xquad.{language}.json").write_text(json.dumps(value), encoding="utf-8")


def test_xquad_asks_in_one_language_about_english_paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_XQUAD", str(tmp_path))
    xquad_file(tmp_path, "en", "It opened in May 2019.", "When did it open?", "May 2019")
    xquad_file(tmp_path, "es", "Abrió en mayo de 2019.", "¿Cuándo abrió?", "mayo de 2019")
    spanish = load_dataset("xquad:es")
    (question,), (article,) = spanish.questions, spanish.articles
    assert isinstance(article, Article)
    assert (article.text, article.title, article.language) == ("It opened in May 2019.", "Old bridge", "en")
    assert (question.language, question.answers) == ("es", ("mayo de 2019", "May 2019"))
    assert question.quotes == (GoldQuote(article.url or "", start=13, end=21),)
    assert article.text[13:21] == "May 2019"
    assert question.tags == ("cross-language",)
    assert load_dataset("xquad:en").questions[0].answers == ("May 2019",)


@pytest.mark.parametrize("source", ["xquad:sv", "xquad", "nonsense", "nowhere.jsonl", "~nobody/x.csv", "builtin:x"])
def test_what_is_no_set_is_told_what_is_taken(source: str) -> None:
    with pytest.raises(DatasetError) as caught:
        load_dataset(source)
    assert "Taken are builtin, practice, xquad:en" in caught.value.help


@pytest.mark.parametrize("english", ["{", "[]", '{"data": [{}]}', '{"data": []}'])
def test_files_that_are_not_xquad_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: str) -> None:
    monkeypatch.setenv("DOSSIER_XQUAD", str(tmp_path))
    xquad_file(tmp_path, "es", "Abrió en mayo de 2019.", "¿Cuándo abrió?", "mayo de 2019")
    (tmp_path / "xquad.en.json").write_text(english, encoding="utf-8")
    with pytest.raises(DatasetError, match="are not those of XQuAD"):
        load_dataset("xquad:es")


def test_a_missing_xquad_says_where_it_belongs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_XQUAD", str(tmp_path))
    with pytest.raises(DatasetError, match="DOSSIER_XQUAD"):
        load_dataset("xquad:en")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mine.jsonl", '{"question": "When did it open?"}'),
        ("mine.JSON", '[{"question": "When did it open?"}]'),
        ("mine.csv", "question\nWhen did it open?\n"),
    ],
)
def test_a_file_is_read_by_its_ending(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    mine = load_dataset(str(tmp_path / name), language="sv")
    assert (mine.name, mine.articles, mine.note) == ("mine", (), "")
    assert [(question.question, question.language) for question in mine.questions] == [("When did it open?", "sv")]


def test_a_folder_is_beir(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is no BEIR set"):
        load_dataset(str(tmp_path))


def test_a_fingerprint_is_of_questions_and_articles(tmp_path: Path) -> None:
    article = Article(id="", text="It opened in 2019.", title="")
    first = Dataset("a", (QUESTION,), (article,))
    assert len(first.fingerprint) == 16
    assert first.fingerprint == Dataset("b", (QUESTION,), (article,)).fingerprint
    others = [
        Dataset("a", (replace(QUESTION, answers=("2020",)),), (article,)),
        Dataset("a", (QUESTION,), (replace(article, text="It opened in 2020."),)),
        Dataset("a", (QUESTION,), (replace(article, url="town:a"),)),
        Dataset("a", (QUESTION,)),
    ]
    assert Dataset("a", (QUESTION,), (replace(article, language="sv", id="x"),)).fingerprint == first.fingerprint
    (tmp_path / "a.txt").write_text("It opened in 2019.", encoding="utf-8")
    others.append(Dataset("a", (QUESTION,), (tmp_path,)))
    prints = {each.fingerprint for each in (first, *others)}
    assert len(prints) == 6
    (tmp_path / "a.txt").write_text("It opened in 2020.", encoding="utf-8")
    assert others[-1].fingerprint not in prints


def summary(name: str) -> ArticleSummary:
    return ArticleSummary(name, "", None, None, "en", None, f"/press/{name}.txt", 1)


def test_a_question_may_be_asked_without_some_articles() -> None:
    listed = [summary("a"), summary("b"), summary("c")]
    assert rest_of(listed, QUESTION) is None
    assert rest_of(listed, replace(QUESTION, without=("b.txt", "a"))) == Filters(articles=("c",))
    assert rest_of(listed[:1], replace(QUESTION, without=("a",))) == Filters(articles=("",))


class FakeHub:
    """What `datasets` offers of it, over rows in memory: {repository: {configuration: {split: rows}}}."""

    def __init__(self, held: dict[str, dict[str, dict[str, list[Any]]]]) -> None:
        self.held = held
        self.asked: list[tuple[str, str, str, bool]] = []

    def get_dataset_config_names(self, repo: str) -> list[str]:
        if repo not in self.held:
            raise FileNotFoundError(f"Dataset {repo!r} doesn't exist on the Hub\nor cannot be accessed.")
        return list(self.held[repo])

    def get_dataset_split_names(self, repo: str, config: str) -> list[str]:
        return list(self.held[repo][config])

    def load_dataset(self, repo: str, config: str, *, split: str, streaming: bool) -> Iterable[Any]:
        self.asked.append((repo, config, split, streaming))
        return iter(self.held[repo][config][split])


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeHub:
    row = {"question": "When did the bridge open?", "answer": ["2019"]}
    document, query = {"_id": "d1", "title": "", "text": "The river rose."}, {"_id": "q1", "text": "Which river rose?"}
    judged = [{"query-id": "q1", "corpus-id": "d1", "score": 1}]
    beir = {"corpus": {"corpus": [document]}, "queries": {"queries": [query]}}
    made = FakeHub(
        {
            "a/one": {"plain": {"train": [row], "test": [row | {"id": 7}] * 2, "other": []}},
            "a/two": {"x": {"test": [row]}, "y": {"test": [row]}},
            "a/beir": beir,
            "a/beir-qrels": {"default": {"test": judged}},
            "a/mteb": {**beir, "default": {"test": judged}},
            "a/odd": {"default": {"train": [{"text": "x"}]}},
        }
    )
    monkeypatch.setitem(sys.modules, "datasets", made)
    return made


def test_rows_of_the_hub_are_read_as_those_of_files(fake: FakeHub) -> None:
    with pytest.raises(DatasetError, match="hub:a/one:plain:test, row 2: the id '7' is taken"):
        load_dataset("hub:a/one")
    loaded = load_dataset("hub:a/one:plain:train")
    assert (loaded.name, [question.answers for question in loaded.questions]) == ("a/one:plain:train", [("2019",)])
    assert fake.asked == [("a/one", "plain", "test", True), ("a/one", "plain", "train", True)]


@pytest.mark.parametrize("name", ["a/beir", "a/mteb"])
def test_beir_on_the_hub_is_put_together(fake: FakeHub, name: str) -> None:
    loaded = load_dataset(f"hub:{name}")
    assert [question.articles for question in loaded.questions] == [("beir:d1",)]
    assert len(loaded.articles) == 1
    assert all(streaming for *_, streaming in fake.asked)


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("one", "'one' names no set on the hub"),
        ("../etc/passwd", "names no set on the hub"),
        ("a/two", "hub:a/two has several configurations, 'x', 'y'"),
        ("a/three", r"hub:a/three cannot be read \(FileNotFoundError: Dataset 'a/three' doesn't exist on the Hub or"),
        ("a/odd", "hub:a/odd:default:train, row 1: no question is among its fields, which are 'text'"),
        ("a/one:plain:nothing", "cannot be read"),
    ],
)
def test_what_is_wrong_on_the_hub_is_told_in_a_line(name: str, message: str) -> None:
    with pytest.raises(DatasetError, match=message) as caught:
        load_dataset(f"hub:{name}")
    assert "\n" not in str(caught.value)


def test_many_rows_are_not_fetched_to_the_last(fake: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "MOST_ROWS", 2)
    fake.held["a/one"]["plain"]["other"] = [{"question": f"Which bridge has number {i}?"} for i in range(3)]
    loaded = load_dataset("hub:a/one:plain:other")
    assert (len(loaded.questions), loaded.note) == (2, "only the first 2 rows are taken")


def test_without_the_package_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(DatasetError, match=r"needs the package datasets: .* -m pip install 'datasets>=4.4'"):
        load_dataset("hub:a/one")


def test_the_extra_asks_for_what_the_error_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["optional-dependencies"]["hub-datasets"] == [hub.REQUIREMENT]
