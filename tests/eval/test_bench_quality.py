"""The questions on passages that refer back, and what is counted of them."""

from eval.bench_quality import Right, draft, header_table, load_back_references
from tests.fakes import FakeGenerator
from tests.shown import shown


def test_every_passage_stands_in_its_article_and_does_not_name_it() -> None:
    asked = load_back_references()
    assert len(asked) == 28
    assert {each.language for each in asked} == {"en", "fr", "sv", "vi"}
    for each in asked:
        assert len(each.passages) == 3
        assert all(passage.text == passage.article.text[passage.start : passage.end] for passage in each.passages)


def test_without_headers_a_prompt_names_no_article() -> None:
    (each, *_) = load_back_references()
    model = FakeGenerator("one", "two")
    assert draft(model, each, header=True) == "one"
    assert draft(model, each, header=False) == "two"
    with_headers, without = (prompt.passages for prompt in model.prompts)
    titles = [passage.article.title for passage in each.passages]
    assert all(title in text for title, text in zip(titles, with_headers, strict=True))
    assert not any(title in text for title, text in zip(titles, without, strict=True))


def test_the_table_counts_right_answers() -> None:
    text = shown(header_table([Right("with", {"en": [True, False], "fr": [True, True]}, 3 * 2**20)]))
    assert "1/2" in text
    assert "2/2" in text
    assert "3/4" in text
