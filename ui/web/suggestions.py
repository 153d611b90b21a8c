"""Questions to begin with, taken from the articles' own content, without asking a model to write them.

An article answers two kinds of question for sure: one that is its own headline or the heading of a part of it, and
what is said about the name that its headline and its text are full of. Each is tried before it is shown: the search
must find the article for it.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from documents import QUESTION_MARKS, Article, SectionKind, sentences
from rag import ArticleSummary, DossierError, Library, find_names
from ui.web.texts import Texts

SHOWN = 4

_NEWEST = 40  # articles that are looked at; the oldest of many have had their time
_FEW, _SHORT = 2, 3  # times that a name must be in a text, and its characters
_LONG = 90  # characters of a heading that is a question
_PASSAGES = 4  # among which the article must be found


class Suggestions:
    """Questions that the articles of a library answer, in the language of the interface; threads may share them.

    Args:
        library: has the articles.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._found: dict[str, tuple[object, tuple[str, ...]]] = {}

    def known(self, t: Texts) -> tuple[str, ...]:
        """Those that were found already; takes no time."""
        return self._found.get(t.language, (None, ()))[1]

    def find(self, t: Texts) -> tuple[str, ...]:
        """Some questions, first those of articles in the interface's language; they change with the articles.

        Takes a second where many articles are new, and longer while the search is not ready.
        """
        with self._lock:
            articles = self._library.articles()
            stamp = len(articles), articles[-1] if articles else None
            if self._found.get(t.language, (None,))[0] != stamp:
                self._found[t.language] = stamp, tuple(self._questions(articles, t))[:SHOWN]
        return self.known(t)

    def _questions(self, articles: list[ArticleSummary], t: Texts) -> Iterator[str]:
        asked: set[str] = set()
        for summary in _readable_first(articles, t.language):
            if len(asked) == SHOWN:
                return
            with suppress(DossierError):  # gone meanwhile, or the search is not there: it can do without
                article = self._library.article(summary.id)
                question = next(filter(None, _of(article, t)), None)
                if question and question not in asked and self._answered(question, article.id):
                    asked.add(question)
                    yield question

    def _answered(self, question: str, article_id: str) -> bool:
        found = self._library.retrieve(question, k=_PASSAGES)
        return any(evidence.passage.article.id == article_id for evidence in found)


def _readable_first(articles: list[ArticleSummary], language: str) -> list[ArticleSummary]:
    """The newest articles, those in the language of the interface before the others."""
    return sorted(articles[: -_NEWEST - 1 : -1], key=lambda each: each.language != language)


def _of(article: Article, t: Texts) -> Iterator[str]:
    """The questions that an article answers, the surest first."""
    headings = (s.heading for s in article.sections if s.kind in (SectionKind.HEADLINE, SectionKind.BODY))
    for heading in (article.title, *headings) if article.language == t.language else ():
        if heading and heading.rstrip().endswith(tuple(QUESTION_MARKS)) and len(heading) <= _LONG:
            yield heading.strip()
    name = _name(article)
    if name:
        yield t("chat-about", name=name)


def _name(article: Article) -> str | None:
    """The name that the headline has and the text most often; of more words rather than of one, which may be vague.

    A word that only ever opens a sentence may be capital for that alone.
    """
    counted: Counter[str] = Counter()
    certain: set[str] = set()
    for start, end in sentences(article.text, article.language):
        for name in find_names(article.text[start:end], article.language):
            counted[name.text] += 1
            if not name.opens:
                certain.add(name.text)
    title = article.title.casefold()
    often = [(len(name.split()) > 1, times, name) for name, times in counted.items() if times >= _FEW]
    fit = [each for each in often if each[2] in certain and each[2].casefold() in title and len(each[2]) >= _SHORT]
    return max(fit)[2] if fit else None
