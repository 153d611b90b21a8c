"""Five articles as they came from news sites, by a key made by hand: files and places, none of their words."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from documents import Article, Limit, SectionKind, parse, split
from eval.samples import load_articles, real_articles

Span = tuple[int, int]


@dataclass(frozen=True)
class Key:
    """What is right for a file; a teaser is its own place and that of its headline."""

    file: str
    language: str
    date: str | None
    source: str | None
    host: str | None
    title: Span
    body: Span
    captions: tuple[Span, ...]
    teasers: tuple[tuple[Span, Span], ...]


def _alone(*spans: Span) -> tuple[tuple[Span, Span], ...]:
    return tuple((span, span) for span in spans)


KEYS = (
    Key(
        "000_d27c3acdf2447498.txt", "fr", "2025-10-27", "Vietnam.vn", "baotintuc.vn", (41, 116), (118, 7722),
        ((510, 632), (5263, 5339)),
        _alone((7905, 8009), (8010, 8093), (8094, 8129), (8130, 8228), (8276, 8375)),
    ),
    Key(
        "001_ebe438b08b89f538.txt", "fr", None, "VNA", None, (0, 119), (386, 4128),
        ((121, 384),),
        (
            ((4141, 4670), (4224, 4308)),
            ((4672, 5335), (4882, 4948)),
            ((5337, 5856), (5443, 5521)),
            ((5858, 6380), (5957, 6042)),
            ((6382, 7024), (6450, 6536)),
            ((7026, 7648), (7171, 7292)),
            ((7650, 8180), (7718, 7825)),
        ),
    ),
    Key(
        "002_90cf4035eb27f56b.txt", "fr", "2024-11", "VNA/CVN", None, (14, 89), (91, 4425),
        ((351, 366), (2560, 2575), (3716, 3731)), (),
    ),
    Key("003_385c520c0bb765cc.txt", "fr", "2024-12", None, None, (14, 124), (126, 2647), (), ()),
    Key(
        "004_03e94a76b2f901da.txt", "sv", "2025-10-27", "Vietnam.vn", "mst.gov.vn", (41, 104), (106, 5743),
        ((520, 728), (1618, 1735), (3263, 3404), (5312, 5386)),
        _alone((5949, 6030), (6031, 6079), (6080, 6117), (6118, 6208), (6252, 6348)),
    ),
)  # fmt: skip

FOLDER = real_articles() or Path("nowhere")
pytestmark = pytest.mark.skipif(real_articles() is None, reason="the real articles are not on this machine")
keys = pytest.mark.parametrize("key", KEYS, ids=lambda key: key.file[:3])


def article(key: Key) -> Article:
    path = FOLDER / key.file
    return parse(path.read_bytes(), path=path)


def places(of: Article, kind: SectionKind) -> list[Span]:
    return [(section.start, section.end) for section in of.sections if section.kind is kind]


@keys
def test_what_an_article_says_of_itself(key: Key) -> None:
    of = article(key)
    assert of.title == of.text[slice(*key.title)]
    assert (of.language, of.date, of.source) == (key.language, key.date, key.source)
    assert key.host is None if of.url is None else f"https://{key.host}/" in of.url


@keys
def test_where_the_story_begins_and_ends(key: Key) -> None:
    body = places(article(key), SectionKind.BODY)
    assert (body[0][0], body[-1][1]) == key.body


@keys
def test_captions_stand_apart(key: Key) -> None:
    assert places(article(key), SectionKind.CAPTION) == list(key.captions)


@keys
def test_every_teaser_is_a_section_with_its_own_headline(key: Key) -> None:
    of = article(key)
    found = [((s.start, s.end), s.heading) for s in of.sections if s.kind is SectionKind.TEASER]
    assert found == [(span, of.text[slice(*heading)]) for span, heading in key.teasers]


def gold() -> list[tuple[str, str, Span]]:
    """Question, file and place of every quote of the questions about the articles."""
    data = Path(__file__).parents[2] / "eval/data"
    sets = [(data / name).read_text("utf-8") for name in ("questions.jsonl", "practice.jsonl")]
    asked = [json.loads(line) for each in sets for line in each.splitlines()]
    samples = load_articles()
    found = []
    for question in asked:
        for quote in question["quotes"]:
            start = quote["start"] if "start" in quote else samples[quote["file"]].text.index(quote["text"])
            found.append((question["id"], quote["file"], (start, quote.get("end") or start + len(quote["text"]))))
    return found


def test_every_quote_of_the_questions_lies_within_one_passage() -> None:
    articles = load_articles() | load_articles(FOLDER)
    # About as the real tokenizers count: four characters for a token.
    limits = [Limit(lambda text: len(text) // 4, 120, 500)]
    cut = {name: [(p.start, p.end) for p in split(of, limits)] for name, of in articles.items()}
    across = [
        (question, file)
        for question, file, (start, end) in gold()
        if not any(first <= start and end <= last for first, last in cut[file])
    ]
    assert across == []
