"""Name the distributions that pip left half done, one `name==version` a line.

pip writes a package's list of files (RECORD) last. A set-up that was cut off can leave a package that pip
takes for installed although files are missing; set-up installs again what is named here.
"""

from importlib.metadata import Distribution, distributions
from pathlib import Path


def is_whole(distribution: Distribution) -> bool:
    """Whether the list of files is there, and every file on it (compiled bytecode may come and go)."""
    files = distribution.files
    if not files:
        return False
    return all(file.suffix == ".pyc" or Path(file.locate()).exists() for file in files)


def main() -> None:
    """Print what is broken."""
    for distribution in distributions():
        if not is_whole(distribution):
            print(f"{distribution.name}=={distribution.version}")


if __name__ == "__main__":
    main()
