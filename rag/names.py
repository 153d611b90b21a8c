"""Names: which words of a sentence are names, and whether a text holds them or another name in their place.

In one language every word of a name must be there. Across languages bodies and places are translated, so a name
that is missing proves nothing; one with another name in its place does ("Michel Platini", "Michel Virlogeux").
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex

from documents import words
from rag.name_words import ORDINARY, alike, cognate, is_title, looks_like_a_noun, territories

_CAPITALISED = r"\p{Lu}[\p{L}\p{M}]+"  # a lone capital is an initial or an article: "D.", "L'"
_NAME = regex.compile(rf"{_CAPITALISED}(?:[ -]{_CAPITALISED})*")
_WORD = regex.compile(r"[\p{L}\p{M}\d]+")
_AFTER = regex.compile(r"\s([\p{L}\p{M}]+)(?:\s([\p{L}\p{M}\d]+))?")
_ACRONYM_LENGTH = 6
_HOURS = frozenset({"AM", "PM"})  # "10 AM" names nobody


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name as a sentence writes it.

    Attributes:
        tokens: its words.
        text: the name as it is written, with its hyphens.
        opens: its first word opens the sentence, so that it is capital whatever it is.
        behind: up to two words that follow it, folded.
    """

    tokens: tuple[str, ...]
    text: str
    opens: bool = False
    behind: tuple[str, ...] = ()


def find_names(sentence: str, language: str) -> Iterator[NameMention]:
    """The names of a sentence; also its first word, unless it is a small word of the language."""
    first = regex.search(r"[\p{L}\d]", sentence)
    for match in _NAME.finditer(sentence):
        text = match.group()
        tokens = tuple(regex.split(r"[ -]", text))
        opens = first is not None and match.start() == first.start() and not is_acronym(tokens[0])
        if opens and tokens[0].casefold() in ORDINARY.get(language, ()):
            tokens, text, opens = tokens[1:], text[len(tokens[0]) + 1 :], False
        if set(tokens) <= _HOURS:
            continue
        # Every German noun is written like a name; two in a row are one more often than not.
        if tokens and (language != "de" or len(tokens) > 1):
            after = _AFTER.match(sentence, match.end())
            behind = words(" ".join(word for word in after.groups() if word)) if after else []
            yield NameMention(tokens, text, opens, tuple(behind))


def is_acronym(token: str) -> bool:
    """Whether a word is all capitals and short."""
    return token.isupper() and 1 < len(token) <= _ACRONYM_LENGTH


