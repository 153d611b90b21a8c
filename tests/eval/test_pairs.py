"""The labelled pairs keep the rules that docs/datasets.md gives for them."""

from collections import Counter

from eval.pairs import SWAPS, Pair, load_pairs

LANGUAGES = ("en", "fr", "sv", "vi")


def _count(pairs: tuple[Pair, ...], **wanted: object) -> int:
    return sum(all(getattr(pair, name) == value for name, value in wanted.items()) for pair in pairs)


def test_every_language_has_as_many_of_each_kind() -> None:
    for split, true, close in (("dev", 36, 18), ("test", 54, 27)):
        pairs = load_pairs(split="dev" if split == "dev" else "test")
        for language in LANGUAGES:
            assert _count(pairs, language=language, kind="true") == true
            assert _count(pairs, language=language, kind="close") == close
            swapped = sum(_count(pairs, language=language, kind=kind) for kind in SWAPS)
            assert swapped == true - close
            assert all(_count(pairs, language=language, kind=kind) for kind in SWAPS)


def test_no_article_is_on_both_sides() -> None:
    sides: dict[str, set[str]] = {}
    for pair in load_pairs():
        sides.setdefault(pair.quote.article.id, set()).add(pair.split)
    assert all(len(side) == 1 for side in sides.values())


def test_labels_follow_kinds_and_no_claim_is_asked_twice() -> None:
    pairs = load_pairs()
    assert all(pair.supported == (pair.kind == "true") for pair in pairs)
    assert len({pair.id for pair in pairs}) == len({pair.claim for pair in pairs}) == len(pairs)
    assert 0.4 < sum(pair.crosses_languages for pair in pairs) / len(pairs) < 0.6


def test_claims_tell_nothing_by_their_length() -> None:
    lengths = Counter[bool]()
    for pair in load_pairs():
        lengths[pair.supported] += len(pair.claim)
    assert 0.9 < lengths[True] / lengths[False] < 1.15
