"""What the Articles place does when its page asks: each deed takes what a browser sent and answers with HTML."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from rag import DossierError, Library, Outcome, Removed
from ui.web.adding import MEMBER, Adder, Job
from ui.web.catalogue import Catalogue, Wanted
from ui.web.problems import own_words, problem_of
from ui.web.templates import macros
from ui.web.texts import Texts
from ui.web.undo import Undo
from ui.web.uploads import Uploads

FIELDS = ("title", "source", "date", "language", "author", "rubric", "url", "modified")
"""What can be corrected, in the order of the form."""

_MOST = 10_000  # articles that are named at once
_SHOWN = 400  # steps of a job that are shown; the rest are counted

Answer = dict[str, Any]
"""What a browser is told: HTML by the name of the place that it is for, and what is true now."""

Deed = Callable[[dict[str, Any], Texts], Answer]


class Shelf:
    """The deeds of the Articles place, for all browsers.

    Args:
        library: what they are done to.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._catalogue = Catalogue(library)
        self._adder = Adder(library, Uploads(library.folder))
        self._undo = Undo()
        self._adder.sweep()

        self._deeds: dict[str, Deed] = {
            "table": self._table,
            "form": self._form,
            "correct": self._correct,
            "as-read": self._as_read,
            "remove": self._remove,
            "take-back": self._take_back,
            "dismiss": self._dismiss,
            "add": self._add,
            "jobs": self._running,
            "progress": self._progress,
            "stop": self._stop,
            "feeds": self._feeds,
            "unfollow": self._unfollow,
        }

    def asked(self, asked: dict[str, Any]) -> Answer:
        """Do what a page asks for by the name of `deed`; what is wrong is told, in the language of the page."""
        t = Texts.of(str(asked.get("language")))
        self._undo.lapse()  # a table that is looked at asks every few seconds
        try:
            return self._deeds[asked["deed"]](asked, t)
        except DossierError as error:
            told = problem_of(error, t)
            return {"problem": str(macros("articles.html").problem(told.message, told.help, own_words(error, t)))}

    def _table(self, asked: dict[str, Any], t: Texts) -> Answer:
        rows = self._catalogue.rows(Wanted.of(asked), t)
        ready = self._library.readiness_of([row.id for row in rows.rows])
        picked = frozenset(_ids(asked))
        page = macros("articles.html").table(rows, ready, picked, t)
        return {"table": str(page), "found": rows.found, "total": rows.total, "page": rows.wanted.page}

    def _form(self, asked: dict[str, Any], t: Texts) -> Answer:
        article = self._library.article(str(asked["id"]))
        edited = {name for name, origin in article.provenance if origin == "edited"}
        return {"form": str(macros("articles.html").form(article, FIELDS, edited, t))}

    def _correct(self, asked: dict[str, Any], t: Texts) -> Answer:
        article_id = str(asked["id"])
        before = self._library.article(article_id)
        given = {name: str(asked["values"][name]) for name in FIELDS if name in asked["values"]}
        changed = {name: value for name, value in given.items() if _shown(before, name) != value.strip()}
        if not changed:
            return {"same": True}
        self._library.edit(article_id, **changed)
        return self._edited(article_id, before.provenance, {name: getattr(before, name) for name in changed}, t)

    def _as_read(self, asked: dict[str, Any], t: Texts) -> Answer:
        """Give a field the value again that was read from the article."""
        article_id, name = str(asked["id"]), str(asked["field"])
        before = self._library.article(article_id)
        self._library.edit(article_id, undo=[name])
        told = self._edited(article_id, before.provenance, {name: getattr(before, name)}, t)
        return told | self._form(asked, t)

    def _edited(
        self, article_id: str, provenance: Sequence[tuple[str, str]], values: dict[str, str | None], t: Texts
    ) -> Answer:
        """Offer to take an edit back: to what was read, or to what had been edited before."""
        edited = {name for name, origin in provenance if origin == "edited"}
        kept = {name: value for name, value in values.items() if name in edited}
        read = [name for name in values if name not in edited]
        token = self._undo.offer(partial(_back, self._library, article_id, read, kept))
        return {"notice": str(macros("articles.html").notice(t("articles-edited"), token, t))}

    def _remove(self, asked: dict[str, Any], t: Texts) -> Answer:
        removed = self._library.remove(*_ids(asked))
        token = self._undo.offer(partial(self._restore, removed), partial(self._let_go, removed))
        told = t("articles-removed", count=len(_ids(asked)))
        return {"notice": str(macros("articles.html").notice(told, token, t))}

    def _take_back(self, asked: dict[str, Any], t: Texts) -> Answer:
        done = self._undo.take_back(str(asked["token"]))
        told = t("articles-undone") if done else t("articles-not-undone")
        return {"notice": str(macros("articles.html").notice(told, "", t))}

    def _dismiss(self, asked: dict[str, Any], _: Texts) -> Answer:
        self._undo.dismiss(str(asked["token"]))
        return {}

    def _restore(self, removed: Sequence[Removed]) -> None:
        self._library.restore(removed)

    def _let_go(self, removed: Sequence[Removed]) -> None:
        """Delete the uploaded files of articles that nobody can bring back any more."""
        self._adder.forget(each.article.path.partition(MEMBER)[0] for each in removed if each.article.path)

    def _add(self, asked: dict[str, Any], t: Texts) -> Answer:
        match asked["kind"]:
            case "files":
                job = self._adder.files([(str(each["name"]), str(each["path"])) for each in asked["files"]], t)
            case "pages":
                job = self._adder.pages(str(asked["written"]), t)
            case "again":
                job = self._adder.look_again(t)
            case kind:
                job = self._adder.follow(str(asked["written"]), sitemap=kind == "sitemap", t=t)
        return {"job": job.id, **_job(job, t)}

    def _running(self, _: dict[str, Any], __: Texts) -> Answer:
        return {"jobs": [job.id for job in self._adder.running()]}

    def _progress(self, asked: dict[str, Any], t: Texts) -> Answer:
        job = self._adder.job(str(asked["job"]))
        return {"over": True} if job is None else _job(job, t)

    def _stop(self, asked: dict[str, Any], _: Texts) -> Answer:
        self._adder.stop(str(asked["job"]))
        return {}

    def _feeds(self, _: dict[str, Any], t: Texts) -> Answer:
        return {"feeds": str(macros("adding.html").feeds(self._adder.feeds.followed(), t))}

    def _unfollow(self, asked: dict[str, Any], t: Texts) -> Answer:
        self._adder.feeds.unfollow(str(asked["url"]))
        return self._feeds(asked, t)


def _job(job: Job, t: Texts) -> Answer:
    counts = {outcome: sum(step.outcome is outcome for step in job.steps) for outcome in Outcome}
    problems = [step for step in job.steps if step.outcome is Outcome.PROBLEM]
    shown = [*problems, *(step for step in reversed(job.steps) if step.outcome is not Outcome.PROBLEM)][:_SHOWN]
    page = macros("adding.html").progress(job, shown, counts, t)
    return {"progress": str(page), "over": job.over, "changed": len(job.steps)}


def _ids(asked: dict[str, Any]) -> list[str]:
    return [str(each) for each in asked.get("ids", ())][:_MOST]


def _shown(article: Any, name: str) -> str:  # noqa: ANN401 - the values of any field
    """The value of a field as the form has it."""
    value = getattr(article, name)
    return "" if value is None or (name, value) == ("language", "und") else str(value)


def _back(library: Library, article_id: str, read: Sequence[str], kept: dict[str, str | None]) -> None:
    library.edit(article_id, undo=read, **kept)
