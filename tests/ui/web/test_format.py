"""HTML that says what the articles say and does nothing that they say."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import Article, Passage, Place, PlaceKind
from rag import Answer, Checked, Citation, Draft, Evidence, ModelNames, Readiness, Sentence, Timing
from ui.web.conversations import Listed
from ui.web.exchange import Exchange, Problem
from ui.web.format import (
    Look,
    deleted_html,
    drawer_html,
    exchange_html,
    export_html,
    masthead_html,
    reading_html,
    sources_html,
    welcome_html,
)
from ui.web.links import site, web_address
from ui.web.texts import LANGUAGES, Texts
from ui.web.transcript import FORMS, of_exchange

EN = Texts.of("en")
LOOK = Look(EN)
STRICT = Look(EN, strike=True)

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
    *("a", "article", "bdi", "button", "code", "details", "div", "form", "h1", "h2", "h3", "header", "input", "label"),
    *("li", "ol", "p", "pre", "q", "s", "section", "span", "strong", "summary", "time", "ul"),
}
ATTRIBUTES = {
    *("aria-current", "aria-describedby", "aria-hidden", "aria-label", "aria-pressed", "autocomplete", "class"),
    *("data-article", "data-do", "data-done", "data-end", "data-exchange", "data-form", "data-id", "data-name"),
    *("data-number", "data-open-article", "data-open-quote", "data-start", "data-thumb", "datetime", "dir", "for"),
    *("hidden", "href", "id", "lang", "maxlength", "name", "rel", "role", "tabindex", "target", "title", "type"),
    "value",
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
@settings(deadline=None)  # the first one reads the templates
def test_no_tag_and_no_attribute_is_the_articles(exchange: Exchange) -> None:
    for html in (exchange_html(exchange, LOOK), exchange_html(exchange, STRICT), sources_html([exchange], EN)):
        for tag, attributes in Reader(html).tags:
            assert tag in TAGS
            assert set(attributes) <= ATTRIBUTES
            assert (attributes.get("href") or "#").startswith(("#", "http://", "https://"))


@given(hostile_exchanges())
@settings(deadline=None)  # the first one reads the templates
def test_what_is_shown_is_what_was_written(exchange: Exchange) -> None:
    citation = exchange.citations[0]
    sources = Reader(sources_html([exchange], EN))
    assert sources.texts["q"] == [citation.quote]
    assert sources.texts["title"] == [citation.article.title] * 2
    reader = Reader(exchange_html(exchange, LOOK))
    assert reader.texts["question"] == [exchange.question]
    assert reader.texts["s"] == [exchange.sentences[1].text]
    for fact in exchange.sentences[1].missing:
        assert fact in reader.texts["reason"][0]


@given(hostile_exchanges())
@settings(deadline=None)  # the first one reads the templates
def test_what_is_copied_is_what_the_page_holds_for_it(exchange: Exchange) -> None:
    copies = Reader(exchange_html(exchange, LOOK)).texts["copy"]
    assert [text.removeprefix("\n") for text in copies] == [
        of_exchange(exchange, form, EN).replace("\0", "\ufffd") for form in FORMS
    ]


@given(TEXT, TEXT)
@settings(deadline=None)
def test_a_list_of_conversations_is_as_safe(title: str, searched: str) -> None:
    listed = [Listed("c1", title, "2026-01-02T03:04:05+00:00", 2)]
    html = drawer_html(listed, "c1", searched, EN) + deleted_html("c1", title, EN) + export_html(1, title, searched)
    reader = Reader(html)
    assert reader.texts["name"] == [title]
    for tag, attributes in reader.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES


@given(TEXT, st.integers(0, 1_000_000))
@settings(deadline=None)
def test_the_page_around_it_is_as_safe(name: str, articles: int) -> None:
    for html in (masthead_html(name, articles, EN), welcome_html(articles, (name, *HOSTILE), EN)):
        assert {tag for tag, _ in Reader(html).tags} <= TAGS
    assert Reader(masthead_html(name, articles, EN)).texts["bdi"] == [name]


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
    assert "Open at" not in sources_html([answered(article(url=url), 0, 6)], EN)


def test_a_link_opens_elsewhere_and_says_where() -> None:
    source = article(url="https://www.example.org/a?b=1&c='")
    links = [at for tag, at in Reader(sources_html([answered(source, 0, 6)], EN)).tags if at.get("class") == "outside"]
    assert [link["href"] for link in links] == [source.url]
    assert {(link["target"], link["rel"]) for link in links} == {("_blank", "noopener noreferrer")}
    assert site("https://me:secret@www.example.org:8080/a") == "example.org"


def test_a_quote_is_listed_with_number_title_source_date_and_language() -> None:
    source = article(source="Gazette", date="2019-05-02", language="sv")
    reader = Reader(sources_html([answered(source, 11, 37)], EN))
    assert reader.texts["number"] == ["1"]
    assert reader.texts["facts"] == ["Gazette · 2 May 2019 · Swedish"] * 2
    assert [at["lang"] for tag, at in reader.tags if tag == "q"] == ["sv"]
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
    reader = Reader(sources_html([answered(replace(article(), places=(place,)), 11, 37)], EN))
    assert [" ".join(text.split()) for text in reader.texts["place"]] == [f"{said} Open at lemonde.example"] * 2


def test_a_mark_leads_to_its_quote() -> None:
    exchange = answered(article(), 0, 6)
    (mark,) = [at for _, at in Reader(exchange_html(exchange, LOOK)).tags if at.get("class") == "mark"]
    cards = [at for _, at in Reader(exchange_html(exchange, LOOK)).tags if at.get("class") == "card"]
    assert [card["id"] for card in cards] == [mark["aria-describedby"]]
    quotes = [at for _, at in Reader(sources_html([exchange], EN)).tags if "data-open-quote" in at]
    for leads in (*cards, *quotes):
        assert (leads["data-exchange"], leads["data-number"]) == (mark["data-exchange"], mark["data-number"])


@pytest.mark.parametrize("abstained", [False, True])
def test_an_unsupported_sentence_is_apart_from_the_answer_struck_through_and_closed(*, abstained: bool) -> None:
    exchange = answered(article(), 0, 6, abstained=abstained, sentences=(guess("It cost nine billion."),))
    reader = Reader(exchange_html(exchange, LOOK))
    assert "nine" not in reader.texts["answer"][0]
    assert reader.texts["summary"][:1] == ["1 sentence was left out: no passage that was found supports it"]
    assert "Left out: It cost nine billion. (no quote supports it)" in reader.texts["li"]
    assert reader.texts["s"] == ["It cost nine billion."]
    assert [at for tag, at in reader.tags if tag == "details" and "open" in at] == []


def test_each_sentence_that_was_left_out_has_its_own_reason() -> None:
    guesses = (guess("On 3 May it cost 1,200.", "1,200", "3 May"), guess("It is fine."))
    reader = Reader(exchange_html(answered(article(), 0, 6, sentences=guesses), LOOK))
    assert reader.texts["summary"][:1] == ["2 sentences were left out: no passage that was found supports them"]
    assert reader.texts["s"] == [sentence.text for sentence in guesses]
    assert reader.texts["reason"] == ["not in the quote: 1,200, 3 May", "no quote supports it"]


def test_what_was_left_out_is_there_while_the_answer_grows_and_when_it_was_cut_off() -> None:
    kept = Sentence("It opened in 2019.", (1,), 0.9, supported=True)
    growing = Exchange(1, "When?", ahead=0, evidence=()).after(Checked(guess("It cost 99.", "99"), ()))
    assert "It cost" not in Reader(exchange_html(growing, LOOK)).texts["answer"][0]
    more = growing.after(Checked(kept, ())).after(Draft("It is"))
    for exchange in (growing, more, more.stop(), more.failed(Problem("No."))):
        reader = Reader(exchange_html(exchange, LOOK))
        assert reader.texts["summary"][:1] == ["1 sentence was left out: no passage that was found supports it"]
        assert reader.texts["li"] == ["Left out: It cost 99. (not in the quote: 99)"]
    growing = more.after(Checked(guess("It is red."), ()))
    assert Reader(exchange_html(growing, LOOK)).texts["s"] == ["It cost 99.", "It is red."]


def test_no_two_exchanges_name_what_they_left_out_alike() -> None:
    exchange = answered(article(), 0, 6, sentences=(guess("It cost nine billion."),))
    html = exchange_html(exchange, LOOK) + exchange_html(replace(exchange, number=2), LOOK)
    assert [at["id"] for tag, at in Reader(html).tags if at.get("class") == "note withdrawn"] == [
        "withdrawn-1",
        "withdrawn-2",
    ]


def test_an_answer_that_is_all_supported_speaks_of_no_withdrawal() -> None:
    html = exchange_html(answered(article(), 0, 6), LOOK)
    assert "withdrawn" not in html
    assert "left out" not in html


def test_where_it_is_wished_what_nothing_supports_stands_struck_in_its_place_with_the_reason() -> None:
    kept = Sentence("It opened in 2019.", (1,), 0.9, supported=True)
    exchange = answered(article(), 0, 6, sentences=(guess("It cost 99.", "99"), kept))
    reader = Reader(exchange_html(exchange, STRICT))
    assert " ".join(reader.texts["answer"][0].split()) == "It cost 99. (not in the quote: 99) It opened in 2019.1"
    assert reader.texts["s"] == ["It cost 99."]
    assert "withdrawn" not in reader.texts


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        ((guess("It cost 99."), Sentence("It opened.", (1,), 0.9, supported=True)), "1 of 2 sentences are supported"),
        ((Sentence("It opened.", (1,), 0.9, supported=True),), "1 of 1 sentence is supported"),
    ],
)
def test_an_answer_says_how_many_of_its_sentences_are_supported(sentences: tuple[Sentence, ...], said: str) -> None:
    assert Reader(exchange_html(answered(article(), 0, 6, sentences=sentences), LOOK)).texts["count"] == [said]


def test_a_question_that_waits_says_how_many_come_before_it() -> None:
    def said(**known: object) -> list[str]:
        return Reader(exchange_html(Exchange(1, "When?", **known), LOOK)).texts["progress"]  # type: ignore[arg-type]

    assert said() == ["Searching the articles"]
    assert said(evidence=(), ahead=2) == ["2 questions are answered before this one"]
    assert said(evidence=(), ahead=0) == ["Reading what was found"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_said_in_every_language(language: str) -> None:
    t = Texts.of(language)
    exchange = answered(article(), 0, 6, sentences=(guess("It cost 99.", "99"),))
    for strike in (False, True):
        assert exchange_html(exchange, Look(t, strike=strike))
    assert sources_html([exchange], t)
    assert welcome_html(0, (), t)
    assert drawer_html([], "", "", t)


def test_only_the_newest_question_can_be_asked_again_and_every_one_can_be_edited() -> None:
    def done(*, last: bool) -> set[str | None]:
        tags = Reader(exchange_html(answered(article(), 0, 6), LOOK, last=last)).tags
        return {at["data-do"] for tag, at in tags if tag == "button"}

    assert done(last=True) - done(last=False) == {"again"}
    assert {"copy", "edit", "thumb"} <= done(last=False)


def test_a_draft_is_marked_as_one() -> None:
    writing = Exchange(1, "When?", evidence=(), draft="It op")
    assert Reader(exchange_html(writing, LOOK)).texts["draft"] == ["It op"]


def test_an_abstention_shows_the_nearest_passages_as_such() -> None:
    exchange = answered(article(), 0, 6, text="The articles do not say.", abstained=True, citations=(), sentences=())
    assert "The articles do not say." in Reader(exchange_html(exchange, LOOK)).texts["abstained"][0]
    assert Reader(sources_html([exchange], EN)).texts["h2"] == ["Nearest passages"]


def test_a_problem_is_told_with_its_help() -> None:
    exchange = Exchange(1, "When?").failed(Problem("There are no articles.", "Add some."))
    said = " ".join(Reader(exchange_html(exchange, LOOK)).texts["problem"][0].split())
    assert said == "There are no articles. Add some."


def test_only_the_newest_sources_are_visible() -> None:
    exchange = answered(article(), 0, 6)
    tags = Reader(sources_html([exchange, replace(exchange, number=2)], EN)).tags
    assert ["hidden" in at for tag, at in tags if tag == "section"] == [True, False]


def test_reading_ahead_is_shown_until_everything_is_read() -> None:
    assert "1,200 of 3,400 passages" in reading_html(Readiness(1_200, 3_400), EN)
    assert reading_html(Readiness(3_400, 3_400), EN) == ""
    assert reading_html(None, EN) == ""
