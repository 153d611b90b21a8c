"""How good the scorer is, on numbers that can be worked out by hand."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.classification import auroc, balanced_accuracy, calibration_error
from eval.faithfulness import Scorer
from eval.rows import DatasetError
from eval.scorer import (
    Checked,
    Labelled,
    Way,
    best_threshold,
    built_in,
    check_labelled,
    groups_of,
    load_labels,
    report_dict,
    ways_of,
)
from eval.scorer_table import drawn_accuracy, drawn_auroc, drawn_error, summary
from rag import SUPPORTED, ModelJudge
from tests.fakes import FakeEncoder, FakeGenerator

BRIDGE = "The bridge opened in 2019. It cost 12 million. The mayor spoke at the school."
SCORES, LABELS = (0.9, 0.4, 0.6, 0.4, 0.75), (True, True, False, False, True)


def checked(scores: tuple[float, ...] = SCORES, languages: str = "eeeff") -> list[Checked]:
    claims = [Labelled("s", "c", label, code) for label, code in zip(LABELS, languages, strict=True)]
    return [Checked(claim, score, score, 0.0, 0.0) for claim, score in zip(claims, scores, strict=True)]


def written(folder: Path, *rows: Any) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_figures_over_all_and_by_language_are_those_of_the_measures() -> None:
    report = report_dict(checked())
    assert report == {
        "pairs": 5,
        "auroc": auroc(SCORES, LABELS),
        "balanced_accuracy": (2 / 3 + 1 / 2) / 2,
        "ece": calibration_error(SCORES, LABELS),
        "by_language": {
            "e": {
                "pairs": 3,
                "auroc": 0.5,
                "balanced_accuracy": 0.25,
                "ece": calibration_error(SCORES[:3], LABELS[:3]),
            },
            "f": {"pairs": 2, "auroc": 1.0, "balanced_accuracy": 1.0, "ece": calibration_error(SCORES[3:], LABELS[3:])},
        },
    }
    assert json.loads(json.dumps(report)) == report


def test_where_one_label_is_missing_there_is_nothing_to_tell_apart() -> None:
    alone = report_dict(checked(languages="xeeee"))["by_language"]["x"]
    assert (alone["pairs"], alone["auroc"], alone["balanced_accuracy"]) == (1, None, None)
    assert alone["ece"] == pytest.approx(0.1)


def test_the_best_threshold_is_one_that_no_other_beats() -> None:
    best = balanced_accuracy(SCORES, LABELS, best_threshold(SCORES, LABELS))
    assert best == max(balanced_accuracy(SCORES, LABELS, score) for score in SCORES)
    assert best_threshold(SCORES, [True] * 5) == SUPPORTED


def test_a_claim_is_as_good_as_its_worst_sentence_and_so_are_the_baselines() -> None:
    claims = [
        Labelled(BRIDGE, "The bridge cost 12 million.", label=True, language="en"),
        Labelled(BRIDGE, "The bridge cost 12 million. It opened in 2018.", label=False, language="en"),
        Labelled("", "The bridge cost 12 million.", label=False, language="en"),
    ]
    good, worse, empty = check_labelled(claims, Scorer(FakeEncoder()))
    assert good.support == good.alone > 0.5 > worse.support > empty.support == empty.overlap == 0.0
    assert good.overlap > worse.overlap > 0


def test_the_judge_counts_for_the_check_and_not_beside_it() -> None:
    model = FakeGenerator()
    model.odds = -8.0
    claim = Labelled(BRIDGE, "Only the mayor spoke at the school.", label=False, language="en")
    (found,) = check_labelled([claim], Scorer(FakeEncoder(), ModelJudge(model, FakeEncoder())))
    assert found.support < found.alone
    names = [way.name for way in ways_of([found], "fake-generator")]
    assert names == ["word overlap alone", "cosine alone", "facts, words and vectors", "the same, with fake-generator"]
    assert len(ways_of([found], "")) == 3


@pytest.mark.parametrize(
    ("label", "value"),
    [
        (True, True),
        (False, False),
        (1, True),
        (0.0, False),
        ("1", True),
        ("supported", True),
        ("Unsupported", False),
        ("yes", True),
    ],
)
def test_labels_in_many_forms(tmp_path: Path, label: Any, value: bool) -> None:
    row = {"source": "Det kostade 12.", "claim": "The mayor spoke at the old school.", "label": label}
    (found,) = load_labels(written(tmp_path, row))
    assert found == Labelled("Det kostade 12.", "The mayor spoke at the old school.", value, "en")
    (told,) = load_labels(written(tmp_path, {**row, "language": "sv-FI"}))
    assert told.language == "sv"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"claim": "c", "label": 1}, "'source' is missing"),
        ({"source": "s", "label": 1}, "'claim' is missing"),
        ({"source": "s", "claim": " ", "label": 1}, "'claim' is empty"),
        ({"source": "s", "claim": "c"}, "'label' is missing"),
        ({"source": "s", "claim": "c", "label": ""}, "'label' is empty"),
        (
            {"source": "s", "claim": "c", "label": 1, "language": "English"},
            "'language' is 'English', no ISO 639-1 code",
        ),
        ({"source": "s", "claim": "c", "label": "perhaps"}, "'label' is 'perhaps', neither true nor false"),
    ],
)
def test_a_line_that_is_no_labelled_claim_is_named(tmp_path: Path, row: Any, found: str) -> None:
    with pytest.raises(DatasetError, match=f"labels.jsonl, line 1: {found}"):
        load_labels(written(tmp_path, row))


def test_the_built_in_pairs_are_those_of_the_test_half() -> None:
    pairs = built_in()
    assert len(pairs) == 432
    assert set(groups_of(pairs)) == {"en", "fr", "sv", "vi"}


def test_drawn_once_each_the_figures_are_the_plain_ones() -> None:
    once, values = np.ones((1, 5)), np.array([SCORES, LABELS], np.float64).T
    assert drawn_auroc(once, values) == pytest.approx(auroc(SCORES, LABELS))
    assert drawn_accuracy(once, values, 0.5) == pytest.approx(balanced_accuracy(SCORES, LABELS, 0.5))
    assert drawn_error(once, values) == pytest.approx(calibration_error(SCORES, LABELS))
    twice = np.array([[2.0, 0, 1, 0, 2]])
    scores, labels = (0.9, 0.9, 0.6, 0.75, 0.75), (True, True, False, True, True)
    assert drawn_auroc(twice, values) == pytest.approx(auroc(scores, labels))
    assert drawn_accuracy(twice, values, 0.5) == pytest.approx(balanced_accuracy(scores, labels, 0.5))
    assert drawn_error(twice, values) == pytest.approx(calibration_error(scores, labels))


def test_a_table_has_a_row_for_each_way_and_a_column_for_each_group() -> None:
    ways = [Way("support", SCORES), Way("cosine", SCORES, 0.7, calibrated=False)]
    shown = summary(ways, LABELS, {"en": [True] * 5, "fr": [False] * 5})
    assert [str(column.header) for column in shown.columns] == [
        "",
        "AUROC",
        "balanced accuracy",
        "ECE",
        "en (5)",
        "fr (0)",
    ]
    cells = [list(column.cells) for column in shown.columns]
    assert cells[0] == ["support", "cosine"]
    assert str(cells[1][0]).startswith("0.750 [")
    assert cells[3][1] == "-"
    assert cells[5] == ["-", "-"]
