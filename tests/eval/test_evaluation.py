"""A whole evaluation with fakes for models: what it writes, how it goes on, what it refuses."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from documents import Article
from eval import evaluation, provenance
from eval.evaluation import Plan, evaluate
from eval.measures import faults
from eval.runs import ANSWERS, RunError, load_run
from eval.selection import Selection
from eval.summary import total
from rag import Library
from tests.eval.town import QUESTIONS, SAYS, TOWN, Knowing, Silent, untimed
from tests.fakes import FakeEncoder


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Knowing:
    made = Knowing()
    monkeypatch.setattr(evaluation, "load_encoder", FakeEncoder)
    monkeypatch.setattr(evaluation, "load_generator", lambda _: made)
    monkeypatch.setattr(provenance, "commit", lambda: "c0ffee")  # somebody may commit while a test runs
    monkeypatch.chdir(tmp_path)
    return made


def test_every_question_is_asked_and_measured(model: Knowing, tmp_path: Path) -> None:
    watcher = Silent()
    run = evaluate(Plan(TOWN), watcher, out=tmp_path / "run")
    assert [record.question.id for record in run.records] == ["bridge", "cost", "train", "mayor"]
    assert [faults(record.shares) for record in run.records] == [()] * 4
    assert watcher.begun == [("adding articles", 3), ("reading ahead", 4), ("asking", 4)]
    assert [record.question for record in watcher.records] == list(QUESTIONS)
    assert run.complete
    assert load_run(run.folder) == run
    assert {name: str(total(name, run.records)) for name in ("handled_well", "faithful", "citation_precision")} == {
        "handled_well": "100% 4/4",
        "faithful": "100% 3/3",
        "citation_precision": "100% 3/3",
    }
    assert [str(total(name, run.records)) for name in ("recall@5", "MRR@10 words")] == ["100% 3/3", "100% 3/3"]
    assert {record.article_language for record in run.records} == {"en", ""}
    written = json.loads((run.folder / "summary.json").read_text(encoding="utf-8"))
    assert written["questions"] == 4
    assert written["figures"]["handled_well"]["count"] == 4
    assert "<html" in (run.folder / "report.html").read_text(encoding="utf-8")
    assert not (run.folder / "library").exists()
    assert len(model.prompts) == 4


def test_the_settings_say_what_the_answers_depend_on(model: Knowing, tmp_path: Path) -> None:
    settings = evaluate(Plan(TOWN, Selection(limit=2), k=3), Silent(), out=tmp_path / "run").settings
    assert (settings.dataset, settings.fingerprint) == ("town", TOWN.fingerprint)
    assert (settings.questions, settings.k, settings.states) == (("bridge", "train"), 3, True)
    assert settings.model == {"name": model.name, "hash": ""}
    assert settings.embedding == {"name": "fake-encoder", "hash": "weights of fake-encoder"}
    assert settings.passages == {"target": 120, "maximum": 240}
    assert set(settings.versions) >= {"dossier", "python", "llama-cpp-python", "torch"}
    assert settings.machine["cores"] >= 1


def test_passages_are_read_before_their_questions(model: Knowing, tmp_path: Path) -> None:
    evaluate(Plan(TOWN), Silent(), out=tmp_path / "run")
    assert {passage for prompt in model.prompts for passage in prompt.passages} <= {text for _, text in model.prepared}


def test_two_runs_agree_exactly(model: Knowing, tmp_path: Path) -> None:
    one, other = (evaluate(Plan(TOWN), Silent(), out=tmp_path / name) for name in ("one", "other"))
    assert [untimed(record) for record in one.records] == [untimed(record) for record in other.records]
    assert len(model.prompts) == 8


def test_a_library_of_ones_own_is_asked_and_left_alone(model: Knowing, tmp_path: Path) -> None:
    with Library.open(tmp_path / "mine", encoder=FakeEncoder(), generator=model) as library:
        library.add(*TOWN.articles)
        run = evaluate(Plan(replace(TOWN, articles=()), passages=None), Silent(), out=tmp_path / "run", library=library)
        assert len(library.articles()) == 3
    assert str(total("handled_well", run.records)) == "100% 4/4"
    assert run.settings.passages == {}


def test_another_library_is_another_run(model: Knowing, tmp_path: Path) -> None:
    plan = Plan(replace(TOWN, articles=()), passages=None)
    with Library.open(tmp_path / "mine", encoder=FakeEncoder(), generator=model) as library:
        library.add(*TOWN.articles[:2])
        evaluate(plan, Silent(), out=tmp_path / "run", library=library)
        library.add(TOWN.articles[2])
        with pytest.raises(RunError, match="other settings: fingerprint"):
            evaluate(plan, Silent(), out=tmp_path / "run", library=library)


def test_a_text_in_two_places_goes_by_the_names_of_both(model: Knowing, tmp_path: Path) -> None:
    copies = tuple(replace(each, url=f"{each.url}/copy") for each in TOWN.articles if isinstance(each, Article))
    run = evaluate(Plan(replace(TOWN, articles=(*copies, *TOWN.articles))), Silent(), out=tmp_path / "run")
    assert [str(total(name, run.records)) for name in ("recall@5", "gold_recall")] == ["100% 3/3", "100% 3/3"]
    assert len(model.prompts) == 4


def test_a_set_whose_file_has_no_name_in_unicode_can_be_run(model: Knowing, tmp_path: Path) -> None:
    run = evaluate(Plan(replace(TOWN, name="town\udcff")), Silent(), out=tmp_path / "run")
    assert (load_run(run.folder), run.settings.dataset) == (run, "town\udcff")
    assert len(model.prompts) == 4


def test_an_article_that_a_question_is_asked_without_gives_no_answer(model: Knowing, tmp_path: Path) -> None:
    held_out = replace(QUESTIONS[2], answers=(), quotes=(), answerable=False, without=("town:train",))
    run = evaluate(Plan(replace(TOWN, questions=(held_out,))), Silent(), out=tmp_path / "run")
    assert "The train" not in "".join(item["text"] for item in run.records[0].answer["evidence"])
    assert model.prompts == []
    assert str(total("handled_well", run.records)) == "100% 1/1"


def stopping(after: int) -> Callable[[str], None]:
    """Fails from the question after so many on."""
    seen: list[str] = []

    def before(question: str) -> None:
        seen.append(question)
        if len(seen) > after:
            raise KeyboardInterrupt

    return before


def test_a_run_that_was_stopped_goes_on_without_asking_twice(
    model: Knowing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = evaluate(Plan(TOWN), Silent(), out=tmp_path / "whole")
    halting = Knowing(before=stopping(after=2))
    monkeypatch.setattr(evaluation, "load_generator", lambda _: halting)
    with pytest.raises(KeyboardInterrupt):
        evaluate(Plan(TOWN), Silent(), out=tmp_path / "run")
    assert not load_run(tmp_path / "run").complete
    assert (tmp_path / "run" / "library").exists()
    model.prompts.clear()
    monkeypatch.setattr(evaluation, "load_generator", lambda _: model)
    resumed = evaluate(Plan(TOWN), Silent(), out=tmp_path / "run")
    assert len(model.prompts) == 2
    assert [untimed(record) for record in resumed.records] == [untimed(record) for record in whole.records]
    model.prompts.clear()
    assert evaluate(Plan(TOWN), Silent(), out=tmp_path / "run") == resumed
    assert model.prompts == []


def test_a_run_begun_without_a_name_is_found_again(model: Knowing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "load_generator", lambda _: Knowing(before=stopping(after=1)))
    with pytest.raises(KeyboardInterrupt):
        evaluate(Plan(TOWN), Silent())
    monkeypatch.setattr(evaluation, "load_generator", lambda _: model)
    first = evaluate(Plan(TOWN), Silent())
    assert len(model.prompts) == 3
    second = evaluate(Plan(TOWN), Silent())
    third = evaluate(Plan(TOWN, k=2), Silent())
    assert first.folder.name.endswith("-town-fake-generator")
    assert [run.folder.name.removeprefix(first.folder.name) for run in (second, third)] == ["-2", "-3"]


def test_what_is_no_run_does_not_stand_in_the_way(model: Knowing, tmp_path: Path) -> None:
    old = tmp_path / "eval-runs" / "2020-01-01-town-fake-generator"
    old.mkdir(parents=True)
    (old / "settings.json").write_text('{"dataset": "town"}', encoding="utf-8")
    (old.parent / "2020-01-02-town-fake-generator.html").touch()
    run = evaluate(Plan(TOWN), Silent())
    assert (run.folder != old, len(model.prompts)) == (True, 4)


def test_another_run_in_the_folder_is_named_and_kept(model: Knowing, tmp_path: Path) -> None:
    evaluate(Plan(TOWN), Silent(), out=tmp_path / "run")
    before = (tmp_path / "run" / ANSWERS).read_bytes()
    with pytest.raises(RunError, match="k: 4, not 2"):
        evaluate(Plan(TOWN, k=2), Silent(), out=tmp_path / "run")
    assert (tmp_path / "run" / ANSWERS).read_bytes() == before
    assert len(model.prompts) == 4


@pytest.mark.usefixtures("model")
def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(RunError, match=r"letter\.txt"):
        evaluate(Plan(TOWN), Silent(), out=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


KILLED = """
import sys, time
from pathlib import Path
from eval import evaluation, provenance
from eval.evaluation import Plan, evaluate
from tests.eval.town import TOWN, Knowing, Silent
from tests.fakes import FakeEncoder

