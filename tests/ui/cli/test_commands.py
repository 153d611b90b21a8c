"""The commands, one by one, with fakes for models."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from embeddings import list_models
from rag import Database, Library, ModelError, Readiness, is_library
from tests.ui.cli.shell import BRIDGE, TRAIN, Ended, Shell
from ui.cli import common


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    made = Shell(monkeypatch, capsys, tmp_path)
    made.write("bridge.txt", BRIDGE)
    made.write("train.txt", TRAIN)
    return made


@pytest.fixture
def filled(shell: Shell) -> Shell:
    assert shell.run("add", shell.folder).code == 0
    return shell


def test_add_counts_and_skips_what_it_has(shell: Shell) -> None:
    first = shell.run("add", shell.folder)
    assert (first.code, first.out, first.err) == (0, "2 added\n", "")
    shell.write("train.txt", TRAIN + " It is never late.")
    assert shell.run("add", shell.folder).out == "0 added, 1 replaced, 1 unchanged\n"
    assert shell.run("add", shell.folder / "bridge.txt").out == "0 added, 1 unchanged\n"


def test_add_names_each_problem_and_adds_the_rest(shell: Shell) -> None:
    shell.write("empty.txt", "")
    ended = shell.run("add", shell.folder, shell.folder / "missing.txt")
    assert (ended.code, ended.out) == (3, "2 added, 2 not added\n")
    assert [line.split(":")[0] for line in ended.err.splitlines()] == ["Not added"] * 2
    assert "empty.txt" in ended.err
    assert "missing.txt" in ended.err


def test_add_tells_what_lies_behind_a_problem_when_asked(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = shell.write("empty.txt", "")
    assert "Traceback" not in shell.run("add", empty).err
    monkeypatch.setenv("DOSSIER_DEBUG", "1")
    assert "Traceback" in shell.run("add", empty).err


def test_add_ends_with_3_when_some_of_it_is_in_the_library_and_with_1_when_none_is(filled: Shell) -> None:
    missing = filled.folder / "missing.txt"
    assert filled.run("add", missing, filled.folder / "bridge.txt").code == 3
    assert filled.run("add", missing).code == 1


def test_add_says_what_it_passed_over(shell: Shell) -> None:
    for name in ("a.png", "b.PNG", "notes", "c.p\x1bng"):
        shell.write(name, "x")
    ended = shell.run("add", shell.folder)
    assert (ended.code, ended.out) == (0, "2 added\n")
    assert ended.err.endswith("of their kind: 2 .png, 1 .png, 1 without an ending\n")


@pytest.mark.parametrize("name", ["scan.png", ".hidden.txt"])
def test_add_of_a_folder_without_articles_says_so_and_fails(shell: Shell, name: str) -> None:
    (shell.folder / "scans").mkdir()
    shell.write(f"scans/{name}", "x")
    ended = shell.run("add", shell.folder / "scans")
    assert (ended.code, ended.out) == (1, "0 added\n")
    assert ended.err.endswith("Nothing to add: no file was found that Dossier reads.\n")


def test_library_says_where(shell: Shell, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    shell.empty_library()
    shell.run("add", shell.folder, "--library", elsewhere)
    assert len(shell.run("list", "--json", "--library", elsewhere).json) == 2
    assert shell.run("list", "--json").json == []


def test_list_gives_what_is_known(filled: Shell) -> None:
    bridge, train = filled.run("list", "--json").json
    assert list(bridge) == ["id", "title", "source", "date", "language", "url", "path", "passages", "places"]
    assert (bridge["path"], train["path"]) == (
        str(filled.folder / "bridge.txt"),
        str(filled.folder / "train.txt"),
    )
    assert (bridge["language"], bridge["passages"]) == ("en", 1)
    plain = filled.run("list")
    head, *lines = plain.out.splitlines()
    assert head.split() == ["id", "language", "date", "title", "source"]
    assert [line.split()[0] for line in lines] == [bridge["id"], train["id"]]
    assert all(line.index("-") == head.index("date") for line in lines)


def test_list_of_nothing_says_how_to_begin(shell: Shell, tmp_path: Path) -> None:
    shell.empty_library()
    ended = shell.run("list")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "The library is empty. Add articles with: dossier add PATH\n"
    assert f"with: dossier add --library {tmp_path / 'library'} PATH" in _named(shell, tmp_path, "list").err


READING = (
    ["ask", "When?"],
    ["edit", "x", "--title", "y"],
    ["eval", "--set", "questions.jsonl"],
    ["export", "all.jsonl"],
    ["feeds", "list"],
    ["feeds", "remove", "x"],
    ["list"],
    ["list", "--json"],
    ["remove", "x"],
    ["show", "x"],
    ["update"],
    ["warm"],
)


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("named", [True, False])
def test_what_reads_makes_no_library(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], *, named: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "questions.jsonl").write_text('{"question": "When?"}\n', encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    ended = shell.run(*command, *(["--library", "my press"] if named else []))
    place, option = (tmp_path / "my press", " --library 'my press'") if named else (tmp_path / "library", "")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == [
        f"Error: There is no library in {place}.",
        f"Name another with --library DIR, or begin this one with: dossier add{option} PATH",
    ]
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_is_no_library_is_left_as_it_is(shell: Shell) -> None:
    before = sorted(shell.folder.iterdir())
    assert "There is no library in" in shell.run("list", "--library", shell.folder).err
    assert sorted(shell.folder.iterdir()) == before


@pytest.mark.parametrize("command", [["ask", "When?"], ["chat"], ["warm"], ["eval"]])
@pytest.mark.parametrize("there", [True, False])
def test_a_model_that_does_not_exist_is_told_before_anything_is_done(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], *, there: bool
) -> None:
    if there:
        shell.run("add", shell.folder)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setenv("DOSSIER_MODEL", "nonsense")
    monkeypatch.setattr(common, "open_library", _raise(AssertionError("the library was opened")))
    monkeypatch.chdir(tmp_path)
    ended = shell.run(*command)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Error: There is no model 'nonsense'")
    assert sorted(tmp_path.rglob("*")) == before


FAILING = (
    ["add", "missing.txt"],
    ["add", "missing.txt", "articles/empty.txt"],
    ["add", "--feed", "nonsense"],
    ["add", "http://nonsense.invalid:99999/"],
    ["sync", "nowhere"],
    ["watch", "nowhere"],
)


@pytest.mark.parametrize("command", FAILING)
@pytest.mark.parametrize("place", ["elsewhere/my press", "mine"])
def test_what_fails_leaves_no_empty_library_behind(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shell.write("empty.txt", "")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "writing.lock").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    ended = shell.run(*command, "--library", place)
    assert (ended.code, "Traceback" in ended.err) == (1, False)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "mine" / "writing.lock").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("error", [ModelError("the model cannot be fetched"), KeyboardInterrupt()])
def test_a_model_that_fails_leaves_no_empty_library_behind(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(shell.encoder, "encode_passages", _raise(error))
    assert shell.run("add", shell.folder).code in {1, 130}
    assert sorted(tmp_path.iterdir()) == [shell.folder]


def test_what_was_stored_before_a_failure_stays(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = shell.encoder.encode_passages
    monkeypatch.setattr(
        shell.encoder,
        "encode_passages",
        lambda texts: _raise(ModelError("gone"))() if any("train" in text for text in texts) else stored(texts),
    )
    assert shell.run("add", shell.folder).code == 1
    assert len(shell.ids()) == 1
    assert (tmp_path / "library").is_dir()


def test_an_empty_library_that_was_there_stays(shell: Shell) -> None:
    shell.empty_library()
    assert shell.run("add", "missing.txt").code == 1
    assert shell.run("list").code == 0


def test_a_new_library_that_another_process_has_open_stays(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others: list[Library] = []

    def opened_twice(folder: Path | None) -> Library:
        others.append(Library.open(folder, encoder=shell.encoder, generator=shell.generator))
        return Library.open(folder, encoder=shell.encoder, generator=shell.generator)

    monkeypatch.setattr(common, "open_library", opened_twice)
    assert shell.run("add", "missing.txt").code == 1
    assert others[0].add(shell.folder).added
    others[0].close()
    assert is_library(tmp_path / "library")


@pytest.mark.parametrize("kept", ["a file of the chat", "a feed without pages"])
def test_a_new_library_that_something_is_kept_in_stays(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    def opened(_: Path | None) -> Library:
        shell.empty_library()
        if kept == "a file of the chat":
            (tmp_path / "library" / "chat.sqlite").touch()
        else:
            with closing(Database(tmp_path / "library" / "library.sqlite")) as database, database.writing() as db:
                db.execute("INSERT INTO feeds (url, kind, title, most) VALUES ('https://a.org', 'feed', '', 1)")
        raise ModelError("gone")

    monkeypatch.setattr(common, "open_library", opened)
    assert shell.run("add", "missing.txt").code == 1
    assert is_library(tmp_path / "library")


@pytest.mark.parametrize(
    ("command", "hint"),
    [
        (["show", "nobody"], "dossier list{}"),
        (["remove", "nobody"], "dossier list{}"),
        (["ask", "When?"], "dossier add{} FOLDER"),
        (["feeds", "list"], "dossier add{} --feed URL"),
        (["feeds", "remove", "x"], "dossier feeds list{}"),
        (["sync", "nowhere"], "dossier remove{} FOLDER"),
    ],
)
def test_commands_that_are_proposed_work_on_the_same_library(
    shell: Shell, tmp_path: Path, command: list[str], hint: str
) -> None:
    shell.empty_library()
    assert hint.format("") in shell.run(*command).err
    assert hint.format(f" --library {tmp_path / 'library'}") in _named(shell, tmp_path, *command).err


def test_show_gives_the_text_and_its_sections(filled: Shell) -> None:
    article_id = filled.ids()[0]
    shown = filled.run("show", article_id, "--json").json
    assert shown["text"] == BRIDGE
    assert shown["id"] == article_id
    assert shown["passages"] == 1
    for section in shown["sections"]:
        assert list(section) == ["kind", "heading", "start", "end"]
        assert section["kind"] in {"body", "headline", "teaser", "caption", "other"}
        assert 0 <= section["start"] < section["end"] <= len(BRIDGE)
    plain = filled.run("show", article_id).out
    assert BRIDGE in plain
    assert str(filled.folder / "bridge.txt") in plain


def test_show_says_what_was_not_taken_for_the_story(shell: Shell, tmp_path: Path) -> None:
    story = f"{BRIDGE}\n\nRead more\n\nA second bridge for the whole town\n"
    path = tmp_path / "saved.txt"
    path.write_text(story, "utf-8")
    shell.run("add", path)
    plain = shell.run("show", shell.ids()[0]).out
    assert "[other] Read more" in plain
    assert "[teaser] A second bridge for the whole town" in plain


def test_remove_takes_ids_and_paths(filled: Shell) -> None:
    first = filled.ids()[0]
    assert filled.run("remove", first).out.startswith(f"Removed {first}  ")
    assert filled.run("remove", filled.folder / "train.txt").code == 0
    assert filled.ids() == []
    assert (filled.folder / "train.txt").exists()


@pytest.mark.parametrize("command", [["remove", "nobody"], ["show", "nobody"], ["show", "nobody", "--json"]])
def test_an_unknown_article_is_one_line_of_error_and_one_of_help(filled: Shell, command: list[str]) -> None:
    ended = filled.run(*command)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.splitlines() == ["Error: The library has no article nobody.", "See them all: dossier list"]
    assert len(filled.ids()) == 2


def test_status_counts(filled: Shell) -> None:
    assert "articles   2" in filled.run("status").out
    found = filled.run("status", "--json").json
    assert (found["articles"], found["passages"], found["languages"]) == (2, 2, {"en": 2})
    assert found["embedding"]["name"] == "fake-encoder"


def test_status_names_the_model_that_would_answer(filled: Shell) -> None:
    assert "model      fake-generator, on this machine" in filled.run("status").out
    found = filled.run("status", "--json").json
    assert (found["exists"], found["model"]) == (True, {"name": "fake-generator", "here": True})


@pytest.mark.parametrize("options", [(), ("--library", "elsewhere")])
def test_status_without_a_library_says_so_and_makes_none(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = shell.run("status", *options)
    assert ended.code == 0
    assert "(there is none yet)" in ended.out
    assert "qwen2.5-coder-1.5b-instruct, not on this machine: dossier models pull" in ended.out
    named = " --library elsewhere" if options else ""
    assert ended.err == f"To make the library: dossier add{named} PATH\n"
    found = shell.run("status", "--json", *options).json
    assert (found["exists"], found["articles"], found["model"]["here"]) == (False, 0, False)
    assert [path.name for path in tmp_path.iterdir()] == ["articles"]


@pytest.mark.parametrize(
    ("read", "told", "words"),
    [
        (None, None, "no model yet: dossier models pull"),
        (Readiness(1, 2), {"ready": 1, "total": 2, "why_plain": ""}, "passage states, 1 of 2 passages read"),
        (
            Readiness(0, 2, "they are switched off"),
            {"ready": 0, "total": 2, "why_plain": "they are switched off"},
            "every prompt from its beginning: they are switched off",
        ),
    ],
)
def test_status_tells_how_the_model_reads(
    filled: Shell, monkeypatch: pytest.MonkeyPatch, read: Readiness | None, told: object, words: str
) -> None:
    monkeypatch.setattr(Library, "readiness", lambda _: read)
    assert filled.run("status", "--json").json["reading"] == told
    assert words in filled.run("status").out


def test_status_and_warm_tell_it_of_the_library_itself(filled: Shell) -> None:
    assert filled.run("status", "--json").json["reading"] == {"ready": 0, "total": 2, "why_plain": ""}
    assert filled.run("warm").out == "passage states, 2 of 2 passages read\n"


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["nonsense"], ["add"], ["list", "--nonsense"], ["chat", "--port", "99999"], ["eval", "--split", "x"]],
)
def test_wrong_usage_ends_with_2(shell: Shell, arguments: list[str]) -> None:
    ended = shell.run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "--help" in ended.err


def test_an_interruption_ends_with_130(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "open_library", _raise(KeyboardInterrupt()))
    ended = filled.run("list")
    assert ended.code == 130
    assert "Traceback" not in ended.err


def test_an_unexpected_error_says_how_to_see_more(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common, "open_library", _raise(RuntimeError("lost\nmy way")))
    ended = filled.run("list")
    assert (ended.code, ended.out) == (70, "")
    assert "RuntimeError: lost" in ended.err
    assert "DOSSIER_DEBUG=1" in ended.err
    assert "Traceback" not in ended.err
    monkeypatch.setenv("DOSSIER_DEBUG", "1")
    assert "Traceback" in filled.run("list").err


HOSTILE = "The \x1b[31mbridge\x1b[0m [bold]over[/bold] the \u202eriver\u2066 opened\x9b2J in 2019.\x07"


def test_what_a_terminal_would_obey_is_never_printed(shell: Shell) -> None:
    name = "bri\x1b]0;owned\x07dge [red]\u202e.txt"
    path = shell.write(name, HOSTILE)
    printed = [
        shell.run("add", path),
        shell.run("add", shell.folder / "no\x1bsuch\u202efile.txt"),
        shell.run("list"),
        shell.run("list", "--json"),
        shell.run("show", shell.ids()[0]),
        shell.run("show", shell.ids()[0], "--json"),
        shell.ask("Which bridge opened in 2019?", HOSTILE),
        shell.ask("Which bridge opened in 2019?", "NOT FOUND"),
        shell.ask("Which bridge opened in 2019?", f"{HOSTILE} The \x1b[2Jmayor is 99.", "--drafts"),
        shell.ask("Which bridge opened in 2019?", HOSTILE, "--json"),
        shell.run("show", "nobody\x1b[2J"),
        shell.run("remove", path),
    ]
    for ended in printed:
        assert not set(ended.out + ended.err) & set("\x1b\x9b\x07\u202e\u2066"), ended


def test_markup_in_articles_is_shown_as_it_stands(shell: Shell) -> None:
    shell.run("add", shell.write("[red]a.txt", "The bridge [bold]over[/bold] the river :smile: opened in 2019."))
    (article_id,) = shell.ids()
    assert "[bold]over[/bold] the river :smile:" in shell.run("show", article_id).out
    assert "[red]a" in shell.run("list").out


def test_json_keeps_every_character(shell: Shell) -> None:
    shell.run("add", shell.write("odd.txt", HOSTILE))
    (article_id,) = shell.ids()
    assert shell.run("show", article_id, "--json").json["text"] == HOSTILE


def test_models_list_marks_what_is_here(shell: Shell) -> None:
    ended = shell.run("models", "list")
    assert ended.code == 0
    assert "* qwen2.5-coder-1.5b-instruct" in ended.out
    assert "not here" in ended.out


def test_models_list_tells_what_is_fetched_from_what_lies_on_the_disk(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = next(state for state in list_models() if state.entry.name == "multilingual-e5-small-q4")
    shell.write("packed.bin", b"x" * 1_000_000)
    (shell.folder / "restored").mkdir()
    shell.write("restored/weights", b"x" * 2_000_000)
    monkeypatch.setattr("embeddings.list_models", lambda: (replace(packed, cached=True, path=shell.folder),))
    head, row, _ = shell.run("models", "list").out.splitlines()
    assert head.split("  ")[-1] == "on this machine"
    assert row.endswith("over 72 MB  here, 3 MB")


def test_models_pull_fetches_what_it_is_told(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetched(name: str, _progress: object) -> Path:
        asked.append(name)
        return Path("/models") / name

    monkeypatch.setattr("embeddings.pull", fetched)
    ended = shell.run("models", "pull", "one", "org/two")
    assert asked == ["one", "org/two"]
    assert ended.out.splitlines() == ["one: /models/one", "org/two: /models/org/two"]


def test_models_pull_fetches_the_default_ones(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = SimpleNamespace(fingerprint=SimpleNamespace(name="e5"))
    monkeypatch.setattr("embeddings.resolve_generator", lambda **_: Path("/models/qwen.gguf"))
    monkeypatch.setattr("embeddings.load_encoder", lambda **_: encoder)
    assert shell.run("models", "pull").out.splitlines() == ["generator: /models/qwen.gguf", "embedding: e5"]


def test_models_pull_of_nothing_known(shell: Shell) -> None:
    ended = shell.run("models", "pull", "nonsense")
    assert (ended.code, ended.out) == (1, "")
    assert "nonsense" in ended.err


def _named(shell: Shell, tmp_path: Path, *command: str) -> Ended:
    """Run a command on the default library, which is named all the same."""
    return shell.run(*command, "--library", tmp_path / "library")


def _raise(error: BaseException) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail
