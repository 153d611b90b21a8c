"""The commands eval score and eval scorer: what they print, what they refuse, what they leave alone."""

import json
from pathlib import Path
from typing import Any

import pytest

import embeddings
from eval import judges
from tests.eval.judge_server import serve
from tests.ui.cli.shell import BRIDGE, Shell

ROWS = (
    {"question": "What did it cost?", "answer": "It cost 12 million. It opened in 2018 [1].", "evidence": ["", BRIDGE]},
    {"user_input": "Who?", "response": "I don't know.", "retrieved_contexts": [BRIDGE]},
)
LABELS = (
    {"source": BRIDGE, "claim": "In the end it cost 12 million.", "label": "supported", "language": "en"},
    {"source": BRIDGE, "claim": "In the end it cost 13 million.", "label": 0, "language": "en"},
    {"source": BRIDGE, "claim": "Le pont a coûté 13 millions d'euros.", "label": False, "language": "fr"},
)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    made = Shell(monkeypatch, capsys, tmp_path)
    monkeypatch.setattr(embeddings, "load_encoder", lambda: made.encoder)
    return made


def lines(*rows: Any) -> str:
    return "\n".join(map(json.dumps, rows))


def test_answers_are_scored_as_one_json_document_and_nothing_else_is_touched(shell: Shell, tmp_path: Path) -> None:
    file = shell.write("answers.jsonl", lines(*ROWS))
    ended = shell.run("eval", "score", file, "--json", "--judge", "none")
    assert ended.code == 0
    first, second = ended.json["rows"]
    assert (first["line"], first["score"], first["abstained"]) == (1, 0.5, False)
    assert [sentence["supported"] for sentence in first["sentences"]] == [True, False]
    good, bad = first["sentences"]
    assert good["quote"] == BRIDGE[good["start"] : good["end"]] == "It cost 12 million."
    assert good["evidence"] == 1
    assert (bad["missing"], bad["reason"]) == (["2018"], "not found: 2018")
    assert (second["score"], second["abstained"], second["sentences"]) == (None, True, [])
    summary = ended.json["summary"]
    assert (summary["rows"], summary["abstained"], summary["score"], summary["judge"]) == (2, 1, 0.5, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles"]
    assert [path.name for path in file.parent.iterdir()] == ["answers.jsonl"]


def test_without_json_each_sentence_has_a_reason_and_the_last_line_adds_up(shell: Shell) -> None:
    ended = shell.run("eval", "score", shell.write("answers.jsonl", lines(*ROWS)))
    assert ended.code == 0
    assert ended.out.splitlines()[0] == "1  1/2 supported  What did it cost?"
    assert "not found: 2018" in ended.out
    assert "evidence 2, " in ended.out
    assert "2  claims nothing  Who?" in ended.out.splitlines()
    assert ended.out.splitlines()[-1] == (
        "2 answers, 1 of them claim nothing; 1 of 2 sentences supported: 0.500. Judge: none."
    )
    assert ended.err.startswith("No model is on this machine to ask in doubt")


def test_what_a_terminal_would_obey_is_not_printed(shell: Shell) -> None:
    row = {"question": "\x1b[31mWho\u202e?", "answer": "The mayor\x1b[2J spoke.", "evidence": ["The \x1b]0;mayor\x07."]}
    ended = shell.run("eval", "score", shell.write("answers.jsonl", lines(row)), "--judge", "none")
    assert ended.code == 0
    assert not set("\x1b\x07\u202e") & set(ended.out + ended.err)


def test_half_a_character_does_not_stop_the_others(shell: Shell) -> None:
    row = {
        "question": "What did it cost \ud83d?",
        "answer": "It cost 12 million. \ud800",
        "evidence": [f"\udc00 {BRIDGE}"],
    }
    ended = shell.run("eval", "score", shell.write("answers.jsonl", lines(row, ROWS[0])), "--json", "--judge", "none")
    assert (ended.code, [each["score"] for each in ended.json["rows"]]) == (0, [1.0, 0.5])
    label = {**LABELS[0], "claim": "\ud800 It cost 12 million.", "language": None}
    ended = shell.run(
        "eval", "scorer", "--labels", shell.write("labels.jsonl", lines(label)), "--json", "--judge", "none"
    )
    assert (ended.code, ended.json["pairs"]) == (0, 1)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (lines(ROWS[0], {"question": "Q?", "answer": "A."}), "answers.jsonl, line 2: 'evidence' is missing."),
        ("{", "answers.jsonl, line 1: not JSON"),
        ("", "answers.jsonl is empty."),
        (b"\xff\xfe\xff", "answers.jsonl, line 1: not "),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line_with_what_is_expected(
    shell: Shell, content: str | bytes, found: str
) -> None:
    ended = shell.run("eval", "score", shell.write("answers.jsonl", content))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"Error: {found}")
    assert len(ended.err.splitlines()) <= 2
    assert shell.encoder.encoded == []