class NameSource:
    """A text that may hold names.

    Args:
        text: a quote with its neighbours.
        language: ISO 639-1, of the text.
        context: title and source of the article, where names may be found too.
        wider: the passage, where a name may be written in full.
    """

    def __init__(self, text: str, language: str, context: str, wider: str) -> None:
        self._text = text
        self._language = language
        self._context = f"{text}\n{context}"
        self._passage = wider

    def holds(self, name: NameMention, language: str) -> bool:
        """Whether the text names the same; `language` is that of the sentence with the name."""
        if self.swapped(name, language):
            return False
        if language == "de":
            return self._holds_german(name)
        tokens = name.tokens[1:] if name.opens else name.tokens
        found = [self._holds_token(token, language) for token in tokens]
        joined = "".join(words(" ".join(name.tokens))) in self._words
        if all(found) or joined or self._same_places(" ".join(tokens), language):
            return True
        if language != self._language:
            return sum(found) * 2 >= len(tokens)
        return found[-1] and self._named_in_full(tokens)

    def swapped(self, name: NameMention, language: str) -> bool:
        """Whether the text has another name where the sentence has this one."""
        if len(name.tokens) == 1:
            return name.opens and language == self._language != "de" and self._other_subject(name)
        return any(self._other_half(*pair, language) for pair in pairwise(name.tokens))

    def _holds_token(self, token: str, language: str) -> bool:
        folded = "".join(words(token)) or token.casefold()
        if folded in self._words or folded in self._joined:
            return True
        foreign = language != self._language
        if is_acronym(token):
            return foreign and self._holds_letters(folded)
        same = cognate if foreign else alike
        return any(same(folded, word, language) for word in self._words)

    def _holds_letters(self, acronym: str) -> bool:
        """Acronyms change their order between languages: AI and IA, NATO and OTAN."""
        return any(Counter(acronym) == Counter(word) for word in self._words if len(word) == len(acronym))

    def _same_places(self, name: str, language: str) -> bool:
        named = territories(name, language)
        return bool(named) and named <= self._territories

    def _named_in_full(self, tokens: tuple[str, ...]) -> bool:
        """The quote says "Macron", the passage says that he is Emmanuel Macron."""
        return f" {' '.join(words(' '.join(tokens)))} " in f" {' '.join(words(self._wider))} "

    def _holds_german(self, name: NameMention) -> bool:
        """Two nouns side by side that the whole passage lacks in any form are taken for a name, nothing less."""
        tokens = name.tokens[1:] if name.opens else name.tokens
        known = [self._near(token, "de") for token in tokens]
        return self._language != "de" or all(one or other for one, other in pairwise(known))

    def _near(self, token: str, language: str) -> bool:
        """Whether the passage has the word in some form."""
        folded = "".join(words(token))
        return any(cognate(folded, word, language) for word in self._wider_words | self._joined)

    def _other_half(self, first: str, last: str, language: str) -> bool:
        """Whether the text gives one of two words of a name another partner."""
        if self._language == language != "de" and not is_title(first):
            return self._other_first(first, last, language)
        if language == "de" and self._language == "de" and not is_title(first):
            return False
        return self._other_last(first, last, language) or self._other_first(first, last, language)

    def _other_last(self, first: str, last: str, language: str) -> bool:
        """As "Michel Platini", where the text has a Michel Virlogeux and no Platini."""
        same = alike if language == self._language else cognate
        folded = "".join(words(first))
        partners = [b for a, b in self._pairs if same(folded, "".join(words(a)), language)]
        named = bool(partners) and all(b[:1].isupper() and not is_acronym(b) for b in partners)
        return named and not is_acronym(last) and not self._near(last, language)

    def _other_first(self, first: str, last: str, language: str) -> bool:
        """As "Barack Obama", where the text has a Michelle Obama and no Barack."""
        if is_title(first) or first.casefold() in ORDINARY.get(language, ()) or self._holds_token(first, language):
            return False
        folded = "".join(words(last))
        partners = [a for a, b in self._pairs if b[:1].isupper() and "".join(words(b)) == folded]
        small = ORDINARY.get(self._language, frozenset())
        others = [a for a in partners if a[:1].isupper() and not is_title(a) and a.casefold() not in small]
        return bool(others) and len(others) == len(self._pattern_count(folded))

    def _pattern_count(self, folded: str) -> list[str]:
        return [word for word in words(self._text) if word == folded]

    def _other_subject(self, name: NameMention) -> bool:
        """As "Macron signed it", where the text says "Hollande signed it" and the passage has no Macron."""
        (token,) = name.tokens
        if not name.behind or looks_like_a_noun(token, self._language) or self._near(token, self._language):
            return False
        small = name.behind[0] in ORDINARY.get(self._language, ())
        behind = name.behind[:2] if small else name.behind[:1]
        tokens = [match.group() for match in _WORD.finditer(self._text)]
        folded = ["".join(words(token)) for token in tokens]
        spots = [i for i in range(1, len(tokens)) if tuple(folded[i : i + len(behind)]) == behind]
        return bool(spots) and all(self._is_name(tokens[i - 1]) for i in spots)

    def _is_name(self, token: str) -> bool:
        lower = regex.search(rf"(?<!\w){regex.escape(token.lower())}(?!\w)", self._wider)
        capital = token[:1].isupper() and len(token) > 1 and not token.isdigit()
        return capital and not lower and not looks_like_a_noun(token, self._language)

    @property
    def _wider(self) -> str:
        # Not kept: each of a passage's sentences has a source of its own, and a passage may be long.
        return f"{self._passage}\n{self._context}"

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        """Words side by side, with a space or a hyphen between them."""
        found = list(_WORD.finditer(self._text))
        near = ((a, b) for a, b in pairwise(found) if self._text[a.end() : b.start()] in (" ", "-", "\u00a0"))
        return [(a.group(), b.group()) for a, b in near]

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(words(self._context))

    @cached_property
    def _wider_words(self) -> frozenset[str]:
        return frozenset(words(self._wider))

    @cached_property
    def _joined(self) -> frozenset[str]:
        """Two or three words written as one: "Viet Nam" is Vietnam."""
        found = words(self._context)
        pairs = {a + b for a, b in pairwise(found)}
        return frozenset(pairs | {"".join(found[i : i + 3]) for i in range(len(found) - 2)})

    @cached_property
    def _territories(self) -> frozenset[str]:
        return territories(self._context, self._language)
