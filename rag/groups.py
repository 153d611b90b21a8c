"""The parts of a transaction that keep together the articles with one text; `same_as` of all but one names that one."""

# ruff: noqa: S608 - statements are put together from constants alone; every value is a parameter

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from documents import Article
from rag import rows
from rag.duplicates import Likeness, alike, leading

# Bounds for collections in which very many texts are alike, such as forms: more would be quadratic.
_SHARING = 20  # articles looked at for each band, the newest ones
_COMPARED = 4  # articles compared word by word
_COMMON_BANDS = 2  # of those that near duplicates have in common; on average they have seven
_REGROUPED = 50  # members of a group compared anew when one leaves it


def join(db: sqlite3.Connection, number: int) -> None:
    """Put an article, whose likeness is written, together with those of the same text."""
    same = "SELECT coalesce(same_as, number) FROM articles WHERE number != ? AND text_hash = ({own}) LIMIT 1"
    own = "SELECT text_hash FROM articles WHERE number = ?"
    found = {leader for (leader,) in db.execute(same.format(own=own), (number, number))}
    article = _article(db, number)
    for other in _candidates(db, number):
        leader = _leader(db, other)
        if leader not in found and alike(article, _article(db, other)):
            found.add(leader)
    if found:
        lead(db, [number, *found])


def leave(db: sqlite3.Connection, number: int) -> None:
    """Take an article out of its group, and its likeness away."""
    db.execute("DELETE FROM bands WHERE article = ?", (number,))
    db.execute("UPDATE articles SET text_hash = NULL WHERE number = ?", (number,))
    others = [each for each in _members(db, [_leader(db, number)]) if each != number]
    db.execute("UPDATE articles SET same_as = NULL WHERE number = ?", (number,))
    if not others:
        return
    _part(db, others)
    if len(others) > _REGROUPED:
        lead(db, others)
        return
    for other in others:
        join(db, other)


def lead(db: sqlite3.Connection, leaders: Sequence[int]) -> None:
    """Make one group of those with these leaders, and choose its own."""
    members = _members(db, leaders)
    found = db.execute(
        f"SELECT {rows.VERSION} FROM articles WHERE number IN (SELECT value FROM json_each(?))",
        (rows.json_list(members),),
    )
    versions = [rows.version(row) for row in found]
    chosen = leading(versions).number
    db.execute(
        "UPDATE articles SET same_as = nullif(?, number) WHERE number IN (SELECT value FROM json_each(?))",
        (chosen, rows.json_list(members)),
    )


def lead_anew(db: sqlite3.Connection, number: int) -> None:
    """Choose the leader of an article's group again, since its date has changed."""
    members = _members(db, [_leader(db, number)])
    if len(members) > 1:
        lead(db, members)


def write_likeness(db: sqlite3.Connection, number: int, likeness: Likeness) -> None:
    """Write what tells an article's text from others."""
    db.execute("UPDATE articles SET text_hash = ? WHERE number = ?", (likeness.text_hash, number))
    db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", ((band, number) for band in likeness.bands))


def _part(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    db.execute(
        "UPDATE articles SET same_as = NULL WHERE number IN (SELECT value FROM json_each(?))",
        (rows.json_list(numbers),),
    )


def _members(db: sqlite3.Connection, leaders: Iterable[int]) -> list[int]:
    given = rows.json_list(leaders)
    found = db.execute(
        "SELECT number FROM articles WHERE number IN (SELECT value FROM json_each(?)) "
        "UNION SELECT number FROM articles WHERE same_as IN (SELECT value FROM json_each(?))",
        (given, given),
    )
    return [number for (number,) in found]


def _leader(db: sqlite3.Connection, number: int) -> int:
    (leader,) = db.execute("SELECT coalesce(same_as, number) FROM articles WHERE number = ?", (number,)).fetchone()
    return int(leader)


def _candidates(db: sqlite3.Connection, number: int) -> list[int]:
    """The articles that may be near duplicates, the likeliest first."""
    shared: Counter[int] = Counter()
    for (band,) in db.execute("SELECT band FROM bands WHERE article = ?", (number,)).fetchall():
        found = db.execute(
            "SELECT article FROM bands WHERE band = ? AND article != ? ORDER BY article DESC LIMIT ?",
            (band, number, _SHARING),
        )
        shared.update(article for (article,) in found)
    likely = sorted((-count, article) for article, count in shared.items() if count >= _COMMON_BANDS)
    return [article for _, article in likely[:_COMPARED]]


def _article(db: sqlite3.Connection, number: int) -> Article:
    return rows.article(db.execute(f"SELECT {rows.ARTICLE} FROM articles WHERE number = ?", (number,)).fetchone())
