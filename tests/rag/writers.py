"""Processes that write without end, and are killed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FORKS = """
import os, signal, sys, time

def forked():
    child = os.fork()
    if not child:
        try:
            write()
        finally:
            os._exit(1)
    return child

def was_killed(child):
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])

for line in sys.stdin:
    count, seconds = line.split()
    children = [forked() for _ in range(int(count))]
    time.sleep(float(seconds))
    print(all([was_killed(child) for child in children]), flush=True)
"""


@dataclass(frozen=True)
class Writers:
    """Forks of a process that has imported everything: they write from their first moment on."""

    parent: "subprocess.Popen[str]"

    def kill(self, count: int, after_s: float) -> None:
        """Let so many write at the same time, and kill them (-9) so many seconds later."""
        assert self.parent.stdin is not None
        assert self.parent.stdout is not None
        self.parent.stdin.write(f"{count} {after_s}\n")
        self.parent.stdin.flush()
        assert self.parent.stdout.readline() == "True\n", "a writer ended by itself"


@contextmanager
def writers(program: str, folder: Path) -> Iterator[Writers]:
    """Make writers.

    Args:
        program: Python that defines `write()`, which never ends; the folder is its `sys.argv[1]`.
        folder: where it writes.
    """
    command = [sys.executable, "-c", program + _FORKS, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as parent:
        yield Writers(parent)
