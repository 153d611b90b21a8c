"""Libraries for an evaluation, with fakes for models."""

from functools import partial
from pathlib import Path

import pytest

from eval import libraries, samples
from eval.libraries import library_in, sample_library, temporary_library
from rag import DossierError
from tests.fakes import FakeEncoder, FakeGenerator

TEXT = "The bridge over the river opened in 2019. The mayor spoke at the school."


def test_the_folder_of_real_articles_is_named_or_beside_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "DEFAULT_FOLDER", tmp_path)
    monkeypatch.delenv("DOSSIER_ARTICLES", raising=False)
    assert samples.real_articles() == tmp_path
    monkeypatch.setenv("DOSSIER_ARTICLES", str(tmp_path / "nowhere"))
    assert samples.real_articles() is None


def test_the_library_of_an_evaluation_holds_the_articles_that_are_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "temporary_library", partial(temporary_library, encoder=FakeEncoder()))
    monkeypatch.setenv("DOSSIER_ARTICLES", str(tmp_path / "nowhere"))
    with sample_library(FakeGenerator()) as opened:
        alone = {Path(article.path or "").name for article in opened.articles()}
    assert alone == set(samples.load_articles())
    (tmp_path / "000.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("DOSSIER_ARTICLES", str(tmp_path))
    with sample_library(FakeGenerator()) as opened:
        assert {Path(article.path or "").name for article in opened.articles()} == alone | {"000.txt"}
        folder = opened.folder
    assert not folder.exists()


def test_an_article_that_cannot_be_added_stops_the_evaluation(tmp_path: Path) -> None:
    with (
        pytest.raises(DossierError, match="nowhere"),
        temporary_library(tmp_path / "nowhere", encoder=FakeEncoder(), generator=FakeGenerator()),
    ):
        pytest.fail("it was opened")


def test_what_a_library_holds_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(TEXT, encoding="utf-8")
    encoder = FakeEncoder()
    for _ in range(2):
        with library_in(
            tmp_path / "library", tmp_path / "bridge.txt", encoder=encoder, generator=FakeGenerator()
        ) as opened:
            assert len(opened.articles()) == 1
    assert len(encoder.encoded) == len(set(encoder.encoded))