asked = Path(sys.argv[2])

def before(question):
    with asked.open("a") as file:
        file.write(question.replace("\\n", " ") + "\\n")
    if len(asked.read_text().splitlines()) == 3:
        time.sleep(600)  # until the kill

provenance.commit = lambda: "c0ffee"
evaluation.load_encoder = FakeEncoder
evaluation.load_generator = lambda _: Knowing(before=before)
evaluate(Plan(TOWN), Silent(), out=Path(sys.argv[1]))
"""


def test_a_run_survives_kill_9(model: Knowing, tmp_path: Path) -> None:
    run, asked = tmp_path / "run", tmp_path / "asked"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(run), str(asked)], cwd=Path(__file__).parents[2], env={**os.environ}
    )
    deadline = time.monotonic() + 60
    while not asked.exists() or len(asked.read_text(encoding="utf-8").splitlines()) < 3:
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    answers = run / ANSWERS
    assert [record.question.id for record in load_run(run).records] == ["bridge", "cost"]
    whole = answers.read_bytes()
    answers.write_bytes(whole + whole[:100])  # as if the kill had come while a line was written,
    (run / "summary.json.part").write_text("{", encoding="utf-8")  # or the figures
    resumed = evaluate(Plan(TOWN), Silent(), out=run)
    assert len(model.prompts) == 2, "the third, which was never answered, and the fourth"
    assert answers.read_bytes().startswith(whole)
    assert [record.question.id for record in resumed.records] == [question.id for question in QUESTIONS]
    unbroken = evaluate(Plan(TOWN), Silent(), out=tmp_path / "unbroken")
    assert [untimed(record) for record in resumed.records] == [untimed(record) for record in unbroken.records]


@pytest.mark.usefixtures("model")
def test_two_processes_do_not_share_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def again(_: str) -> None:
        with pytest.raises(RunError, match="Another process"):
            evaluate(Plan(TOWN), Silent(), out=tmp_path / "run")

    monkeypatch.setattr(evaluation, "load_generator", lambda _: Knowing(SAYS, before=again))
    evaluate(Plan(TOWN), Silent(), out=tmp_path / "run")
