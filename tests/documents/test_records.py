from pathlib import Path

import pytest

from documents import ArticleError, context_at, unpack


def test_a_file_of_figures_is_one_article_with_a_table() -> None:
    data = 'Län;Folkmängd;Not\nDalarna;288 387;"a|b\nc"\nGävleborg;285 452\n'.encode()
    (part,) = unpack(data, Path("län.csv"))
    article = part.article()
    assert (part.origin, article.title, article.text) == (
        "län.csv",
        "län",
        "| Län | Folkmängd | Not |\n|---|---|---|\n| Dalarna | 288 387 | a b c |\n| Gävleborg | 285 452 |  |",
    )
    assert context_at(article, article.text.index("| Gävle")) == "Län | Folkmängd | Not"


def test_a_file_that_begins_with_a_blank_line() -> None:
    (part,) = unpack(b"\nBridge,2019\n", Path("a.csv"))
    assert "| Bridge | 2019 |" in part.article().text


def test_two_columns_of_one_name_are_two() -> None:
    (part,) = unpack(b"Total,Total\n1,2\n,\n3,4,5\n", Path("a.csv"))
    assert part.article().text == "| Total | Total |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | 5 |"


def test_a_header_that_cannot_be_read_is_a_problem_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.records._LONGEST", 100)
    with pytest.raises(ArticleError, match="field larger than field limit"):
        list(unpack(b"a" * 200 + b",b\n1,2\n", Path("a.csv")))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b'[{"text": "one"}, 2, {"text": "three"}, {"text": "four"}]'),
        ("a.jsonl", b'{"text": "one"}\n2\n{"text": "three"}\n{"text": "four"}\n'),
        ("a.csv", b'text\none\n""\nthree\nfour\n'),
    ],
)
def test_records_over_the_limit_are_left_out_and_told_of(
    name: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(list(unpack(data, Path(name)))) == 4
    monkeypatch.setattr("documents.records._MOST_RECORDS", 3)
    *read, last = unpack(data, Path(name))
    assert len(read) == 3
    assert str(last.problem).startswith(f"{name} holds more than 3 records: the others are left out.")


def test_short_rows_under_a_wide_header_take_no_more_memory_than_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.records._MOST_CELLS", 6)
    (part,) = unpack(b"a,b\n1\n2\n3\n", Path("a.csv"))
    assert part.article().text.endswith("| 3 |  |")
    with pytest.raises(ArticleError, match=r"a\.csv holds more than 6 cells"):
        list(unpack(b"a,b\n1\n2\n3\n4\n", Path("a.csv")))
    *read, last = unpack(b"text,b\n1\n2\n3\n4\n", Path("a.csv"))
    assert (len(read), last.problem is not None) == (3, True)


@pytest.mark.parametrize("first", ["text", "a"])
def test_a_header_wider_than_any_table(first: str) -> None:
    with pytest.raises(ArticleError, match=r"holds more than 10,000 columns"):
        list(unpack(f"{first}{',b' * 10_000}\n1\n".encode(), Path("a.csv")))


def test_a_field_of_lists_within_lists() -> None:
    for depth, title in ((5, "A"), (250, "bridge"), (400, "bridge")):
        nested = '[{"text":' * depth + '"A"' + "}]" * depth
        (part,) = unpack(f'{{"text": "A text.", "title": {nested}}}'.encode(), Path("bridge.json"))
        assert part.article().title == title