def test_a_server_can_be_asked_and_its_failure_is_one_line(shell: Shell) -> None:
    row = {"question": "Who?", "answer": "The mayor gave a speech at school.", "evidence": [BRIDGE], "language": "en"}
    file = shell.write("answers.jsonl", lines(row))
    with serve() as site:
        site.text = "No"
        ended = shell.run("eval", "score", file, "--json", "--judge", f"{site.address}#tiny")
        assert ended.json["rows"][0]["sentences"][0]["reason"] == "the judge finds that the quote does not say it"
        assert ended.json["summary"]["judge"].startswith("tiny at http://127.0.0.1:")
        site.refusals = [500]
        ended = shell.run("eval", "score", file, "--judge", f"{site.address}#tiny")
    assert ended.code == 1
    assert [line[:22] for line in ended.err.splitlines() if "rror" in line] == ["Error: The judge at ht"]


def test_a_judge_that_nobody_knows_is_refused(shell: Shell) -> None:
    ended = shell.run("eval", "score", shell.write("answers.jsonl", lines(*ROWS)), "--judge", "nonsense")
    assert (ended.code, ended.out) == (1, "")
    assert "nonsense" in ended.err


def test_the_scorer_is_measured_on_labels_of_ones_own(shell: Shell) -> None:
    file = shell.write("labels.jsonl", lines(*LABELS))
    ended = shell.run("eval", "scorer", "--labels", file, "--json", "--judge", "none")
    assert ended.code == 0
    assert list(ended.json) == ["pairs", "auroc", "balanced_accuracy", "ece", "by_language"]
    assert (ended.json["pairs"], ended.json["auroc"], ended.json["balanced_accuracy"]) == (3, 1.0, 1.0)
    french = ended.json["by_language"]["fr"]
    assert (french["pairs"], french["auroc"], french["balanced_accuracy"]) == (1, None, None)


def test_without_json_the_baselines_stand_beside_it(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judges, "load_generator", lambda _: shell.generator)
    monkeypatch.setenv("COLUMNS", "200")
    file = shell.write("labels.jsonl", lines(*LABELS))
    ended = shell.run("eval", "scorer", "--labels", file, "--judge", "fake-generator")
    rows = [line.split("  ")[0].strip() for line in ended.out.splitlines()]
    assert rows[-4:] == [
        "word overlap alone",
        "cosine alone",
        "facts, words and vectors",
        "the same, with fake-generator",
    ]


def test_a_wrong_label_is_named(shell: Shell) -> None:
    file = shell.write("labels.jsonl", lines({**LABELS[0], "label": "perhaps"}))
    ended = shell.run("eval", "scorer", "--labels", file)
    assert (ended.code, ended.out) == (1, "")
    assert "labels.jsonl, line 1: 'label' is 'perhaps', neither true nor false." in ended.err
