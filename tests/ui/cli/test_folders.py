"""The commands about folders: sync, watch, export; and edit, which outlives them."""

import json
from pathlib import Path

import pytest

from rag import AddReport, Library
from tests.ui.cli.shell import BRIDGE, TRAIN, Shell


def test_sync_counts_what_it_did(shell: Shell) -> None:
    bridge, train = shell.write("bridge.txt", BRIDGE), shell.write("train.txt", TRAIN)
    assert shell.run("sync", shell.folder).out == "2 added\n"
    bridge.rename(shell.folder / "old-bridge.txt")
    train.unlink()
    shell.write("school.txt", "The school by the train line opened in 2019.")
    ended = shell.run("sync", shell.folder)
    assert (ended.code, ended.out) == (0, "1 added, 1 moved, 1 removed\n")
    assert shell.run("sync", shell.folder).out == "0 added, 2 unchanged\n"


def test_sync_names_what_it_cannot_read_and_does_the_rest(shell: Shell) -> None:
    shell.write("bridge.txt", BRIDGE)
    shell.write("broken.txt", b"\x00\x01\x02" * 50)
    ended = shell.run("sync", shell.folder)
    assert (ended.code, ended.out) == (3, "1 added, 1 not added\n")
    assert "broken.txt" in ended.err


def test_sync_of_what_is_no_folder(shell: Shell) -> None:
    ended = shell.run("sync", shell.folder / "missing")
    assert ended.code == 1
    assert "dossier remove" in ended.err


def test_watch_tells_of_each_change(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [AddReport(added=("a",)), AddReport(unchanged=("a",)), AddReport(removed=("a",))]
    monkeypatch.setattr(Library, "watch", lambda *_, **__: iter(reports))
    ended = shell.run("watch", shell.folder)
    assert ended.code == 0
    assert ended.out.splitlines()[1::2] == ["1 added", "0 added, 1 removed"]


def test_edit_corrects_and_undoes(shell: Shell) -> None:
    shell.run("add", shell.write("bridge.txt", BRIDGE))
    (article_id,) = shell.ids()
    ended = shell.run("edit", article_id, "--title", "A bridge", "--date", "2019-05", "--source", "AFP")
    assert ended.code == 0
    assert ended.out.splitlines() == [
        f"{article_id}  A bridge, AFP, 2019-05", "title: A bridge", "date: 2019-05", "source: AFP",
    ]  # fmt: skip
    assert "date: 2019-05 (edited)" in shell.run("show", article_id).out
    assert shell.run("show", article_id, "--json").json["provenance"]["date"] == "edited"
    assert shell.run("edit", article_id, "--date", "", "--undo", "title").code == 0
    shown = shell.run("show", article_id, "--json").json
    assert (shown["date"], shown["title"] == "A bridge") == (None, False)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "Say what to correct"),
        (["--date", "yesterday"], 1, "2024-11-20"),
        (["--undo", "nonsense"], 1, "nonsense"),
        (["--language", "Swedish\x1b[2J"], 1, "language"),
    ],
)
def test_edit_of_what_cannot_be(shell: Shell, arguments: list[str], code: int, words: str) -> None:
    shell.run("add", shell.write("bridge.txt", BRIDGE))
    ended = shell.run("edit", *shell.ids(), *arguments)
    assert ended.code == code
    assert words in ended.err
    assert "\x1b" not in ended.err


def test_export_writes_lines_or_a_folder(shell: Shell, tmp_path: Path) -> None:
    shell.run("add", shell.write("bridge.txt", BRIDGE), shell.write("train.txt", TRAIN))
    assert shell.run("export", tmp_path / "all.jsonl").out.startswith("2 articles written to ")
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    assert {json.loads(line)["text"] for line in lines} == {BRIDGE, TRAIN}
    assert shell.run("export", tmp_path / "out").code == 0
    assert len(list((tmp_path / "out").glob("*.md"))) == 2
    assert shell.run("export", tmp_path / "no" / "all.jsonl").code == 1


def test_a_text_in_two_places_is_listed_once_and_shown_with_both(shell: Shell) -> None:
    shell.run("add", shell.write("bridge.txt", BRIDGE), shell.write("copy.txt", BRIDGE))
    (article,) = shell.run("list", "--json").json
    assert [place["path"].endswith("copy.txt") for place in article["places"]] == [True]
    assert "(and 1 more place)" in shell.run("list").out
    assert f"Also in: {article['places'][0]['path']}" in shell.run("show", article["id"]).out
    assert "Also in: " in shell.ask("Which bridge opened in 2019?", "The bridge over the river opened in 2019.").out


def test_remove_says_what_went(shell: Shell) -> None:
    shell.run("add", shell.write("bridge.txt", BRIDGE))
    out = shell.run("remove", *shell.ids()).out
    assert "1 passage with its vector" in out
