"""The report of a run: one HTML file that needs nothing else, to be read on a phone as on a wide screen."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval.cautions import cautions
from eval.measures import MEASURES
from eval.plots import seconds
from eval.records import Record, RunSettings
from eval.report_figures import OTHER_SEARCHES, cards, lead, tables
from eval.report_groups import ALL, all_and_languages, label
from eval.report_plots import plots
from eval.report_questions import CASES, shown_questions
from eval.report_text import language_tag, visible
from eval.runs import REPORT, Run, RunError


def write_report(run: Run, path: Path | None = None) -> Path:
    """Write the report of a run.

    Args:
        run: as far as it has come.
        path: where to; None takes the run's own folder.

    Returns:
        The file.

    Raises:
        RunError: it cannot be written.
    """
    target, html = path or run.folder / REPORT, report_html(run)
    try:
        target.write_text(html, encoding="utf-8")
    except OSError as error:
        raise RunError(
            f"{target} cannot be written: {error.strerror}.", help="Name another file: --out FILE"
        ) from error
    return target


def report_html(run: Run) -> str:
    """The report of a run as HTML."""
    questions, groups = shown_questions(run.records), all_and_languages(run)
    counts = Counter(question.case for question in questions)
    languages = Counter(record.question.language for record in run.records)
    return (
        _environment()
        .get_template("report.html")
        .render(
            settings=run.settings,
            started=_moment(run.settings.started),
            total=len(questions),
            lead=lead(run),
            cards=cards(groups[ALL]),
            cautions=cautions(run),
            plots=plots(run, groups),
            tables=tables(run, groups),
            questions=questions,
            cases={case: counts[case] for case in CASES if counts[case]},
            languages=[code for code, _ in languages.most_common()],
            unsupported=sum(question.supported < len(question.sentences) for question in questions),
            made=list(_made(run.settings)),
        )
    )


def _scores(record: Record) -> Iterator[tuple[str, str]]:
    """What each measure says of one question, but for the ways of searching that answers do not come from."""
    for name, share in record.shares.items():
        measure = MEASURES.get(name)
        if not measure or not share.of or name.endswith(OTHER_SEARCHES):
            continue
        if measure.unit == "s":
            yield measure.title.removesuffix(", s"), seconds(share.hits)
        elif share.of == 1 or measure.unit == "tokens":
            yield measure.title, f"{share.hits:.2f}".rstrip("0").rstrip(".")
        else:
            yield measure.title, f"{share.hits:g} of {share.of}"


def _made(settings: RunSettings) -> Iterator[tuple[str, str]]:
    yield "Questions", f"{len(settings.questions):,} of {settings.dataset}"
    yield "Fingerprint of questions and articles", settings.fingerprint
    yield "Model", _named(settings.model)
    yield "Embedding model", _named(settings.embedding)
    yield "Passages read", f"{settings.k}{_sizes(settings.passages)}"
    yield "Search", ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in settings.search.items())
    yield "Passage states", "on" if settings.states else "off"
    yield "Judge of sentences", settings.judge or "none: facts, words and vectors alone"
    yield "Seed of the intervals", str(settings.seed)
    yield "Versions", ", ".join(f"{name} {version}" for name, version in settings.versions.items())
    yield "Commit", settings.commit or "not known"
    cores, memory = settings.machine.get("cores", 0), settings.machine.get("memory", 0)
    yield "Machine", f"{cores} cores, {memory / 2**30:.0f} GiB of memory"
    yield "Started", _moment(settings.started)


def _named(model: dict[str, str]) -> str:
    return f"{model['name']} (sha256 {model['hash'][:16]}…)" if model.get("hash") else model["name"]


def _sizes(passages: dict[str, int]) -> str:
    if not passages:
        return ""
    return f", of {passages['target']} tokens, at most {passages['maximum']}"


def _moment(iso: str) -> str:
    """A time in words; what is none, as it is."""
    try:
        return f"{datetime.fromisoformat(iso).astimezone(UTC):%d %b %Y, %H:%M} UTC"
    except ValueError:
        return iso


def _shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template shows
    return visible(value) if type(value) is str else value  # markup, a kind of str, was made visible before


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("eval", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters |= {"language_tag": language_tag, "language_name": label, "seconds": seconds, "scores": _scores}
    return environment
