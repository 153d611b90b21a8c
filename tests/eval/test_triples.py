"""Files of other systems' answers: what is read, what is refused and how, what is added up."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.faithfulness import Scorer
from eval.rows import DatasetError
from eval.triples import FORM, Triple, load_triples, score_triples, summarise
from tests.fakes import FakeEncoder

BRIDGE = "The bridge opened in 2019. It cost 12 million. The mayor spoke at the school."


def written(folder: Path, *rows: Any) -> Path:
    path = folder / "answers.jsonl"
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_both_ways_of_naming_the_parts_are_read(tmp_path: Path) -> None:
    ours = {"question": "Q?", "answer": "Él dijo.", "evidence": ["a", "b"], "language": "es", "more": 1}
    theirs = {"user_input": "Q?", "response": "", "retrieved_contexts": []}
    older = {"question": "Q?", "answer": "A.", "contexts": ["a"]}
    assert load_triples(written(tmp_path, ours, "", theirs, older)) == (
        Triple(1, "Q?", "Él dijo.", ("a", "b"), "es"),
        Triple(3, "Q?", "", ()),
        Triple(4, "Q?", "A.", ("a",)),
    )


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("{", "not JSON"),
        ("[1]", "is no object"),
        ({"question": "Q?", "answer": "A."}, "'evidence' is missing"),
        ({"question": "Q?", "evidence": []}, "'answer' is missing"),
        ({"answer": "A.", "evidence": []}, "'question' is missing"),
        ({"question": "Q?", "answer": ["A."], "evidence": []}, "'answer' is ['A.'], no text"),
        ({"question": "Q?", "answer": "A.", "evidence": [{"text": "a"}]}, "'evidence' is {'text': 'a'}, no text"),
        ({"question": "Q?", "answer": "A.", "evidence": [], "language": "zz"}, "'language' is 'zz', no ISO 639-1 code"),
    ],
)
def test_a_line_that_is_no_answer_is_named_with_what_was_found(tmp_path: Path, row: Any, found: str) -> None:
    good = {"question": "Q?", "answer": "A.", "evidence": []}
    with pytest.raises(DatasetError) as error:
        load_triples(written(tmp_path, good, row))
    assert error.value.message.startswith("answers.jsonl, line 2: ")
    assert found in error.value.message
    assert error.value.help in (FORM, "")


@pytest.mark.parametrize(("name", "found"), [("nothing.jsonl", "No such file"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, found: str) -> None:
    with pytest.raises(DatasetError, match=found):
        load_triples(tmp_path / name)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"answers.jsonl is empty"):
        load_triples(written(tmp_path, "", " "))


def test_the_score_of_a_file_is_the_share_of_all_its_sentences() -> None:
    answers = ("It cost 12 million. It opened in 2018.", "I don't know.", "The mayor spoke at the school.")
    triples = [Triple(i, "Q?", answer, (BRIDGE,), "en") for i, answer in enumerate(answers, 1)]
    scorer = Scorer(FakeEncoder())
    scored = list(score_triples(triples, scorer))
    assert [each.faithfulness.score for each in scored] == [0.5, None, 1.0]
    summary = summarise(scored, scorer).to_dict()
    low, high = summary.pop("interval")
    assert 0.5 <= low < 2 / 3 < high <= 1
    assert summary == {
        "rows": 3,
        "abstained": 1,
        "sentences": 3,
        "supported": 2,
        "score": 2 / 3,
        "judge": "",
        "embedding": "fake-encoder",
    }
    row = scored[0].to_dict()
    assert list(row) == ["line", "question", "score", "abstained", "sentences"]
    assert list(row["sentences"][0]) == [
        "text",
        "support",
        "supported",
        "reason",
        "missing",
        "quote",
        "evidence",
        "start",
        "end",
    ]


def test_of_refusals_alone_there_is_no_score_and_of_many_answers_an_interval() -> None:
    scorer = Scorer(FakeEncoder())
    silent = summarise(list(score_triples([Triple(1, "Q?", "", (BRIDGE,))], scorer)), scorer)
    assert (silent.score, silent.interval, silent.abstained) == (None, None, 1)
    (one,) = score_triples([Triple(1, "Q?", "The mayor spoke at the school.", (BRIDGE,), "en")], scorer)
    many = summarise([one] * 5_000, scorer)
    assert (many.score, many.rows) == (1.0, 5_000)
    assert many.interval is not None
    assert many.interval[1] == 1.0
