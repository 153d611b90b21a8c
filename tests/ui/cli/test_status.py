"""Whether there is a library is asked of `rag`, which alone knows the files in its folder."""

from pathlib import Path

import pytest

from rag import Library, is_library
from rag.folder import Folder
from tests.fakes import FakeEncoder, FakeGenerator
from tests.ui.cli.shell import Shell


def test_a_folder_is_a_library_once_one_was_opened_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    assert not is_library(folder)
    folder.mkdir()
    assert not is_library(folder)
    Library.open(folder, encoder=FakeEncoder(), generator=FakeGenerator()).close()
    assert is_library(folder)


def test_status_finds_a_library_whatever_its_files_are_called(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Folder, "store", property(lambda folder: folder.path / "articles.db"))
    Library.open(tmp_path / "library", encoder=shell.encoder, generator=shell.generator).close()
    assert shell.run("status", "--json", "--library", tmp_path / "library").json["exists"] is True
