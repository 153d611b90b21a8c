from documents.markdown import read_markdown

FRONT = '---\ntitle: "Bron: öppnad"\ndate: 2024-05-03\nsource: Bladet\nlanguage: sv\nurl: https://a.example/b\n---\n'


def test_front_matter_is_metadata_and_no_text() -> None:
    text, found = read_markdown(f"{FRONT}\n# Bron öppnad\n\nDen öppnades i går.")
    assert text == "# Bron öppnad\n\nDen öppnades i går."
    assert (found.title, found.date, found.source) == ("Bron: öppnad", "2024-05-03", "Bladet")
    assert (found.language, found.url) == ("sv", "https://a.example/b")
    assert found.headline is not None
    assert text[slice(*found.headline)] == "Bron öppnad"


def test_other_entries_lists_and_comments_may_stand_in_front_matter() -> None:
    text, found = read_markdown("---\n# note\ntags:\n  - bro\n- väg\n\ntitle: Bron\n---\nText.")
    assert (text, found.title) == ("Text.", "Bron")


def test_the_first_heading_is_the_title() -> None:
    assert read_markdown("# Bron öppnad #\n\nText.")[1].title == "Bron öppnad"
    assert read_markdown("\nBron öppnad\n===\n\nText.")[1].title == "Bron öppnad"
    assert read_markdown("Text.\n\n# Later")[1].title is None


def test_a_rule_is_no_front_matter() -> None:
    for source in ["---\nText that goes on.\n---\nMore.", "---\n\n---\nMore.", "---\ntitle: x\nno end"]:
        text, found = read_markdown(source)
        assert text == source
        assert found.title is None


def test_front_matter_alone_is_the_text() -> None:
    source = "---\ntitle: x\n---\n"
    assert read_markdown(source)[0] == source


def test_a_heading_without_words_is_none() -> None:
    assert read_markdown("#  \n\nText.")[1].headline is None
