"""What the model is shown of an article, and what it is not."""

from hypothesis import given
from hypothesis import strategies as st

from documents import Article, Passage
from rag.prompt import one_line, passage_text

TAGGED = "PWNED".translate({code: code + 0xE0000 for code in range(0x20, 0x7F)})


def test_the_model_does_not_see_words_that_no_reader_sees() -> None:
    text = f"They counted 2 860 cranes{TAGGED}, more than ever."
    shown = passage_text(Passage(Article(id="a", text=text, title=f"Cranes{TAGGED}", language="en"), 0, len(text)))
    assert shown == "Article: Cranes\nThey counted 2 860 cranes, more than ever.\n\n"


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(f"\n\r\u2028 {TAGGED}")))
def test_nothing_begins_a_line_and_all_other_characters_stay(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    kept = "".join(char for char in text if not 0xE0000 <= ord(char) <= 0xE007F)
    assert shown.split() == kept.split()
