"""Every format against a key: how much of the text is there, how much else, and what is known of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
import regex

from documents import Article, Passage, unpack
from tests.documents.corpus import Sample, corpus

RECALL, NOISE, METADATA = 0.98, 0.02, 0.95


class Measured:
    """What was found of the samples of one suffix."""

    def __init__(self) -> None:
        self.files = 0
        self.wanted = self.found = self.given = 0  # words of the key, those found, words of the articles
        self.fields = self.right = 0
        self.wrong: list[str] = []

    def add(self, sample: Sample, article: Article) -> None:
        key = Counter(words(f"{sample.story.title} {sample.story.body}"))
        if sample.name.endswith((".txt", ".pdf")):
            key += Counter(words(sample.story.date))  # stands in the text
        got = Counter(words(article.text))
        self.files += 1
        self.wanted, self.given = self.wanted + key.total(), self.given + got.total()
        self.found += (key & got).total()
        for field in sample.fields:
            self.note(sample, field, getattr(article, field), getattr(sample.story, field))
        for number, page in enumerate(sample.pages):
            at = article.text.find(f"({number + 1}/{len(sample.pages)})")
            self.note(sample, f"page of {number + 1}", Passage(article, at, at + 1).page, page)

    def note(self, sample: Sample, field: str, got: object, wanted: object) -> None:
        self.fields += 1
        self.right += got == wanted
        if got != wanted:
            self.wrong.append(f"{sample.name}: {field} is {got!r}, not {wanted!r}")

    @property
    def row(self) -> tuple[float, float, float]:
        return self.found / self.wanted, 1 - self.found / self.given, self.right / self.fields


def words(text: str) -> list[str]:
    return regex.findall(r"[\p{L}\p{M}\p{N}]+", text)


def article(sample: Sample) -> Article:
    parts = unpack(sample.data, Path(sample.name))
    return next(part for part in parts if part.name == sample.member).article()


@pytest.fixture(scope="module")
def measured() -> dict[str, Measured]:
    found: defaultdict[str, Measured] = defaultdict(Measured)
    for sample in corpus():
        found[Path(sample.name).suffix].add(sample, article(sample))
    return found


def test_every_format_is_read_as_its_key_says(
    measured: dict[str, Measured], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\n{'':8}{'files':>6}{'recall':>9}{'noise':>8}{'metadata':>10}")  # noqa: T201 - the table is the point
        for suffix, each in measured.items():
            recall, noise, right = each.row
            print(f"{suffix:8}{each.files:>6}{recall:>9.1%}{noise:>8.1%}{right:>10.1%}")  # noqa: T201 - as above
    assert sum(each.files for each in measured.values()) >= 60
    for suffix, each in measured.items():
        recall, noise, right = each.row
        assert recall >= RECALL, suffix
        assert noise <= NOISE, suffix
        assert right >= METADATA, (suffix, each.wrong)


def test_paragraphs_keep_their_order(measured: dict[str, Measured]) -> None:
    assert measured
    for sample in corpus():
        text = article(sample).text
        count = len(sample.story.paragraphs)
        places = [text.index(f"({number}/{count})") for number in range(1, count + 1)]
        assert places == sorted(places), sample.name


def test_the_key_notices_what_is_missing_and_what_is_too_much() -> None:
    sample = next(corpus())
    whole = article(sample)
    assert _measure(sample, whole.text) == (1.0, 0.0)
    assert _measure(sample, whole.text[: len(whole.text) // 2])[0] < RECALL
    assert _measure(sample, f"{whole.text} {'menu ' * 20}")[1] > NOISE


def _measure(sample: Sample, text: str) -> Sequence[float]:
    one = Measured()
    one.add(sample, Article("", text, "x"))
    return one.row[:2]
