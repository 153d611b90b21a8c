"""The figures of a run as the report shows them: headline cards, tables, and the words above them."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.measures import MEASURES, Measure
from eval.plots import seconds
from eval.records import Figure, Record
from eval.report_groups import ALL, MOST, Group, Groups, groups_of
from eval.runs import Run
from eval.summary import total

_HEADLINE = {
    "handled_well": "Answered as expected, in the right language, every sentence supported and no passage copied; or, "
    "where the articles hold no answer, not answered.",
    "answer_right": "Of the questions that the articles answer, those whose answer holds the expected one.",
    "faithful": "Of the sentences shown as fact, those that the passages found support.",
    "citation_recall": "The same, but each sentence only by what it cites itself.",
    "false_answers": "Of the questions that the articles do not answer, those that got an answer all the same.",
    "false_abstentions": "Of the questions that the articles answer, those that got none.",
    "first_token_s": "From the question to the first word: the median over questions, on this machine.",
    "total_s": "From the question to the whole answer: the median over questions, on this machine.",
}
"""What is shown first, and what it means."""

OTHER_SEARCHES = (" dense", " words")
"""How the names of measures end that are of searches no answer comes from: by vectors, by words."""

_OF_TAGS = ("handled_well", "answer_right", "faithful", "false_abstentions", "false_answers", "total_s")
_ARROWS = {"more": "↑", "less": "↓"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table, with a smaller note below it."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table whose first column names the rows."""

    caption: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A headline figure.

    Attributes:
        title: what it is of.
        value: as people write it.
        interval: the 95 % interval.
        count: of how many questions it is.
        meaning: one plain line.
        better: whether more of it or less is better, in words.
        strip: where the interval begins, the value and where it ends, in [0, 1]; None where it is no share.
    """

    title: str
    value: str
    interval: str
    count: str
    meaning: str
    better: str
    strip: tuple[float, float, float] | None


def lead(run: Run) -> str:
    """The run in three sentences."""
    right, missed = total("answer_right", run.records), total("false_abstentions", run.records)
    false, faithful = total("false_answers", run.records), total("faithful", run.records)
    said = []
    if missed.of:
        said.append(
            f"Of {missed.of:,} questions that the articles answer, {missed.of - missed.hits:,.0f} got an answer"
            + (f", {right.hits:,.0f} the expected one." if right.of == missed.of else ".")
        )
    if false.of:
        said.append(f"Of {false.of:,} that they do not answer, {false.hits:,.0f} got an answer all the same.")
    if faithful.of:
        said.append(f"The evidence supports {faithful.hits:,.0f} of {faithful.of:,} sentences that were shown as fact.")
    return " ".join(said) or "No question has been asked yet."


def cards(whole: Group) -> list[Card]:
    """The headline figures that there are."""
    return [_card(whole.figure(name), meaning) for name, meaning in _HEADLINE.items() if whole.figure(name).count]


def tables(run: Run, groups: Groups) -> list[FigureTable]:
    """All figures by language, those of each way of searching, and the main ones by tag."""
    return [_languages_table(groups), *_searches_table(groups[ALL]), *_tags_table(run)]


def figures_table(caption: str, groups: Groups, names: Sequence[str]) -> FigureTable:
    """Some measures, one column each, for groups of questions, one row each."""
    columns = (Cell(""), *(Cell(_heading(MEASURES[name]).text) for name in names))
    rows = tuple(
        (Cell(title, count(group.questions)), *(_cell(group.figure(name)) for name in names))
        for title, group in groups.items()
    )
    return FigureTable(caption, columns, rows)


def count(questions: int) -> str:
    """How many questions."""
    return f"{questions:,} {'question' if questions == 1 else 'questions'}"


def _languages_table(groups: Groups) -> FigureTable:
    columns = (Cell(""), *(Cell(title, count(group.questions)) for title, group in groups.items()))
    rows = tuple(
        (_heading(measure), *(_cell(group.figure(name)) for group in groups.values()))
        for name, measure in MEASURES.items()
        if not name.endswith(OTHER_SEARCHES) and groups[ALL].figure(name).count
    )
    return FigureTable("Every figure, by language of the question", columns, rows)


def _searches_table(whole: Group) -> list[FigureTable]:
    names = [name for name in MEASURES if name + OTHER_SEARCHES[0] in MEASURES]
    if not any(whole.figure(name).count for name in names):
        return []
    ways = dict(
        zip(
            ("Both together, as for answers", "Vectors alone", "Words alone (BM25)"), ("", *OTHER_SEARCHES), strict=True
        )
    )
    columns = (Cell(""), *(_heading(MEASURES[name]) for name in names))
    rows = tuple((Cell(way), *(_cell(whole.figure(name + end)) for name in names)) for way, end in ways.items())
    return [FigureTable("The search, and the two that it is made of", columns, rows)]


def _tags_table(run: Run) -> list[FigureTable]:
    tagged: dict[str, list[Record]] = {}
    for record in run.records:
        for tag in dict.fromkeys(record.question.tags):
            tagged.setdefault(tag, []).append(record)
    some = f" (the {MOST} most frequent of {len(tagged):,})" if len(tagged) > MOST else ""
    groups = groups_of(tagged, run.settings.seed)
    return [figures_table(f"The main figures, by tag{some}", groups, _OF_TAGS)] if groups else []


def _heading(measure: Measure) -> Cell:
    return Cell(f"{_title(measure)}\u00a0{_ARROWS[measure.better]}", measure.source if "(" in measure.source else "")


def _title(measure: Measure) -> str:
    title = measure.title.removesuffix(", s")
    return title if title[1].isupper() else title[0].upper() + title[1:]


def _cell(found: Figure) -> Cell:
    measure = MEASURES[found.name]
    if found.value is None:
        return Cell("–")
    return Cell(_value(measure, found.value), f"{_between(measure, found)} · {found.count:,}".lstrip(" ·"))


def _value(measure: Measure, value: float) -> str:
    if measure.unit == "share":
        return f"{value:.0%}"
    return seconds(value) if measure.unit == "s" else f"{value:.0f}"


def _between(measure: Measure, found: Figure) -> str:
    if found.low is None or found.high is None:
        return ""
    low, high = _value(measure, found.low), _value(measure, found.high)
    for unit in ("%", " ms", " s"):
        if low.endswith(unit) and high.endswith(unit):
            low = low.removesuffix(unit)
    return f"{low}–{high}"


def _card(found: Figure, meaning: str) -> Card:
    measure, value = MEASURES[found.name], found.value or 0.0
    low, high = (value if end is None else end for end in (found.low, found.high))
    return Card(
        title=_title(measure),
        value=_value(measure, value),
        interval=f"95% interval {_between(measure, found) or 'not known'}",
        count=count(found.count),
        meaning=meaning,
        better=f"{_ARROWS[measure.better]} {measure.better} is better",
        strip=(low, value, high) if measure.unit == "share" else None,
    )
