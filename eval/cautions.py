"""What a reader of a run's figures could be misled by, in words."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from documents import language_name
from eval.classification import wilson
from eval.records import NONE, Record, Share
from eval.runs import Run
from eval.summary import total

FEW = 30
"""Below so many questions a share is hardly known."""

_MANY = 1 / 3
"""Abstentions from which on they shape the other figures."""


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to keep in mind."""

    title: str
    text: str


def cautions(run: Run) -> tuple[Caution, ...]:
    """All that applies to a run, what weighs most first."""
    return tuple(caution for check in _CHECKS for caution in check(run))


def _incomplete(run: Run) -> Iterator[Caution]:
    asked, meant = len(run.records), len(run.settings.questions)
    if asked < meant:
        yield Caution(
            "The run is not complete.",
            f"{asked:,} of {meant:,} questions have been asked. Starting it again goes on where it stopped.",
        )


def _abstains(run: Run) -> Iterator[Caution]:
    share = total("false_abstentions", run.records)
    if share.of and share.hits >= share.of * _MANY:
        title = "It never answers." if share.hits == share.of else "It often does not answer."
        yield Caution(
            title,
            f"{_of(share)} questions that the articles answer were not answered. Who abstains says nothing that is "
            "unsupported and gives no false answer, so those figures look better than the program is. "
            "“Handled well” and the answers that hold the expected one count each such question as a failure.",
        )


def _answers_all(run: Run) -> Iterator[Caution]:
    share = total("false_answers", run.records)
    if not share.of and run.records:
        yield Caution(
            "Nothing tells whether it makes answers up.",
            "Every question in this set has an answer in the articles, so false answers cannot be seen, and one who "
            "always answers loses nothing.",
        )
    elif share.of and share.hits == share.of:
        yield Caution(
            "It answers everything.",
            f"{_of(share)} questions that the articles do not answer got an answer all the same. That it abstains "
            "from no other question is then no merit.",
        )


def _copies(run: Run) -> Iterator[Caution]:
    share, well = total("copied", run.records), total("handled_well", run.records)
    if not share.hits:
        return
    f1, right = total("token_f1", run.records), total("answer_right", run.records)
    length = median(record.tokens for record in run.records if not record.answer["abstained"])
    yield Caution(
        f"{_of(share)} answers repeat a passage.",
        "A copied passage is supported word for word and often holds the expected answer somewhere, so faithfulness, "
        f"citations and answers that hold the expected one ({_percent(right)}) are flattered. Copying does not win "
        f"overall: such an answer does not count as handled well ({_percent(well)}). It also shows in the token F1 "
        f"of {_percent(f1)} and in a median length of {length:.0f} tokens.",
    )


def _supported_but_wrong(run: Run) -> Iterator[Caution]:
    answered = [record for record in run.records if _is(record, "answer_right") and not record.answer["abstained"]]
    wrong = [record for record in answered if record.shares["answer_right"].hits == 0]
    faithful = [record for record in wrong if record.faithfulness.score == 1]
    if faithful:
        yield Caution(
            "Supported is not the same as right.",
            f"Of {len(wrong):,} answers without the expected one, {len(faithful):,} have nothing but supported "
            "sentences. Support compares a sentence with its quote; it does not ask "
            "whether the quote is about what was asked.",
        )


def _same_check(run: Run) -> Iterator[Caution]:
    drafted = total("drafts_kept", run.records)
    if drafted.of:
        left_out = Share(drafted.of - drafted.hits, drafted.of)
        yield Caution(
            "What is scored as supported was let through by a check of the same kind.",
            f"While answering, {_of(left_out)} sentences that the model wrote were found unsupported and not shown. "
            "That most of the others count as supported is expected, and no proof. How often the check itself errs is "
            "measured on labelled pairs: dossier eval scorer.",
        )


def _few(run: Run) -> Iterator[Caution]:
    counts = Counter(record.question.language for record in run.records)
    few = [(language_name(code) or code, count) for code, count in counts.most_common() if count < FEW]
    if few:
        listed = ", ".join(f"{name} {count}" for name, count in few)
        low, high = wilson(few[-1][1] // 2, few[-1][1])
        yield Caution(
            "Counts are small.",
            f"Questions by language: {listed}. Of {few[-1][1]} questions, a share near one half is known only to "
            f"within about {50 * (high - low):.0f} points either way: a difference between languages that "
            "is smaller than the intervals says nothing.",
        )


def _seen(run: Run) -> Iterator[Caution]:
    seen = sum(record.question.split == "dev" for record in run.records)
    if seen:
        yield Caution(
            "Some questions were looked at while working.",
            f"{seen:,} of {len(run.records):,} are dev questions, with which prompts and thresholds may have been "
            "chosen. Only test questions tell how new ones would do.",
        )


def _unjudged(run: Run) -> Iterator[Caution]:
    bare = sum(record.question.answerable and not record.question.answers for record in run.records)
    if bare:
        yield Caution(
            "Not every answer can be compared.",
            f"For {bare:,} of {len(run.records):,} questions the set gives no expected answer; whether those are right "
            "is not counted anywhere.",
        )


def _changed(run: Run) -> Iterator[Caution]:
    if run.settings.commit.endswith("+changes"):
        yield Caution(
            "The program differed from its commit.",
            "Files had been changed and not committed, so the commit alone does not give these figures again.",
        )


_CHECKS: Sequence[Callable[[Run], Iterator[Caution]]] = (
    _incomplete,
    _abstains,
    _answers_all,
    _copies,
    _supported_but_wrong,
    _same_check,
    _few,
    _seen,
    _unjudged,
    _changed,
)


def _is(record: Record, name: str) -> bool:
    return record.shares.get(name, NONE).of > 0


def _of(share: Share) -> str:
    return f"{share.hits:,.0f} of {share.of:,}"


def _percent(share: Share) -> str:
    return f"{share.hits / share.of:.0%}" if share.of else "none counted"
