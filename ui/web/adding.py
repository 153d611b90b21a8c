"""Adding articles while somebody looks on: files, pages and feeds, each a job whose steps can be asked for.

A job goes on when its browser is closed: each article is on the disk before it is a step.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock, Thread
from typing import Any

from documents import ArticleError, web_address
from rag import AddReport, DossierError, Feeds, Library, Outcome, Progress
from ui.web.exchange import Problem
from ui.web.problems import own_words, problem_of
from ui.web.texts import Texts
from ui.web.uploads import Uploads

logger = logging.getLogger(__name__)

_KEPT = 20  # jobs whose steps can still be asked for
_MOST_ADDRESSES = 2_000

MEMBER = "::"
"""Between a file and one of the articles in it."""

Told = Callable[[Progress], None]
Work = Callable[[Told], AddReport]


class StoppedError(Exception):
    """Somebody has had enough of a job."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one source.

    Attributes:
        name: what the user calls it: a file's name or an address.
        outcome: what became of it.
        problem: what is wrong with it, "" when nothing is.
        help: what to do about it.
        article_id: None where there is no article.
        said: the library's own words for the problem, where the interface speaks another language.
    """

    name: str
    outcome: Outcome
    problem: str = ""
    help: str = ""
    article_id: str | None = None
    said: str = ""


@dataclass
class Job:
    """Articles being added.

    Attributes:
        id: what it is asked for by.
        steps: what is done, in order.
        total: how many sources there are, as far as is known.
        waiting: whether another job is before it.
        over: whether nothing more will come.
        problem: what ended it.
        said: the library's own words for that, where the interface speaks another language.
        stopped: whether somebody ended it.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    steps: list[Step] = field(default_factory=list)
    total: int = 0
    waiting: bool = True
    over: bool = False
    problem: Problem | None = None
    said: str = ""
    stopped: bool = False


