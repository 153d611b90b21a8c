"""Asking a library the questions of an evaluation, with fakes for models."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from rich.console import Console

from eval import bench, run, samples
from eval.questions import GoldQuote, Question
from eval.run import answerable_by, evaluate, sample_library, spread, table, temporary_library, verdict
from rag import DossierError, Library
from tests.fakes import FakeEncoder, FakeGenerator

TEXT = "The bridge over the river opened in 2019. The mayor spoke at the school."
REPLY = "The bridge over the river opened in 2019."


def question(number: int, text: str, language: str = "en", *answers: str) -> Question:
    quotes = (GoldQuote("bridge.txt", REPLY),) if answers else ()
    return Question(str(number), text, language, answers, quotes, bool(answers), (), "dev")


QUESTIONS = (
    question(1, "Which bridge over the river opened in 2019?", "en", "2019"),
    question(2, "Who opened the bridge over the river in 2019?", "en"),
    question(3, "Vilken bridge over the river öppnade 2019?", "sv", "2019"),
)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(run, "load_questions", lambda split: QUESTIONS if split in (None, "dev") else ())
    (tmp_path / "bridge.txt").write_text(TEXT, encoding="utf-8")
    generator = FakeGenerator(REPLY, "NOT FOUND", "NOT FOUND")
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=generator) as opened:
        opened.add(tmp_path / "bridge.txt")
        yield opened


def test_every_question_is_measured(library: Library, tmp_path: Path) -> None:
    said: list[str] = []
    out = tmp_path / "out.jsonl"
    right, unanswered, missed = evaluate(library, out=out, say=said.append)
    assert (right.answer_right, right.quote_right, right.verbatim, right.citations) == (True, True, 1, 1)
    assert (unanswered.abstained, unanswered.answerable) == (True, False)
    assert (missed.abstained, missed.answerable) == (True, True)
    assert [line.split()[0] for line in said] == ["1/3", "2/3", "3/3"]
    assert [verdict(each) for each in (right, unanswered, missed)] == [
        "right",
        "rightly not answered",
        "FALSE ABSTENTION",
    ]
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [record["question"]["id"] for record in records] == ["1", "2", "3"]
    assert records[0]["answer"]["text"] == f"{REPLY} [1]"
    assert records[0]["measured"]["answer_right"] is True


def test_limit_and_split_ask_fewer(library: Library) -> None:
    assert len(evaluate(library, limit=1)) == 1
    assert evaluate(library, split="test") == []


def real(number: int, *files: str) -> Question:
    quotes = tuple(GoldQuote(file, start=0, end=9) for file in files)
    return Question(f"r{number}", "Who?", "en", ("x",) if files else (), quotes, bool(files), ("real",), "dev")


REAL_ONES = (real(1, "000.txt"), real(2, "000.txt", "001.txt"), real(3))


def test_questions_on_articles_that_are_missing_are_left_out_and_counted(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "load_questions", lambda split: (*QUESTIONS, *REAL_ONES) if split is None else ())
    (tmp_path / "000.txt").write_text(TEXT, encoding="utf-8")
    library.add(tmp_path / "000.txt")  # 001.txt is still missing
    said: list[str] = []
    assert [each.id for each in evaluate(library, limit=1, say=said.append)] == ["1"]
    assert said[1:] == [
        "3 questions on articles that are not here were left out; name their folder in DOSSIER_ARTICLES."
    ]


def test_questions_on_real_articles_are_asked_when_all_of_these_are_there(library: Library, tmp_path: Path) -> None:
    listed = (*QUESTIONS, *REAL_ONES)
    assert answerable_by(library, listed) == list(QUESTIONS)
    for name in ("000.txt", "001.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
        library.add(tmp_path / name)
    assert answerable_by(library, listed) == list(listed)


def test_the_folder_of_real_articles_is_named_or_beside_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "DEFAULT_FOLDER", tmp_path)
    monkeypatch.delenv("DOSSIER_ARTICLES", raising=False)
    assert samples.real_articles() == tmp_path
    monkeypatch.setenv("DOSSIER_ARTICLES", str(tmp_path / "nowhere"))
    assert samples.real_articles() is None


def test_the_library_of_an_evaluation_holds_the_articles_that_are_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "temporary_library", partial(temporary_library, encoder=FakeEncoder()))
    monkeypatch.setenv("DOSSIER_ARTICLES", str(tmp_path / "nowhere"))
    with sample_library(FakeGenerator()) as opened:
        alone = {Path(article.path or "").name for article in opened.articles()}
    assert alone == set(samples.load_articles())
    (tmp_path / "000.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("DOSSIER_ARTICLES", str(tmp_path))
    with sample_library(FakeGenerator()) as opened:
        assert {Path(article.path or "").name for article in opened.articles()} == alone | {"000.txt"}
        folder = opened.folder
    assert not folder.exists()


def test_an_article_that_cannot_be_added_stops_the_evaluation(tmp_path: Path) -> None:
    with (
        pytest.raises(DossierError, match="nowhere"),
        temporary_library(tmp_path / "nowhere", encoder=FakeEncoder(), generator=FakeGenerator()),
    ):
        pytest.fail("it was opened")


def test_a_few_questions_are_taken_from_all_over_the_file() -> None:
    many = [question(number, "Which bridge?") for number in range(10)]
    assert [each.id for each in spread(many, 3)] == ["0", "3", "6"]
    assert spread(many, None) == many
    assert spread(many, 20) == many
    assert spread([], 3) == []


def test_the_table_has_a_column_for_each_language(library: Library) -> None:
    console = Console(width=100, record=True)
    console.print(table(evaluate(library)))
    shown = [line.split("  ") for line in console.export_text().splitlines()]
    cells = {row[0].strip(): [cell.strip() for cell in row[1:] if cell.strip()] for row in shown}
    assert cells["answer holds the gold"] == ["50% 1/2", "100% 1/1", "0% 0/1"]
    assert cells["false answers"] == ["0% 0/1", "0% 0/1", "-"]
    assert cells["false on near misses"] == ["-", "-", "-"]
    assert cells["citation precision"] == ["100% 1/1", "100% 1/1", "-"]
    assert cells["citation recall"] == ["100% 1/1", "100% 1/1", "-"]
    assert cells["false abstentions"] == ["50% 1/2", "0% 0/1", "100% 1/1"]
    assert cells["questions"] == ["3", "2", "1"]


def test_bench_times_the_first_questions_of_each_language() -> None:
    picked = bench.pick(QUESTIONS, per_language=1)
    assert [question.id for question in picked] == ["1", "3"]


def test_bench_shows_medians_and_the_slowest(library: Library) -> None:
    measured = evaluate(library)
    console = Console(width=100, record=True)
    console.print(bench.times(measured))
    rows = [line.split() for line in console.export_text().splitlines()]
    assert [row[:2] for row in rows[-3:]] == [["all", "3"], ["en", "2"], ["sv", "1"]]


def test_bench_runs_what_is_named_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    made = {name: lambda name=name: ran.append(name) for name in ("one", "two", "three")}
    monkeypatch.setattr(bench, "BENCHMARKS", made)
    monkeypatch.setattr(bench, "QUICK", ("two", "one"))
    bench.main(["three", "one"])
    bench.main([])
    assert ran == ["three", "one", "two", "one"]
    with pytest.raises(SystemExit):
        bench.main(["nonsense"])
