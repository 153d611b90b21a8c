"""Why a sentence was found supported or not, in a few plain words."""

from rag import Signals, Verdict

NO_EVIDENCE = "no evidence"


def reason_for(verdict: Verdict) -> str:
    """What decided. The words of the sentence stand in it, to be escaped like those."""
    if verdict.signals is None:
        return NO_EVIDENCE
    missing = missing_in(verdict)
    if verdict.supported:
        return _why_supported(verdict.signals, verdict.log_odds, missing)
    return _why_not(verdict.signals, verdict.log_odds, missing)


def missing_in(verdict: Verdict) -> tuple[str, ...]:
    """The facts of the sentence that were not found, each once, as it writes them."""
    return tuple(dict.fromkeys(fact.text for fact in verdict.missing))


def _why_supported(signals: Signals, log_odds: float | None, missing: tuple[str, ...]) -> str:
    if signals.copied:
        return "repeats the quote"
    if log_odds is not None and log_odds > 0:
        return "the judge finds that the quote says it"
    if missing:
        return f"near enough to the quote, though not found: {', '.join(missing)}"
    if signals.held or signals.held_names:
        return "the quote holds every fact"
    return "the quote says much the same"


def _why_not(signals: Signals, log_odds: float | None, missing: tuple[str, ...]) -> str:
    named = f"not found: {', '.join(missing)}"
    told = (
        (signals.lacking > 0, named),
        (signals.unit, "a number counts something else in the quote"),
        (log_odds is not None and log_odds < 0, "the judge finds that the quote does not say it"),
        (signals.denied, "one of the two denies what the other says"),
        (signals.swapped, f"{named}; another name stands there"),
        (bool(missing), named),
        (signals.scope, 'says more than the quote: "only", "all", "first" or "must"'),
    )
    return next((words for so, words in told if so), "no quote is near enough to it")
