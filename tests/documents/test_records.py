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


def test_two_columns_of_one_name_are_two() -> None:
    (part,) = unpack(b"Total,Total\n1,2\n,\n3,4,5\n", Path("a.csv"))
    assert part.article().text == "| Total | Total |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | 5 |"


def test_a_header_that_cannot_be_read_is_a_problem_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.records._LONGEST", 100)
    with pytest.raises(ArticleError, match="field larger than field limit"):
        list(unpack(b"a" * 200 + b",b\n1,2\n", Path("a.csv")))
