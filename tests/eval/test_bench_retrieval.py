"""The retrieval benchmark on a few paragraphs with an encoder whose vectors are known."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from eval import bench_retrieval
from eval.bench_retrieval import MIXED_OTHER, MIXED_OWN, Row, has_name_or_number, measure, table
from eval.xquad import XquadMissingError, default_folder, mixture, paragraphs, questions
from tests.fakes import FakeEncoder

PARAGRAPHS = {
    "The mayor opened the bridge.": "Who opened the bridge?",
    "A school by the river.": "Where is the school?",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    listed = [
        {"context": context, "qas": [{"id": str(number), "question": question, "answers": []}]}
        for number, (context, question) in enumerate(PARAGRAPHS.items())
    ]
    for language in bench_retrieval.FLOORS:
        path = tmp_path / f"xquad.{language}.json"
        path.write_text(json.dumps({"data": [{"title": "Town", "paragraphs": listed}]}))
    return tmp_path


def test_paragraphs_and_questions_share_their_addresses(folder: Path) -> None:
    assert [article.text for article in paragraphs(folder)] == list(PARAGRAPHS)
    assert [each.paragraph for each in questions(folder, "vi")] == [article.url for article in paragraphs(folder)]


def test_every_method_is_measured_in_every_language(folder: Path) -> None:
    rows = list(measure(folder, FakeEncoder()))
    assert {(row.kind, row.method) for row in rows if row.kind in bench_retrieval.FLOORS} == {
        (kind, method) for kind in ("en", "es", "vi") for method in ("dense", "BM25", "hybrid")
    }
    assert {(row.recall_1, row.recall_5, row.mrr, row.ndcg) for row in rows if row.kind == "en"} == {
        (1.0, 1.0, 1.0, 1.0)
    }
    assert {row.questions for row in rows if row.kind == "en"} == {2}


def test_in_a_mixture_each_question_is_asked_once_of_its_own_or_of_another_language(folder: Path) -> None:
    rows = [row for row in measure(folder, FakeEncoder()) if row.kind in (MIXED_OWN, MIXED_OTHER)]
    asked = {row.kind: row.questions for row in rows}
    assert sum(asked.values()) == len(PARAGRAPHS) * len(bench_retrieval.FLOORS)
    assert asked[MIXED_OWN] == len(PARAGRAPHS)  # each paragraph is in one of the languages


def test_a_mixture_holds_each_paragraph_once(folder: Path) -> None:
    mixed = mixture(folder, ("en", "vi"))
    assert [article.url for article in mixed] == [article.url for article in paragraphs(folder)]
    assert mixture(folder, ("en", "vi")) == mixed
    assert {article.language for seed in range(9) for article in mixture(folder, ("en", "vi"), seed)} == {"en", "vi"}


def test_the_table_says_which_floor_is_missed() -> None:
    console = Console(record=True, width=120)
    console.print(
        table([Row("en", "hybrid", 0.9, 0.985, 0.95, 0.96, 612), Row("es", "hybrid", 0.9, 0.97, 0.93, 0.94, 612)])
    )
    english, spanish = console.export_text().splitlines()[-2:]
    assert "0.985" in english
    assert "MISSED" in english
    assert "ok" in spanish


def test_missing_data_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_retrieval, "load_encoder", FakeEncoder)
    monkeypatch.setenv("DOSSIER_XQUAD", str(tmp_path / "nowhere"))
    assert default_folder() == tmp_path / "nowhere"
    with pytest.raises(XquadMissingError, match="DOSSIER_XQUAD"):
        questions(default_folder(), "en")
    bench_retrieval.main()
    assert "was not measured" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Who was Luther?", True), ("Who left in 1912?", True), ("Where is it?", False), ("Paris is where?", False)],
)
def test_names_and_numbers(question: str, *, expected: bool) -> None:
    assert has_name_or_number(question) is expected
