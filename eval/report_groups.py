"""Questions in groups, by language or by tag, with the figures of each."""

from collections.abc import Callable, Mapping, Sequence

from documents import language_name
from eval.measures import MEASURES
from eval.records import NONE, Figure, Record
from eval.runs import Run
from eval.summary import by_language, figure

ALL = "All"
"""The group of all questions."""

MOST = 24
"""Languages, pairs or tags in a plot or table; more cannot be read."""

_SHORT = 16


class Group:
    """Questions that are looked at together; each of their figures is computed once, when it is first asked for.

    Args:
        records: the questions.
        seed: of the intervals.
    """

    def __init__(self, records: Sequence[Record], seed: int) -> None:
        self.questions = len(records)
        self._records = records
        self._seed = seed
        self._known: dict[str, Figure] = {}

    def figure(self, name: str) -> Figure:
        """One measure over the questions, by its name."""
        if name not in self._known:
            shares = [record.shares.get(name, NONE) for record in self._records]
            self._known[name] = figure(MEASURES[name], shares, self._seed)
        return self._known[name]


Groups = Mapping[str, Group]
"""Groups by what they are called, in the order in which they are shown."""


def groups_of(grouped: Mapping[str, Sequence[Record]], seed: int, name: Callable[[str], str] = str) -> Groups:
    """The groups with most questions, the largest first; those of one name are one group.

    Args:
        grouped: questions by a key.
        seed: of the intervals.
        name: what a key is called.
    """
    named: dict[str, list[Record]] = {}
    for key, records in grouped.items():
        named.setdefault(name(key), []).extend(records)
    ranked = sorted(named.items(), key=lambda pair: -len(pair[1]))[:MOST]
    return {title: Group(records, seed) for title, records in ranked}


def all_and_languages(run: Run) -> Groups:
    """All questions, and those of each language where there are several."""
    languages = groups_of(by_language(run.records), run.settings.seed, label)
    whole = {ALL: Group(run.records, run.settings.seed)}
    return {**whole, **languages, **whole} if len(languages) > 1 else whole


def label(code: str) -> str:
    """A language for people."""
    return language_name(code) or short(code) or "unknown"


def short(text: str) -> str:
    """The beginning of a text that can be anything; what cannot be printed is a question mark."""
    return "".join(c if c.isprintable() else "?" for c in text)[:_SHORT]
