from documents import Article, Passage, Section, SectionKind, head_at, subject_at, teaser_at

TEXT = "Bridge opens\n\nThe mayor spoke.\n\nRead more\n\nMinister visits\n\nShe will speak in May."
OF = Article(
    id="a",
    text=TEXT,
    title="Bridge opens",
    date="2024-05-03",
    sections=(
        Section(SectionKind.HEADLINE, "", 0, 12),
        Section(SectionKind.BODY, "", 14, 30),
        Section(SectionKind.OTHER, "", 32, 41),
        Section(SectionKind.TEASER, "Minister visits", 43, len(TEXT)),
    ),
)


def test_a_teaser_is_told_under_its_own_headline_and_without_a_date() -> None:
    head = head_at(OF, 60)
    assert (head.title, head.date, head.id, head.text) == ("Minister visits", None, "a", TEXT)
    assert head_at(OF, 14) is OF
    assert teaser_at(OF, 14) is None


def test_an_article_is_not_about_what_it_announces() -> None:
    assert "Minister" not in subject_at(OF, 14)
    assert "The mayor spoke." in subject_at(OF, 14)
    assert subject_at(OF, 60) == "Minister visits\n\nShe will speak in May."


def test_a_passage_knows_its_section() -> None:
    assert Passage(OF, 43, 50).section is OF.sections[3]
