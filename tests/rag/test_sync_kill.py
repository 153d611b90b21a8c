"""A sync killed at any moment leaves what it reported, and the next one goes on to what the folder holds."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

from tests.rag.parts import open_library, write_articles

ROOT = Path(__file__).parents[2]
FILES = 40
KILLS = 6

SYNC = """
import sys
from pathlib import Path
from tests.rag.parts import open_library

library = open_library(Path(sys.argv[1]))
print("open", flush=True)
library.sync(sys.argv[2], progress=lambda event: print(event.outcome, event.article_id, event.path, flush=True))
print("done", flush=True)
"""


def _text(number: int, version: int) -> str:
    return f"Bridge {number}\n\n" + "\n\n".join(
        f"The mayor opened bridge {number} over river {river} in version {version}. " * 3 for river in range(4)
    )


def _change(folder: Path, draw: random.Random) -> set[str]:
    """Change, move, remove and add a quarter each; the names of the files that were moved."""
    files = sorted(folder.rglob("*.txt"))
    draw.shuffle(files)
    quarter, moved = len(files) // 4, set()
    for path in files[:quarter]:
        path.write_text(path.read_text().replace("version", "later version"))
    for path in files[quarter : 2 * quarter]:
        new = folder / f"m{draw.randrange(10**9)}" / path.name
        new.parent.mkdir()
        moved.add(str(path.rename(new)))
    for path in files[2 * quarter : 3 * quarter]:
        path.unlink()
    for _ in range(quarter):
        number = draw.randrange(10**6)
        write_articles(folder, **{f"n{number}": _text(number, 0)})
    return moved


def _killed(library: Path, folder: Path, after: int) -> list[list[str]]:
    """Sync, kill after so many reports, and give what was reported until then."""
    command = [sys.executable, "-c", SYNC, str(library), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(after + 1)]
        process.kill()
        lines += process.stdout.read().splitlines(keepends=True)
    return [line.split(" ", 2) for line in lines if line.endswith("\n") and line.count(" ") >= 2]


def test_a_killed_sync_is_gone_on_with(tmp_path: Path) -> None:
    draw = random.Random(6)  # noqa: S311 - the same draws every time
    made = write_articles(tmp_path / "made", **{f"a{number:02}": _text(number, 0) for number in range(FILES)})
    with open_library(tmp_path / "first") as library:
        library.sync(made)
    interrupted = 0
    for kill in range(KILLS):
        place, folder = tmp_path / f"library-{kill}", made
        shutil.copytree(tmp_path / "first", place)
        if kill:  # the files of the library that is copied are those of `made`, put back each time
            shutil.rmtree(made)
            write_articles(made, **{f"a{number:02}": _text(number, 0) for number in range(FILES)})
        with open_library(place) as library:
            before = {library.article(each.id).text: each.id for each in library.articles()}
        moved = _change(folder, draw)
        events = _killed(place, folder, draw.randint(0, FILES))
        interrupted += 0 < len(events) < FILES + FILES // 4
        _check(place, folder, events, moved, before)
    assert interrupted >= KILLS // 2, "the kills came too early or too late to tell anything"


def _check(place: Path, folder: Path, events: list[list[str]], moved: set[str], before: dict[str, str]) -> None:
    with open_library(place) as library:
        library._store.check()
        known = library._store.origins(str(folder))
        for outcome, article_id, path in (map(str.strip, event) for event in events):
            if outcome == "removed":
                assert path not in known
            else:
                assert known[path][0] == article_id
                assert library.article(article_id).text == Path(path).read_text()
        report = library.sync(folder)
        assert not report.problems
        known = library._store.origins(str(folder))
        assert {path: library.article(article_id).text for path, (article_id, _) in known.items()} == {
            str(path): path.read_text() for path in folder.rglob("*.txt")
        }
        for path in moved:
            assert known[path][0] == before[Path(path).read_text()], "a moved file keeps its id, over a kill too"
        assert not library.sync(folder).changed
