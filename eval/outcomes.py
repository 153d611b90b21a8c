"""All that is known of one answer, and the part that it has in each measure: pure functions of an Outcome.

Where a measure does not apply, its part is NONE.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from eval.answers import answer_is_right, copies, language_is_right, token_f1
from eval.citations import states_the_fact
from eval.faithfulness import Faithfulness
from eval.questions import Question
from eval.records import NONE, Share
from rag import Answer


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a search found for a question.

    Attributes:
        found: names of what was found, best first, each once.
        relevant: the names of what should be found; empty where nobody knows.
    """

    found: tuple[str, ...]
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is known of one answer.

    Attributes:
        question: what was asked.
        answer: what came back.
        faithfulness: the sentences shown, against all the evidence.
        recall: ALCE's citation recall, with the support check.
        precision: ALCE's citation precision, with the support check.
        verbatim: citations that stand in the stored article, to the letter.
        rankings: what each way of searching found.
        tokens: of the answer as it is shown.
    """

    question: Question
    answer: Answer
    faithfulness: Faithfulness
    recall: Share
    precision: Share
    verbatim: Share
    rankings: Mapping[str, Ranking]
    tokens: int

    @property
    def answered(self) -> bool:
        """Whether a question that has an answer got one."""
        return self.question.answerable and not self.answer.abstained

    @property
    def has_gold(self) -> bool:
        """Whether it is known what a citation should hold."""
        return bool(self.question.quotes or self.question.answers)


def one(hit: bool, *, applies: bool = True) -> Share:
    """The part of a question that counts as one."""
    return Share(int(hit), 1) if applies else NONE


def handled_well(outcome: Outcome) -> Share:
    """Everything at once, so that being good at one thing alone does not win.

    An answerable question is answered as expected, in the right language, every sentence supported, and not by
    repeating a passage; another is not answered.
    """
    if not outcome.question.answerable:
        return one(outcome.answer.abstained)
    parts = (answer_right(outcome), language_right(outcome), faithful(outcome))
    whole = all(part.hits == part.of for part in parts)
    return one(outcome.answered and whole and not copied(outcome).hits)


def answer_right(outcome: Outcome) -> Share:
    """Whether the answer holds the gold; an abstention does not."""
    right = outcome.answered and answer_is_right(outcome.answer.text, outcome.question)
    return one(right, applies=bool(outcome.question.answers))


def words_right(outcome: Outcome) -> Share:
    """Token F1; 0 for an abstention."""
    question = outcome.question
    gold = [" ".join((answer, *question.also[:1])) for answer in question.answers]
    return Share(token_f1(outcome.answer.text, gold) if outcome.answered else 0.0, 1) if gold else NONE


def language_right(outcome: Outcome) -> Share:
    """Whether the answer, or the abstention, is in the language that it should be in."""
    question = outcome.question
    return one(language_is_right(outcome.answer.text, question.answer_language or question.language))


def copied(outcome: Outcome) -> Share:
    """Whether what was answered repeats a passage."""
    passages = (evidence.passage.text for evidence in outcome.answer.evidence)
    shown = not outcome.answer.abstained
    return one(shown and copies(outcome.answer.text, passages), applies=shown)


def faithful(outcome: Outcome) -> Share:
    """The sentences of the answer that the evidence supports."""
    sentences = outcome.faithfulness.sentences
    return Share(sum(sentence.supported for sentence in sentences), len(sentences))


def drafts_kept(outcome: Outcome) -> Share:
    """The sentences that the model wrote and Dossier showed."""
    drafted = outcome.answer.sentences
    return Share(sum(sentence.supported for sentence in drafted), len(drafted))


def gold_precision(outcome: Outcome) -> Share:
    """The citations that state what was asked."""
    if not outcome.answered or not outcome.has_gold:
        return NONE
    citations = outcome.answer.citations
    return Share(sum(states_the_fact(citation, outcome.question) for citation in citations), len(citations))


def gold_recall(outcome: Outcome) -> Share:
    """Whether any citation states what was asked."""
    return one(gold_precision(outcome).hits > 0, applies=outcome.answered and outcome.has_gold)


def false_answer(outcome: Outcome) -> Share:
    """Whether a question that the articles do not answer was answered."""
    return one(not outcome.answer.abstained, applies=not outcome.question.answerable)


def false_near_miss(outcome: Outcome) -> Share:
    """The same, where the articles say much about what was asked."""
    return false_answer(outcome) if "near-miss" in outcome.question.tags else NONE


def false_abstention(outcome: Outcome) -> Share:
    """Whether a question that the articles answer was not answered."""
    return one(outcome.answer.abstained, applies=outcome.question.answerable)
