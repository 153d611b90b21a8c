"""HTML that says what the articles say and does nothing that they say."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article, Passage, Place, PlaceKind
from rag import Answer, Checked, Citation, Draft, Evidence, ModelNames, Readiness, Sentence, Timing
from ui.web.exchange import Exchange, Problem
from ui.web.format import (
    SURROUNDINGS,
    day,
    excerpt,
    exchange_html,
    language_name,
    masthead_html,
    reading_html,
    site,
    sources_html,
    web_address,
    welcome_html,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    "</mark></blockquote><b>",
    "{{ 7 * 7 }}${alert(1)}`",
    "&lt;b&gt;",
    "\u202egnirts\u2066",
    "<!--",
    "]]>",
)
TEXT = st.one_of(st.text(), st.sampled_from(HOSTILE), st.lists(st.sampled_from(HOSTILE)).map("x".join))

TAGS = {
    *("a", "article", "bdi", "blockquote", "code", "details", "div", "h1", "h2", "header", "li", "mark", "ol"),
    *("p", "pre", "q", "s", "section", "span", "strong", "summary", "time", "ul"),
}
ATTRIBUTES = {
    *("aria-hidden", "aria-label", "class", "data-exchange", "datetime", "dir", "hidden", "href", "id", "lang"),
    *("rel", "role", "tabindex", "target", "title"),
}


class Reader(HTMLParser):
    """Every tag with its attributes, and the text inside each element of a class or tag that is asked for."""

    VOID = frozenset({"img", "br", "input", "link", "meta", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[list[str]] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in self.VOID:
            return
        names = [tag, *(dict(attrs).get("class") or "").split()]
        self._open.append(names)
        for name in names:
            self.texts.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for name in {name for names in self._open for name in names}:
            self.texts[name][-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def article(text: str = "Before it. The bridge opened in 2019. After it.", **more: str | None) -> Article:
    values = {"id": "a1", "title": "A bridge", "language": "en"} | more
    return Article(text=text, **values)  # type: ignore[arg-type]


def answered(source: Article, start: int, end: int, **more: object) -> Exchange:
    answer = Answer(
        question="When?",
        language="en",
        text="It opened in 2019. [1]",
        sentences=(Sentence("It opened in 2019.", (1,), 0.9, supported=True),),
        citations=(Citation(1, source, start, end),),
        evidence=(Evidence(Passage(source, 0, len(source.text)), 0.9),),
        abstained=False,
        timing=Timing(0.1, 0.5, 1.0),
        model=ModelNames("llm", "embedding"),
    )
    return Exchange(1, "When?").after(replace(answer, **more))  # type: ignore[arg-type]


def guess(text: str, *missing: str) -> Sentence:
    return Sentence(text, (), 0.1, supported=False, missing=missing)


@st.composite
def hostile_exchanges(draw: st.DrawFn) -> Exchange:
    text = draw(TEXT) + "." + draw(TEXT)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    source = article(
        text,
        title=draw(TEXT),
        source=draw(TEXT),
        date=draw(TEXT),
        language=draw(TEXT),
        url=draw(TEXT),
        path=draw(TEXT),
    )
    place = Place("p", draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT), draw(st.sampled_from(PlaceKind)))
    source = replace(source, places=(place,) * draw(st.integers(0, 2)))
    words = draw(TEXT)
    exchange = answered(
        source,
        start,
        end,
        text=words,
        abstained=draw(st.booleans()),
        language=draw(TEXT),
        sentences=(Sentence(words, (1,), 0.9, supported=True), guess(draw(TEXT), *draw(st.lists(TEXT, max_size=3)))),
    )
    if draw(st.booleans()):
        exchange = replace(exchange, answer=None)  # still growing, or stopped
    return replace(exchange, question=words, draft=draw(TEXT), problem=Problem(draw(TEXT), draw(TEXT)))


@given(hostile_exchanges())
def test_no_tag_and_no_attribute_is_the_articles(exchange: Exchange) -> None:
    for html in (exchange_html(exchange), sources_html([exchange])):
        for tag, attributes in Reader(html).tags:
            assert tag in TAGS
            assert set(attributes) <= ATTRIBUTES
            assert (attributes.get("href") or "#").startswith(("#", "http://", "https://"))


@given(hostile_exchanges())
def test_what_is_shown_is_what_was_written(exchange: Exchange) -> None:
    citation = exchange.citations[0]
    sources, shown = Reader(sources_html([exchange])), excerpt(citation)
    assert sources.texts["mark"] == [citation.quote]
    assert sources.texts["q"] == [citation.quote]
    assert shown.before + citation.quote + shown.after in sources.texts["reader"][0]
    assert sources.texts["title"] == [citation.article.title] * 2
    reader = Reader(exchange_html(exchange))
    assert reader.texts["question"] == [exchange.question]
    assert reader.texts["s"] == [exchange.sentences[1].text]
    for fact in exchange.sentences[1].missing:
        assert fact in reader.texts["reason"][0]


@given(TEXT, st.integers(0, 1_000_000))
def test_the_page_around_it_is_as_safe(name: str, articles: int) -> None:
    for html in (masthead_html(name, articles), welcome_html(articles)):
        assert {tag for tag, _ in Reader(html).tags} <= TAGS
    assert Reader(masthead_html(name, articles)).texts["bdi"] == [name]


@given(st.text(min_size=1, max_size=3000), st.data())
def test_an_excerpt_is_a_piece_of_its_article(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = excerpt(Citation(1, article(text), start, end))
    assert shown.quote == text[start:end]
    assert text[:start].endswith(shown.before)
    assert text[end:].startswith(shown.after)
    assert len(shown.before) <= SURROUNDINGS >= len(shown.after)
    assert shown.cut_before or shown.before == text[:start]
    assert shown.cut_after or shown.after == text[end:]


def test_an_excerpt_is_cut_between_words() -> None:
    text = "wordless " * 200
    shown = excerpt(Citation(1, article(text), 900, 908))
    assert shown.before.startswith("wordless ")
    assert shown.after.endswith(" wordless")
    assert shown.cut_before
    assert shown.cut_after


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " https://example.org",
        "\thttps://example.org",
        "https://exa mple.org",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "https:\\\\example.org",
        "http://[bad",
        "https://example.org/\u202e",
        "ftp://example.org",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None
    assert "Open at" not in sources_html([answered(article(url=url), 0, 6)])


def test_a_link_opens_elsewhere_and_says_where() -> None:
    source = article(url="https://www.example.org/a?b=1&c='")
    links = [at for tag, at in Reader(sources_html([answered(source, 0, 6)])).tags if at.get("class") == "outside"]
    assert [link["href"] for link in links] == [source.url] * 2
    assert {(link["target"], link["rel"]) for link in links} == {("_blank", "noopener noreferrer")}
    assert site("https://me:secret@www.example.org:8080/a") == "example.org"


def test_a_quote_is_listed_with_number_title_source_date_and_language() -> None:
    source = article(source="Gazette", date="2019-05-02", language="sv")
    reader = Reader(sources_html([answered(source, 11, 37)]))
    assert reader.texts["number"] == ["1"]
    assert reader.texts["facts"] == ["Gazette · 2 May 2019 · Swedish"] * 2
    assert [at["lang"] for tag, at in reader.tags if tag in ("q", "blockquote")] == ["sv", "sv"]
    assert [at["datetime"] for tag, at in reader.tags if tag == "time"] == ["2019-05-02"] * 2


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (PlaceKind.SAME, "The same text in Le Monde, 21 Nov 2024"),
        (PlaceKind.REPLACED, "Replaces the version in Le Monde, 21 Nov 2024"),
        (PlaceKind.VERSION, "Another version in Le Monde, 21 Nov 2024"),
    ],
)
def test_the_other_places_of_a_text_stand_beside_it(kind: PlaceKind, said: str) -> None:
    place = Place("b2", "Flood", "Le Monde", "2024-11-21", "https://www.lemonde.example/1", None, kind)
    reader = Reader(sources_html([answered(replace(article(), places=(place,)), 11, 37)]))
    assert [" ".join(text.split()) for text in reader.texts["place"]] == [f"{said} Open at lemonde.example"] * 2


def test_a_mark_leads_to_its_quote() -> None:
    exchange = answered(article(), 0, 6)
    (mark,) = [at for _, at in Reader(exchange_html(exchange)).tags if at.get("class") == "mark"]
    ids = [at.get("id") for _, at in Reader(sources_html([exchange])).tags]
    assert (mark["href"] or "").removeprefix("#") in ids


@pytest.mark.parametrize("abstained", [False, True])
def test_an_unsupported_sentence_is_apart_from_the_answer_struck_through_and_closed(*, abstained: bool) -> None:
    exchange = answered(article(), 0, 6, abstained=abstained, sentences=(guess("It cost nine billion."),))
    reader = Reader(exchange_html(exchange))
    assert "nine" not in reader.texts["answer"][0]
    assert reader.texts["summary"] == ["1 sentence was left out: no passage that was found supports it"]
    assert reader.texts["li"] == ["Left out: It cost nine billion. (no quote supports it)"]
    assert reader.texts["s"] == ["It cost nine billion."]
    assert [at for tag, at in reader.tags if tag == "details" and "open" in at] == []


def test_each_sentence_that_was_left_out_has_its_own_reason() -> None:
    guesses = (guess("On 3 May it cost 1,200.", "1,200", "3 May"), guess("It is fine."))
    reader = Reader(exchange_html(answered(article(), 0, 6, sentences=guesses)))
    assert reader.texts["summary"] == ["2 sentences were left out: no passage that was found supports them"]
    assert reader.texts["s"] == [sentence.text for sentence in guesses]
    assert reader.texts["reason"] == ["not in the quote: 1,200, 3 May", "no quote supports it"]


def test_what_was_left_out_is_there_while_the_answer_grows_and_when_it_was_cut_off() -> None:
    kept = Sentence("It opened in 2019.", (1,), 0.9, supported=True)
    growing = Exchange(1, "When?", begun=True, evidence=()).after(Checked(guess("It cost 99.", "99"), ()))
    assert "It cost" not in Reader(exchange_html(growing)).texts["answer"][0]
    more = growing.after(Checked(kept, ())).after(Draft("It is"))
    for exchange in (growing, more, more.stop(), more.failed(Problem("No."))):
        reader = Reader(exchange_html(exchange))
        assert reader.texts["summary"] == ["1 sentence was left out: no passage that was found supports it"]
        assert reader.texts["li"] == ["Left out: It cost 99. (not in the quote: 99)"]
    growing = more.after(Checked(guess("It is red."), ()))
    assert Reader(exchange_html(growing)).texts["s"] == ["It cost 99.", "It is red."]


def test_no_two_exchanges_name_what_they_left_out_alike() -> None:
    exchange = answered(article(), 0, 6, sentences=(guess("It cost nine billion."),))
    html = exchange_html(exchange) + exchange_html(replace(exchange, number=2))
    assert [at["id"] for tag, at in Reader(html).tags if tag == "details"] == ["withdrawn-1", "withdrawn-2"]


def test_an_answer_that_is_all_supported_speaks_of_no_withdrawal() -> None:
    html = exchange_html(answered(article(), 0, 6))
    assert "withdrawn" not in html
    assert "left out" not in html


def test_a_draft_is_marked_as_one() -> None:
    assert Reader(exchange_html(Exchange(1, "When?", draft="It op"))).texts["draft"] == ["It op"]


def test_an_abstention_shows_the_nearest_passages_as_such() -> None:
    exchange = answered(article(), 0, 6, text="The articles do not say.", abstained=True, citations=(), sentences=())
    assert "The articles do not say." in Reader(exchange_html(exchange)).texts["abstained"][0]
    assert Reader(sources_html([exchange])).texts["h2"] == ["Nearest passages"]


def test_a_problem_is_told_with_its_help() -> None:
    exchange = Exchange(1, "When?").failed(Problem("There are no articles.", "Add some."))
    assert Reader(exchange_html(exchange)).texts["problem"][0].split("\n")[1:3] == [
        "There are no articles.",
        "Add some.",
    ]


def test_only_the_newest_sources_are_visible() -> None:
    exchange = answered(article(), 0, 6)
    tags = Reader(sources_html([exchange, replace(exchange, number=2)])).tags
    assert ["hidden" in at for tag, at in tags if tag == "section"] == [True, False]


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2024", "2024"),
        ("2024-11", "Nov 2024"),
        ("2024-11-05", "5 Nov 2024"),
        ("2024-13", "2024-13"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(iso: str, shown: str) -> None:
    assert day(iso) == shown


def test_languages_have_english_names() -> None:
    assert [language_name(code) for code in ("vi", "und", "x-none")] == ["Vietnamese", None, None]


def test_reading_ahead_is_shown_until_everything_is_read() -> None:
    assert "1,200 of 3,400 passages" in reading_html(Readiness(1_200, 3_400))
    assert reading_html(Readiness(3_400, 3_400)) == ""
    assert reading_html(None) == ""
