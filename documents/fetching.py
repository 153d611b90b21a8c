"""Many pages, fetched as a polite reader does: by each site's rules, at its pace, and only what is new."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Protocol

from documents.display import printable
from documents.errors import ArticleError
from documents.reply import Bounds, Reply, Validators
from documents.robots import Robots, fetch_robots, site_of
from documents.web import get

_BUSY = (429, 503)
_ATTEMPTS = 3
_FIRST_WAIT_S = 5.0  # where a busy server does not say how long; then twice that
_DAY_S = 86_400.0
_LONGEST_WAIT_S = 60.0  # what nobody would want to watch a program wait


OnClosed = Callable[[str, float], None]


class Clock(Protocol):
    """Time, as the module `time` tells it; tests have one that does not wait."""

    def time(self) -> float:
        """Seconds since 1970."""

    def monotonic(self) -> float:
        """Seconds since whenever; never set back."""

    def sleep(self, seconds: float, /) -> None:
        """Wait."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a reader is.

    Attributes:
        pause_s: least seconds between two requests to one site; its robots.txt may ask for more.
        bounds: how much one answer may take.
    """

    pause_s: float = 1.0
    bounds: Bounds = field(default_factory=Bounds)


class Fetcher:
    """Fetches pages of any number of sites, one after the other.

    Args:
        pace: how patient to be.
        clock: what time it is.

    Attributes:
        on_closed: told of each site that asks to be left alone, and until when (seconds since 1970), so that the
            next run can be told with `leave_alone`.
    """

    def __init__(self, pace: Pace | None = None, clock: Clock = time) -> None:
        self.on_closed: OnClosed = lambda _site, _until: None
        self._pace = pace or Pace()
        self._clock = clock
        self._robots: dict[str, Robots | ArticleError] = {}
        self._free: dict[str, float] = {}
        self._closed: dict[str, float] = {}

    def get(self, url: str, validators: Validators | None = None, *, size: int | None = None) -> Reply:
        """Ask for an address, when its site lets programs and not too soon.

        Args:
            url: an http or https address; see `documents.fetch` for what is refused.
            validators: of what is here already; where it is still the same, the answer has status 304 and no body.
            size: largest number of bytes accepted; None takes the pace's.

        Raises:
            ArticleError: the address is refused, by us or by the rules of its site, or the site is too busy, or
                nothing good comes back.
        """
        bounds = replace(self._pace.bounds, size=size or self._pace.bounds.size)
        headers = (validators or Validators()).headers()
        for attempt in range(_ATTEMPTS):
            reply = get(url, headers=headers, bounds=bounds, before=self._ask_leave)
            if reply.status not in _BUSY:
                break
            self._back_off(reply, attempt)
        reply.check(url)
        return reply

    def robots(self, url: str) -> Robots:
        """The rules of an address's site, asked for once.

        Raises:
            ArticleError: it cannot be told whether there are rules.
        """
        site = site_of(url)
        if site not in self._robots:
            try:
                self._robots[site] = fetch_robots(site, self._pace.bounds)
            except ArticleError as error:
                self._robots[site] = error
        found = self._robots[site]
        if isinstance(found, ArticleError):
            raise found
        return found

    def leave_alone(self, site: str, until: float) -> bool:
        """Ask a site for nothing before a time, in seconds since 1970; a day at most, whatever the clock was.

        Returns:
            Whether that time is still to come.
        """
        now = self._clock.time()
        self._closed[site] = min(until, now + _DAY_S)
        return until > now

    def _ask_leave(self, url: str) -> None:
        """Wait for a site's turn; called before every request, those behind redirects too."""
        site = site_of(url)
        self._check_open(site)
        robots = self.robots(url)
        if not robots.allows(url):
            raise ArticleError(
                f"{site}/robots.txt does not let programs fetch {printable(url)}.",
                help="Save the page in a browser and add the file.",
            )
        now = self._clock.monotonic()
        if (wait := self._free.get(site, now) - now) > 0:
            self._clock.sleep(wait)
        self._free[site] = self._clock.monotonic() + max(self._pace.pause_s, robots.delay_s)

    def _check_open(self, site: str) -> None:
        wait = self._closed.get(site, 0.0) - self._clock.time()
        if wait > 0:
            raise ArticleError(f"{printable(site)} asked to be left alone for {wait:.0f} s.", help="Try again later.")

    def _back_off(self, reply: Reply, attempt: int) -> None:
        """Come again when a busy server says, or leave its site alone."""
        site, asked = site_of(reply.url), self._asked_wait(reply.retry_after)
        wait = _FIRST_WAIT_S * 2**attempt if asked is None else asked
        if wait > _LONGEST_WAIT_S or attempt == _ATTEMPTS - 1:
            self.leave_alone(site, self._clock.time() + max(wait, _LONGEST_WAIT_S))
            self.on_closed(site, self._closed[site])
            raise ArticleError(
                f"{printable(site)} answers {reply.status} {printable(reply.reason)}: too many requests for now.",
                help=f"Try again in {max(wait, _LONGEST_WAIT_S):.0f} s.",
            )
        self._free[site] = self._clock.monotonic() + wait

    def _asked_wait(self, value: str | None) -> float | None:
        """Seconds from a Retry-After, which is a number or a date; None when it says nothing useful."""
        if value is None:
            return None
        if value.strip().isdecimal():
            return min(float(value), _DAY_S)
        try:
            return min(max(0.0, parsedate_to_datetime(value).timestamp() - self._clock.time()), _DAY_S)
        except (ValueError, OverflowError):
            return None
