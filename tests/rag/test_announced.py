"""Real articles, the real model: what a page only announces of another article is not told as this article's news."""

from pathlib import Path

import pytest

from eval.samples import real_articles
from rag import Library

pytestmark = pytest.mark.model

_ARTICLE = "001_ebe438b08b89f538.txt"


@pytest.mark.parametrize(
    "question",
    [
        "When did Tony Blair speak at the Bac Giang meeting?",
        "Quand Tony Blair a-t-il pris la parole à la réunion de Bac Giang ?",
    ],
)
def test_nobody_spoke_at_a_meeting_because_the_page_announces_him(tmp_path: Path, question: str) -> None:
    folder = real_articles()
    if folder is None:
        pytest.skip("the real articles are not here")
    with Library.open(tmp_path / "library") as library:
        library.add(folder / _ARTICLE)
        answer = library.ask(question)
    announced = {citation.number: citation.teaser is not None for citation in answer.citations}
    for sentence in (each for each in answer.sentences if each.supported and "Blair" in each.text):
        assert "Giang" not in sentence.text
        assert all(announced[number] for number in sentence.citations)
