"""Pieces become sentences, whatever the pieces are."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.draft import draft_sentences, is_refusal

TEXT = "Le pont a ouvert le 1er juillet 2000. Il mesure 7 845 m, selon M. Dupont. Il relie deux pays."
SENTENCES = [
    "Le pont a ouvert le 1er juillet 2000.",
    "Il mesure 7 845 m, selon M. Dupont.",
    "Il relie deux pays.",
]


def complete(pieces: list[str], language: str = "fr") -> list[str]:
    return [draft.text for draft in draft_sentences(pieces, language) if draft.complete]


@given(st.lists(st.integers(0, len(TEXT)), max_size=30))
def test_sentences_do_not_depend_on_how_the_text_was_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(TEXT)]
    pieces = [TEXT[a:b] for a, b in pairwise(edges)]
    assert complete(pieces) == SENTENCES


def test_a_sentence_grows_until_it_is_complete() -> None:
    drafts = list(draft_sentences(["The bri", "dge open", "ed."], "en"))
    assert [(draft.text, draft.complete) for draft in drafts] == [
        ("The bri", False),
        ("The bridge open", False),
        ("The bridge opened.", False),
        ("The bridge opened.", True),
    ]


def test_the_models_own_markers_are_dropped() -> None:
    assert complete(["It opened in 2000 [2].", " It is long [1, 3]."], "en") == [
        "It opened in 2000.",
        "It is long.",
    ]


def test_a_refusal_is_not_shown_while_it_is_written() -> None:
    drafts = list(draft_sentences(["NOT", " FO", "UND"], "en"))
    assert [(draft.text, draft.complete) for draft in drafts] == [("NOT FOUND", True)]
    assert is_refusal(drafts[0].text)


def test_nothing_gives_nothing() -> None:
    assert list(draft_sentences(["", "  ", "\n"], "en")) == []
