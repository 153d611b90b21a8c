"""A sentence of an article with all that tells whether another sentence speaks of the same thing."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import regex

from documents import sentences
from documents.dates import DateMention
from rag.aspects import find_aspects, find_qualifiers, without_aspects
from rag.facts import Fact, FactSource, blank, find_facts, source_in
from rag.hedges import is_relative
from rag.name_words import telling_words
from rag.names import NameMention
from rag.numbers import NumberMention
from rag.quotes import Quote, stems_of
from rag.values import DATE, Value, find_values

_AROUND = 10_000  # characters of the article before and behind the sentence that are looked through


class Statement:
    """A sentence of the evidence, read only as far as it is asked for.

    Args:
        quote: the sentence.
        passage: the words of the passage that it stands in.
    """

    def __init__(self, quote: Quote, passage: str) -> None:
        self.quote = quote
        self.text = quote.text
        self.language = quote.article.language
        self._passage = passage

    @cached_property
    def values(self) -> list[Value]:
        """Its numbers and dates; no dates where others are counted from them."""
        relative = is_relative(self.text)
        return [v for v in find_values(self.text, self.language) if not (relative and v.kind == DATE)]

    @cached_property
    def said_around(self) -> list[Value]:
        """The numbers and dates of the whole article, or of what stands near in a long one."""
        start, end = max(0, self.quote.start - _AROUND), self.quote.end + _AROUND
        return find_values(self.quote.article.text[start:end], self.language)

    @cached_property
    def aspects(self) -> frozenset[str]:
        """What it says of its subject, as far as there are lists."""
        return find_aspects(self._plain, self.language)

    @cached_property
    def qualifiers(self) -> frozenset[str]:
        """What narrows or widens its values, as far as there are lists."""
        return find_qualifiers(self._plain, self.language)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words but for small ones, numbers and dates."""
        return self._stems(self._plain)

    def own_stems(self, other: "Statement") -> frozenset[str]:
        """Its words that another sentence and its headline lack, but for those that tell an aspect of both."""
        plain = without_aspects(self._plain, self.language, self.aspects & other.aspects)
        return self._stems(plain) - other.stems - stems_of(other.quote.head.title)

    @cached_property
    def codes(self) -> list[Fact]:
        """Such as "57-NQ/TW"."""
        return [fact for fact in self._facts if fact.kind == "code"]

    @cached_property
    def names(self) -> list[Fact]:
        """The names that it says itself."""
        return self._sure(self.text)

    @cached_property
    def title_names(self) -> list[Fact]:
        """The names of the headline; none where it writes Every Word Like a Name."""
        title = self.quote.head.title
        long = regex.findall(r"\p{L}{4,}", title)[1:]
        return [] if long and all(word[0].isupper() for word in long) else self._sure(title)

    @cached_property
    def all_names(self) -> list[Fact]:
        """The names and codes of the sentence, and the names of the headline."""
        return [*self.names, *self.codes, *self.title_names]

    @cached_property
    def passage_names(self) -> list[Fact]:
        """The names of the passage around it."""
        return self._sure(self._passage)

    @cached_property
    def source(self) -> FactSource:
        """The sentence as a source of facts, with what the article's head says."""
        return source_in(self.quote.head, self.text, self._passage)

    @cached_property
    def passage_source(self) -> FactSource:
        """The passage as a source of facts."""
        return FactSource(self._passage, self.language, self.quote.head.title)

    @cached_property
    def _plain(self) -> str:
        """The text without numbers and dates."""
        values = (fact.value for fact in self._facts)
        return blank(self.text, [(v.start, v.end) for v in values if isinstance(v, NumberMention | DateMention)])

    def _stems(self, text: str) -> frozenset[str]:
        return stems_of(" ".join(word for word in telling_words(text, self.language) if not word.isdigit()))

    @cached_property
    def _facts(self) -> Sequence[Fact]:
        return find_facts(self.text, self.language)

    def _sure(self, text: str) -> list[Fact]:
        """The names of a text, without words that are capital only because they open a sentence."""
        spans = sentences(text, self.language)
        facts = (fact for start, end in spans for fact in find_facts(text[start:end], self.language))
        return [sure for fact in facts if fact.kind == "name" and (sure := self._named(fact))]

    def _named(self, fact: Fact) -> Fact | None:
        """The name, unless it is one word at the beginning that the article has nowhere else, or in lower case."""
        if not isinstance(fact.value, NameMention) or not fact.value.opens or len(fact.value.tokens) > 1:
            return fact
        article = self.quote.article
        word = rf"(?<!\w){regex.escape(fact.value.tokens[0])}(?!\w)"
        found = regex.findall(word, f"{article.title}\n{article.text}", regex.IGNORECASE)
        sure = len(found) > 1 and all(form[0].isupper() for form in found)
        return replace(fact, value=replace(fact.value, opens=False)) if sure else None
