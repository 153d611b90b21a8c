import os
import subprocess
from pathlib import Path

import pytest

from documents import ArticleError, find, read


def listed(path: Path) -> tuple[list[str], list[str]]:
    """Names found, and problems met."""
    problems: list[ArticleError] = []
    found = [str(each.relative_to(path)) if path.is_dir() else str(each) for each in find(path, problems.append)]
    return found, [str(problem) for problem in problems]


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("text")


def test_known_files_are_found_in_order_at_any_depth(tmp_path: Path) -> None:
    write(
        tmp_path, "b.txt", "a/z.md", "a/b/c.HTML", "c.htm", "d.xhtml", "e.markdown", "f.png", "no-suffix", "a.txt.bak"
    )
    assert listed(tmp_path) == (["a/b/c.HTML", "a/z.md", "b.txt", "c.htm", "d.xhtml", "e.markdown"], [])


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, ".a.txt", ".git/b.txt", "c.txt")
    assert listed(tmp_path) == (["c.txt"], [])


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (tmp_path / "a/again").symlink_to(tmp_path)
    (tmp_path / "c.txt").symlink_to("nowhere.txt")
    found, problems = listed(tmp_path)
    assert found == ["a/b.txt", "c.txt"]
    assert problems == []
    with pytest.raises(ArticleError, match=r"c\.txt cannot be read: No such file"):
        read(tmp_path / "c.txt")


def test_a_link_to_itself_costs_only_itself(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "z/b.txt")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    found, problems = listed(tmp_path)
    assert found == ["a.txt", "loop.txt", "z/b.txt"]
    assert len(problems) == 1
    assert problems[0].startswith(f"{tmp_path}/loop cannot be read: Too many levels of symbolic links")
    with pytest.raises(ArticleError, match=r"loop\.txt cannot be read: Too many levels"):
        read(tmp_path / "loop.txt")
    assert len(listed(tmp_path / "loop")[1]) == 1


def test_files_of_other_kinds_are_told_of(tmp_path: Path) -> None:
    write(tmp_path, "a.png", "b/c.XLSX", "b/d.txt", ".hidden.png", ".hidden/e.png", "none")
    problems: list[ArticleError] = []
    passed_over: list[Path] = []
    assert list(find(tmp_path, problems.append, passed_over.append)) == [tmp_path / "b/d.txt"]
    assert sorted(passed_over) == [tmp_path / name for name in ("a.png", "b/c.XLSX", "none")]
    assert problems == []


def test_folders_deeper_than_python_recurses(tmp_path: Path) -> None:
    start = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1_200):
            Path("d").mkdir()
            os.chdir("d")
        Path("x.txt").write_text("deep")
        os.chdir(start)
        assert len(listed(tmp_path)[0]) == 1
    finally:
        os.chdir(start)
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # pytest's own clean-up recurses


def test_a_path_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    found, problems = listed(tmp_path / "no\nwhere")
    assert found == []
    assert problems == [f"{tmp_path}/no\\nwhere cannot be read: No such file or directory."]


def test_a_path_that_cannot_exist_is_a_problem() -> None:
    assert listed(Path("a\0b"))[1] == ["a\\x00b cannot be read: embedded null byte."]


def test_a_single_file_of_another_kind_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "a.png")
    found, problems = listed(tmp_path / "a.png")
    assert found == []
    assert len(problems) == 1
    assert "It reads .txt .md .markdown .html .htm .xhtml " in problems[0]


def test_a_folder_that_may_not_be_read_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a/x.txt", "b/y.txt", "c/z.txt")
    scan = os.scandir

    def refusing(folder: Path) -> object:
        if folder.name == "b":
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    found, problems = listed(tmp_path)
    assert found == ["a/x.txt", "c/z.txt"]
    assert problems == [f"{tmp_path}/b cannot be read: Permission denied."]


def test_names_with_line_breaks_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    names = ["a\nb.txt", os.fsdecode(b"\xff.txt")]
    write(tmp_path, *names)
    assert listed(tmp_path) == (names, [])
    assert read(tmp_path / names[1]) == b"text"


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(ArticleError, match=r"big\.txt has 50,000,000 bytes; the limit is 20,000,000\."):
        read(path)
    write(tmp_path, "a.txt")
    with pytest.raises(ArticleError, match="has 4 bytes; the limit is 3"):
        read(tmp_path / "a.txt", limit=3)
    assert read(tmp_path / "a.txt", limit=4) == b"text"


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ArticleError, match="not a regular file"):
        read(tmp_path / "pipe.txt")
    with pytest.raises(ArticleError, match=r"not a regular file|cannot be read"):
        read(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt")

    def refusing(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(ArticleError, match=r"a\.txt cannot be read: Permission denied\."):
        read(tmp_path / "a.txt")