class Adder:
    """Does the jobs of all browsers, one at a time.

    Args:
        library: is added to.
        uploads: where files are kept.
    """

    def __init__(self, library: Library, uploads: Uploads) -> None:
        self._library = library
        self._uploads = uploads
        self._turn = Lock()
        self._lock = Lock()  # around the jobs, and around files that come and go
        self._jobs: dict[str, Job] = {}
        self._wanted: Counter[str] = Counter()  # files, by how many jobs still mean to read them

    def job(self, job_id: str) -> Job | None:
        """A job, while it is remembered."""
        return self._jobs.get(job_id)

    def running(self) -> list[Job]:
        """The jobs that are not over, oldest first; whoever opens the page sees them go on."""
        return [job for job in list(self._jobs.values()) if not job.over]

    def files(self, sent: Sequence[tuple[str, str]], t: Texts) -> Job:
        """Add files that a browser has sent: pairs of their names and where they are now."""
        job = Job(total=len(sent))
        names: dict[str, str] = {}
        for name, path in sent:
            try:
                names[self._kept(path, name, names)] = name
            except (OSError, ValueError):  # a path with a NUL is no path
                logger.exception("an uploaded file cannot be kept")
                job.steps.append(Step(name, Outcome.PROBLEM, t("adding-not-kept")))
        return self._start(job, lambda told: self._library.add(*names, progress=told), t, names)

    def pages(self, written: str, t: Texts) -> Job:
        """Add web pages.

        Args:
            written: their addresses, one a line or apart by spaces.
            t: the words of the interface.
        """
        job = Job()
        given = list(dict.fromkeys(written.split()))[:_MOST_ADDRESSES]
        found = {each: web_address(each if "://" in each else f"https://{each}") for each in given}
        # Anything else would be read as the name of a file on the machine that the library is on.
        job.steps += [Step(each, Outcome.PROBLEM, t("adding-no-address")) for each, url in found.items() if not url]
        urls = list(dict.fromkeys(url for url in found.values() if url))
        job.total = len(urls) + len(job.steps)
        return self._start(job, lambda told: self._library.add(*urls, progress=told), t)

    def follow(self, url: str, *, sitemap: bool, t: Texts) -> Job:
        """Follow a feed, or the sitemap of a site, and add what it names."""
        address = url.strip() if "://" in url else f"https://{url.strip()}"
        kind: Any = "sitemap" if sitemap else "feed"
        return self._start(Job(), lambda told: self.feeds.follow(address, kind=kind, progress=told).report, t)

    def look_again(self, t: Texts) -> Job:
        """Look at all that is followed, and add what is new."""
        return self._start(Job(), lambda told: self.feeds.update(progress=told).report, t)

    @property
    def feeds(self) -> Feeds:
        """What the library follows."""
        return self._library.feeds

    def stop(self, job_id: str) -> None:
        """End a job with the article that is being read."""
        job = self._jobs.get(job_id)
        if job is not None:
            job.stopped = True

    def forget(self, paths: Iterable[str]) -> None:
        """Delete uploaded files that no article is made of, unless a job still means to read them.

        Whoever makes room waits for nothing of it: what cannot be deleted now goes when the chat starts again.
        """
        try:
            with self._lock:
                used = used_files(self._library) | set(self._wanted)
                for path in paths:
                    self._uploads.forget(path, used)
        except (OSError, DossierError):
            logger.exception("uploaded files that nothing is made of cannot be deleted")

    def sweep(self) -> None:
        """Delete what was uploaded and no article is made of; when the chat starts, nobody can bring those back."""
        try:
            with self._lock:
                self._uploads.sweep(used_files(self._library) | set(self._wanted))
        except (OSError, DossierError):
            logger.exception("uploaded files that nothing is made of cannot be deleted")

    def _kept(self, temporary: str, name: str, names: Container[str]) -> str:
        """Where a file is that was sent; from now on it is wanted."""
        with self._lock:
            path = str(self._uploads.keep(temporary, name))
            if path not in names:
                self._wanted[path] += 1
        return path

    def _start(self, job: Job, work: Work, t: Texts, names: dict[str, str] | None = None) -> Job:
        with self._lock:
            self._jobs[job.id] = job
            over = [each.id for each in self._jobs.values() if each.over]
            for old in over[:-_KEPT]:
                del self._jobs[old]
        Thread(target=self._run, args=(job, work, t, names or {}), name="dossier-adds", daemon=True).start()
        return job

    def _run(self, job: Job, work: Work, t: Texts, names: dict[str, str]) -> None:
        before = len(job.steps)
        seen: list[ArticleError] = []

        def told(progress: Progress) -> None:
            if progress.problem:
                seen.append(progress.problem)
            job.steps.append(_step(progress, names, t))
            job.total = before + progress.total
            if job.stopped and progress.done < progress.total:
                raise StoppedError

        try:
            with self._turn:
                job.waiting = False
                if not job.stopped:
                    report = work(told)
                    job.steps += [_failed("", each, names, t) for each in report.problems if each not in seen]
        except StoppedError:
            job.stopped = True
        except Exception as error:
            if not isinstance(error, DossierError):
                logger.exception("adding articles failed")
            else:
                job.said = without_paths(own_words(error, t), names)
            problem = problem_of(error, t)
            job.problem = replace(problem, message=without_paths(problem.message, names))
        finally:
            try:
                self._tidy(names)
            finally:
                job.over = True

    def _tidy(self, names: dict[str, str]) -> None:
        """Keep no file that no article came of."""
        with self._lock:
            self._wanted -= Counter(names.keys())
        if names:
            self.forget(names)


def used_files(library: Library) -> set[str]:
    """The files that the articles of a library come from."""
    articles = library.articles()
    paths = [article.path for article in articles] + [place.path for article in articles for place in article.places]
    return {path.partition(MEMBER)[0] for path in paths if path}


def _step(progress: Progress, names: dict[str, str], t: Texts) -> Step:
    path, member = _split(progress.path, names)
    name = names.get(path, path) + (f" › {member}" if member else "")
    if progress.problem:
        return _failed(name, progress.problem, names, t)
    return Step(name, progress.outcome, article_id=progress.article_id)


def _failed(name: str, error: ArticleError, names: dict[str, str], t: Texts) -> Step:
    problem = problem_of(error, t)
    said = without_paths(own_words(error, t), names)
    return Step(name, Outcome.PROBLEM, without_paths(problem.message, names), problem.help, said=said)


def _split(origin: str, names: dict[str, str]) -> tuple[str, str]:
    """The file and, where it holds many articles, which of them."""
    path = next((each for each in names if origin.startswith(f"{each}{MEMBER}")), origin)
    return path, origin[len(path) + len(MEMBER) :]


def without_paths(message: str, names: dict[str, str]) -> str:
    """A message with the names that files had when they were sent, in the place of where they are kept now."""
    for path, name in names.items():
        message = message.replace(path, name)
    return message
