"""What citations are worth: whether they are verbatim, come from the right place, and support their sentence."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from documents import Article
from eval.answers import contains_answer
from eval.questions import GoldQuote, Question, names_of
from eval.records import Share
from rag import Citation

T = TypeVar("T")


def places(quote: GoldQuote, text: str) -> Iterator[tuple[int, int]]:
    """Where a gold quote stands in the text of its article, in characters."""
    if quote.text is None:
        yield quote.start, quote.end
        return
    start = text.find(quote.text)
    while start >= 0:
        yield start, start + len(quote.text)
        start = text.find(quote.text, start + 1)


def gives_the_quote(article: Article, start: int, end: int, gold: Sequence[GoldQuote]) -> bool:
    """Whether a place in an article shares a character with a gold quote's place in the same article."""
    names = names_of(article)
    return any(
        start < last and first < end
        for quote in gold
        if quote.file in names
        for first, last in places(quote, article.text)
    )


def states_the_fact(citation: Citation, question: Question) -> bool:
    """Whether a citation overlaps a gold quote or itself holds a gold answer, of either part of the question."""
    right = gives_the_quote(citation.article, citation.start, citation.end, question.quotes)
    return right or contains_answer(citation.quote, (*question.answers, *question.also))


def is_verbatim(citation: Citation, stored: Article) -> bool:
    """Whether the quote is not empty and stands at its offsets in the article as the library keeps it."""
    return bool(citation.quote) and stored.text[citation.start : citation.end] == citation.quote


def citation_recall(
    statements: Sequence[tuple[str, Sequence[T]]], supports: Callable[[str, Sequence[T]], bool]
) -> Share:
    """ALCE's citation recall (Gao et al., 2023): the statements that all their citations together support.

    Args:
        statements: each sentence of an answer with what it cites; without citations it is not supported.
        supports: whether sources, read together, support a sentence.
    """
    return Share(sum(bool(cited) and supports(text, cited) for text, cited in statements), len(statements))


def citation_precision(
    statements: Sequence[tuple[str, Sequence[T]]], supports: Callable[[str, Sequence[T]], bool]
) -> Share:
    """ALCE's citation precision (Gao et al., 2023): the citations that their statement needs.

    A citation counts when all citations of its statement together support it, and this one either does so alone or
    cannot be left out.

    Args:
        statements: as for `citation_recall`.
        supports: as for `citation_recall`.
    """
    hits = 0
    for text, cited in statements:
        if cited and supports(text, cited):
            hits += sum(_is_needed(text, cited, i, supports) for i in range(len(cited)))
    return Share(hits, sum(len(cited) for _, cited in statements))


def _is_needed(text: str, cited: Sequence[T], i: int, supports: Callable[[str, Sequence[T]], bool]) -> bool:
    if len(cited) == 1:
        return True
    rest = [*cited[:i], *cited[i + 1 :]]
    return supports(text, [cited[i]]) or not supports(text, rest)
