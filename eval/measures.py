"""The table of measures: what each is called, who defined it, which way is better, and how a question counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from eval import outcomes
from eval.metrics import ndcg_at, recall_at, reciprocal_rank
from eval.outcomes import Outcome, Ranking
from eval.records import NONE, Share

Method = Literal["hybrid", "dense", "words"]

DEPTH = 10
"""How many passages of a ranking are looked at."""

METHODS: Mapping[Method, str] = {
    "hybrid": "",
    "dense": ", by vectors alone",
    "words": ", by words alone (BM25)",
}
"""The ways of ranking passages: the one that answers come from, and the two that it is made of."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure.

    Attributes:
        name: what its figures are called.
        title: for people.
        better: whether more of it or less is better.
        unit: "share" of a whole; "s" or "tokens", of which the median is taken.
        source: who defined it.
        part: what one question adds.
        judged: whether a worse figure means a worse program. Times tell as much of the machine, and searching by
            vectors or words alone is only there to be compared with.
    """

    name: str
    title: str
    better: Literal["more", "less"]
    unit: Literal["share", "s", "tokens"]
    source: str
    part: Callable[[Outcome], Share]
    judged: bool = True


def shares_of(outcome: Outcome) -> dict[str, Share]:
    """What each measure says of one answer."""
    return {name: measure.part(outcome) for name, measure in MEASURES.items()}


def faults(shares: Mapping[str, Share]) -> tuple[str, ...]:
    """Why a question was not handled well, in plain words; empty where it was."""
    said = [words for name, words in _FAULTS.items() if _falls_short(shares.get(name, NONE), MEASURES[name].better)]
    # Who abstains gives no right answer either: that says it all.
    return tuple(said[:1] if said[:1] == [_FAULTS["false_abstentions"]] else said)


def _falls_short(share: Share, better: Literal["more", "less"]) -> bool:
    return share.hits > 0 if better == "less" else share.hits < share.of


def _retrieval(method: Method, suffix: str) -> list[Measure]:
    named = "" if method == "hybrid" else f" {method}"
    return [
        Measure(f"{name}{named}", f"{name}{suffix}", "more", "share", source, _ranked(method, score), not named)
        for name, source, score in _RANKINGS
    ]


def _ranked(method: str, score: Callable[[Ranking], float]) -> Callable[[Outcome], Share]:
    def part(outcome: Outcome) -> Share:
        ranking = outcome.rankings[method]
        return Share(score(ranking), 1) if ranking.relevant else NONE

    return part


def _time(name: str) -> Callable[[Outcome], Share]:
    def part(outcome: Outcome) -> Share:
        seconds = getattr(outcome.answer.timing, name)
        return NONE if seconds is None else Share(seconds, 1)

    return part


def _tokens(outcome: Outcome) -> Share:
    return NONE if outcome.answer.abstained else Share(outcome.tokens, 1)


_OWN = "Dossier"
_ALCE = "ALCE (Gao et al., 2023)"
_SQUAD, _SQUAD2 = "SQuAD (Rajpurkar et al., 2016)", "SQuAD 2.0 (Rajpurkar et al., 2018)"

_RANKINGS: tuple[tuple[str, str, Callable[[Ranking], float]], ...] = (
    ("recall@1", "recall in the first k", lambda r: recall_at(1, r.found, r.relevant)),
    ("recall@5", "recall in the first k", lambda r: recall_at(5, r.found, r.relevant)),
    ("MRR@10", "TREC-8 (Voorhees, 1999)", lambda r: reciprocal_rank(r.found[:DEPTH], r.relevant)),
    ("nDCG@10", "Järvelin and Kekäläinen (2002)", lambda r: ndcg_at(DEPTH, r.found, r.relevant)),
)

_ALL = (
    Measure("handled_well", "handled well in every way", "more", "share", _OWN, outcomes.handled_well),
    Measure("answer_right", "answer holds the expected one", "more", "share", _OWN, outcomes.answer_right),
    Measure("token_f1", "token F1", "more", "share", _SQUAD, outcomes.words_right),
    Measure("language_right", "language is right", "more", "share", _OWN, outcomes.language_right),
    Measure("copied", "answer repeats a passage", "less", "share", _OWN, outcomes.copied),
    Measure("faithful", "sentences the evidence supports", "more", "share", _OWN, outcomes.faithful),
    Measure("citation_recall", "sentences their citations support", "more", "share", _ALCE, lambda o: o.recall),
    Measure("citation_precision", "citations that are needed", "more", "share", _ALCE, lambda o: o.precision),
    Measure("gold_precision", "citations that state the fact", "more", "share", _OWN, outcomes.gold_precision),
    Measure("gold_recall", "answers with such a citation", "more", "share", _OWN, outcomes.gold_recall),
    Measure("verbatim", "quotes verbatim", "more", "share", _OWN, lambda o: o.verbatim),
    Measure("drafts_kept", "drafted sentences shown", "more", "share", _OWN, outcomes.drafts_kept, judged=False),
    Measure("false_answers", "false answers", "less", "share", _SQUAD2, outcomes.false_answer),
    Measure("near_misses", "false answers to near misses", "less", "share", _OWN, outcomes.false_near_miss),
    Measure("false_abstentions", "false abstentions", "less", "share", _SQUAD2, outcomes.false_abstention),
    *(measure for method, suffix in METHODS.items() for measure in _retrieval(method, suffix)),
    Measure("retrieve_s", "evidence, s", "less", "s", _OWN, _time("retrieve_s"), judged=False),
    Measure("first_token_s", "first word, s", "less", "s", _OWN, _time("first_token_s"), judged=False),
    Measure("check_s", "checking its sentences, s", "less", "s", _OWN, _time("check_s"), judged=False),
    Measure("total_s", "whole answer, s", "less", "s", _OWN, _time("total_s"), judged=False),
    Measure("tokens", "tokens of an answer", "less", "tokens", _OWN, _tokens, judged=False),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
"""Every measure by its name, in the order in which they are shown."""

_FAULTS = {
    "false_abstentions": "abstains where the articles answer",
    "false_answers": "answers what the articles do not say",
    "answer_right": "does not hold the expected answer",
    "language_right": "is in another language than asked for",
    "faithful": "says what the evidence does not",
    "copied": "repeats a passage instead of answering",
}
