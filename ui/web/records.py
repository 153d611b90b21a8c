"""An exchange as JSON, and back: what is stored of a conversation."""

import json
from dataclasses import asdict
from typing import Any

from documents import Place, PlaceKind, Section, SectionKind
from rag import Conflict, Filters, ModelNames, Sentence, Timing
from ui.web.exchange import Exchange, Origin, Outcome, Problem, Quote

_GROWING = ("ahead", "draft")  # says something only while an answer is made


def to_json(exchange: Exchange) -> str:
    """An exchange that is over; every letter as ASCII, since an article may hold halves of characters."""
    return json.dumps({name: value for name, value in asdict(exchange).items() if name not in _GROWING})


def from_json(record: str) -> Exchange:
    """The exchange that was stored."""
    return _exchange(json.loads(record))


def scope_to_json(scope: Filters | None) -> str | None:
    """Which articles a conversation is about; None for all."""
    return None if scope is None else json.dumps(asdict(scope))


def scope_from_json(record: str | None) -> Filters | None:
    """What was stored of it."""
    return None if record is None else _scope(json.loads(record))


def _exchange(plain: dict[str, Any]) -> Exchange:
    evidence, answer, problem, scope = (plain[name] for name in ("evidence", "answer", "problem", "scope"))
    made = {
        "evidence": None if evidence is None else tuple(map(_quote, evidence)),
        "sentences": tuple(_sentence(each) for each in plain["sentences"]),
        "citations": tuple(map(_quote, plain["citations"])),
        "answer": None if answer is None else _outcome(answer),
        "problem": None if problem is None else Problem(**problem),
        "scope": None if scope is None else _scope(scope),
    }
    return Exchange(**plain | made)


def _quote(plain: dict[str, Any]) -> Quote:
    article, teaser = plain["article"], plain["teaser"]
    section = None if teaser is None else Section(**teaser | {"kind": SectionKind(teaser["kind"])})
    places = tuple(Place(**place | {"kind": PlaceKind(place["kind"])}) for place in article["places"])
    return Quote(**plain | {"article": Origin(**article | {"places": places}), "teaser": section})


def _sentence(plain: dict[str, Any]) -> Sentence:
    return Sentence(**plain | {"citations": tuple(plain["citations"]), "missing": tuple(plain["missing"])})


def _outcome(plain: dict[str, Any]) -> Outcome:
    made = {
        "timing": Timing(**plain["timing"]),
        "model": ModelNames(**plain["model"]),
        "conflicts": tuple(Conflict(**each) for each in plain["conflicts"]),
    }
    return Outcome(**plain | made)


def _scope(plain: dict[str, Any]) -> Filters:
    return Filters(**plain | {name: tuple(plain[name]) for name in ("sources", "languages", "articles")})
