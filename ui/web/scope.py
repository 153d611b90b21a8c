"""Which articles a question is asked of: `Filters` as chips that can be taken away, and a form to choose them in."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import gradio as gr

from rag import ArticleSummary, Filters, Library, QuestionError
from ui.web.context import AT_ONCE, Shared, Update
from ui.web.templates import macros, script
from ui.web.texts import Texts

_MOST = 10_000  # values of one kind


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition of a scope.

    Attributes:
        key: names it, for `without`.
        text: what it says.
    """

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a condition can have.

    Attributes:
        value: as `Filters` takes it.
        text: as it is shown.
        articles: how many articles have it.
    """

    value: str
    text: str
    articles: int


def chips(filters: Filters | None, library: Library, t: Texts) -> tuple[Chip, ...]:
    """The conditions of a scope, each of which can be taken away by itself; none for all articles."""
    if filters is None:
        return ()
    found = [Chip(f"source:{source}", source) for source in filters.sources]
    found += [Chip(f"language:{code}", t.language_name(code) or code) for code in filters.languages]
    if filters.date_from:
        found.append(Chip("from", t("scope-from", date=t.day(filters.date_from))))
    if filters.date_to:
        found.append(Chip("to", t("scope-to", date=t.day(filters.date_to))))
    if filters.articles:
        found.append(Chip("articles", _articles(filters.articles, library, t)))
    return tuple(found)


def without(filters: Filters | None, key: str) -> Filters | None:
    """A scope without one of its conditions; None where none is left."""
    if filters is None:
        return None
    kind, _, value = key.partition(":")
    less: dict[str, dict[str, Any]] = {
        "source": {"sources": tuple(each for each in filters.sources if each != value)},
        "language": {"languages": tuple(each for each in filters.languages if each != value)},
        "from": {"date_from": None},
        "to": {"date_to": None},
        "articles": {"articles": ()},
    }
    return some(replace(filters, **less.get(kind, {})))


def some(filters: Filters) -> Filters | None:
    """The filters, None where they let everything through."""
    return None if filters == Filters() else filters


def chosen(values: dict[str, Any]) -> Filters | None:
    """The scope that a form says.

    Raises:
        QuestionError: a date that is none.
    """
    filters = Filters(
        sources=_strings(values.get("sources")),
        languages=_strings(values.get("languages")),
        date_from=str(values.get("date_from") or "").strip() or None,
        date_to=str(values.get("date_to") or "").strip() or None,
        articles=_strings(values.get("articles")),
    )
    return some(filters)


def sources(articles: Iterable[ArticleSummary]) -> list[Choice]:
    """The sources that articles have, in any of their places; most first. Upper and lower case are the same."""
    written: dict[str, Counter[str]] = {}
    for article in articles:
        here = {name.casefold(): name for name in (article.source, *(each.source for each in article.places)) if name}
        for folded, name in here.items():
            written.setdefault(folded, Counter())[name] += 1
    found = [Choice(each.most_common(1)[0][0], each.most_common(1)[0][0], each.total()) for each in written.values()]
    return sorted(found, key=lambda choice: (-choice.articles, choice.text.casefold()))


def languages(articles: Iterable[ArticleSummary], t: Texts) -> list[Choice]:
    """The languages of articles; most first."""
    counts = Counter(article.language for article in articles)
    return [Choice(code, t.language_name(code) or t("scope-no-language"), n) for code, n in counts.most_common()]


class ScopePicker:
    """The row of chips with the button that opens the form; made where it is to stand.

    Args:
        library: has the articles.
        shared: holds the scope.

    Attributes:
        bar: the component; whoever changes the scope outside Gradio's queue fills it with `drawn`.
    """

    def __init__(self, library: Library, shared: Shared) -> None:
        self._library = library
        self._shared = shared
        self.bar = gr.HTML(
            self._html(None, "en"),
            elem_id="scope",
            js_on_load=script("scope.js"),
            server_functions=[_asks(library)],
            apply_default_css=False,
        )

    def connect(self) -> None:
        """Say what happens when. Gradio tells of a state that changed only what went through its queue."""
        shared = self._shared
        queued = AT_ONCE | {"queue": True}
        self.bar.scoped(_scoped, None, [shared.scope], **queued)
        self.bar.unscoped(_unscoped, [shared.scope], [shared.scope], **queued)
        shared.scope.change(self.drawn, [shared.scope, shared.language], [self.bar], **AT_ONCE)

    def drawn(self, scope: Filters | None, language: str) -> Update:
        """The row as it is for a scope, in a language."""
        return {self.bar: self._html(scope, language)}

    def _html(self, scope: Filters | None, language: str) -> str:
        t = Texts.of(language)
        said = json.dumps(asdict(scope or Filters()), ensure_ascii=False)
        return str(macros("scope.html").bar(chips(scope, self._library, t), said, t))


def _scoped(event: gr.EventData) -> Filters | None:
    return chosen(event.values)


def _unscoped(event: gr.EventData, scope: Filters | None) -> Filters | None:
    return without(scope, str(event.key))


def _asks(library: Library) -> Callable[[Any], dict[str, str]]:
    """What the form asks for: itself, and whether what is in it makes sense."""

    def ask(asked: Any) -> dict[str, str]:  # noqa: ANN401 - whatever a browser sends
        t = Texts.of(str(asked.get("language")))
        try:
            scope = chosen(asked["values"])
        except QuestionError:
            return {"problem": str(macros("articles.html").problem(t("scope-no-date"), t("articles-hint-date")))}
        if scope and _is_backwards(scope):
            return {"problem": str(macros("articles.html").problem(t("scope-backwards"), ""))}
        if asked.get("check"):
            return {}
        every = library.articles()
        kept = scope or Filters()
        form = macros("scope.html").form(kept, sources(every), languages(every, t), _days(every), t)
        return {"form": str(form)}

    return ask


def _articles(ids: Sequence[str], library: Library, t: Texts) -> str:
    """One article by its title, several by their number; those that are gone do not count."""
    wanted = set(ids)
    here = [article.title for article in library.articles() if article.id in wanted]
    return here[0] if len(here) == 1 else t("scope-articles", count=len(here))


def _days(articles: Iterable[ArticleSummary]) -> tuple[str, str]:
    dates = sorted(article.date for article in articles if article.date)
    return (dates[0], dates[-1]) if dates else ("", "")


def _is_backwards(scope: Filters) -> bool:
    """Whether the first day is behind the last; until 2024 is until its end."""
    first, last = scope.date_from or "", scope.date_to
    return last is not None and first[: len(last)] > last


def _strings(given: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever a browser sends
    return tuple(dict.fromkeys(map(str, given or ())))[:_MOST]
