from pathlib import Path

import pytest

from documents import ArticleError, Section, SectionKind, content_hash, parse
from tests.documents.texts import LANGUAGES, paragraph

STORY = "".join(f"<p>Le pont numéro {n} a été ouvert par le maire de la ville, devant une foule.</p>" for n in range(6))
HEAD = (
    '<title>Un pont | Le Journal</title><meta property="og:site_name" content="Le Journal">'
    '<meta property="article:published_time" content="2024-05-03T10:00:00Z">'
    '<link rel="canonical" href="https://journal.example/pont">'
)


def page(head: str, body: str, start: str = "<!doctype html><html>") -> bytes:
    return f"{start}<head>{head}</head><body>{body}</body></html>".encode()


def covered(text: str, sections: tuple[Section, ...]) -> bool:
    """Whether sections are in order and leave out nothing but white space."""
    position = 0
    for section in sections:
        if section.start < position or text[position : section.start].strip():
            return False
        position = section.end
    return not text[position:].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_text_stays_as_it_is(language: str) -> None:
    text = f"\n  {paragraph(language)}\n\n{paragraph(language)} \n"
    article = parse(text.encode(), path=Path("a/Bron 7.txt"))
    assert article.text == text
    assert (article.id, article.title, article.language) == ("", "Bron 7", language)
    assert article.path == str(Path("a/Bron 7.txt"))
    assert covered(text, article.sections)


def test_sections_of_plain_text() -> None:
    text = " date 2024-11 Un pont\n\nLe maire a ouvert le pont.\n\nSource : https://a.example/b\n\nFin."
    article = parse(text.encode(), path=Path("a.txt"))
    assert [(s.kind, text[s.start : s.end]) for s in article.sections] == [
        (SectionKind.OTHER, "date 2024-11"),
        (SectionKind.HEADLINE, "Un pont"),
        (SectionKind.BODY, "Le maire a ouvert le pont."),
        (SectionKind.OTHER, "Source : https://a.example/b"),
        (SectionKind.BODY, "Fin."),
    ]


def test_a_web_page() -> None:
    body = f"<nav>Accueil</nav><article><h1>Un pont ouvert</h1>{STORY}</article><footer>© 2021, 12/03/2020</footer>"
    article = parse(page(HEAD, body), path=Path("x.html"))
    assert (article.title, article.date, article.source) == ("Un pont ouvert", "2024-05-03", "Le Journal")
    assert (article.language, article.url) == ("fr", "https://journal.example/pont")
    assert article.text.startswith("Un pont ouvert\n")
    assert "numéro 5" in article.text
    assert "Accueil" not in article.text
    assert "2021" not in article.text
    headline = article.sections[0]
    assert (headline.kind, article.text[headline.start : headline.end]) == (SectionKind.HEADLINE, "Un pont ouvert")
    assert covered(article.text, article.sections)


def test_a_page_with_little_text_keeps_it() -> None:
    article = parse(page("", "<p>Bonjour.</p>", '<html lang="fr-CA">'), path=Path("page.htm"))
    assert (article.text, article.title, article.language) == ("Bonjour.", "page", "fr")


@pytest.mark.parametrize("body", ["", "<script>alert('text')</script>", "<p> \n </p>", "<div>" * 100_000])
def test_a_page_without_text_is_refused(body: str) -> None:
    with pytest.raises(ArticleError, match=r"^x\.html holds no text\."):
        parse(page("<title>Vide</title>", body), path=Path("x.html"))


def test_a_page_in_an_older_encoding_that_it_declares() -> None:
    data = page('<meta charset="windows-1250">', STORY.replace("numéro", "číslo")).decode().encode("cp1250")
    assert "číslo 5" in parse(data, path=Path("x.html")).text


def test_entities_cannot_bring_in_what_no_text_may_hold() -> None:
    text = parse(page("", "<p>Bonjour &#xD800; &#0; tout le monde.</p>"), path=Path("x.html")).text
    text.encode()
    assert "\0" not in text


def test_an_address_without_a_file_tells_pages_by_their_look() -> None:
    article = parse(page(HEAD, f"<article>{STORY}</article>"), url="https://a.example/x?y=1")
    assert article.path is None
    assert "<p>" not in article.text
    plain = parse(b"Le pont < la rue.", url="https://a.example/notes/Le%20pont.txt")
    assert (plain.text, plain.title, plain.url) == (
        "Le pont < la rue.",
        "Le pont",
        "https://a.example/notes/Le%20pont.txt",
    )


def test_markdown() -> None:
    data = "---\ntitle: Bron\ndate: 2024-05\nsource: Bladet\n---\n\n# Bron\n\nBron öppnades i går av drottningen."
    article = parse(data.encode(), path=Path("a.MD"))
    assert (article.title, article.date, article.source, article.language) == ("Bron", "2024-05", "Bladet", "sv")
    assert article.text == "# Bron\n\nBron öppnades i går av drottningen."
    assert covered(article.text, article.sections)


def test_a_declared_language_decides_only_where_words_do_not() -> None:
    def language(declared: str, text: str) -> str:
        return parse(f"---\ntitle: x\nlanguage: {declared}\n---\n{text}".encode(), path=Path("a.md")).language

    assert language("vi", "57 – 12") == "vi"
    assert language("sv-SE", "57 – 12") == "sv"
    assert language("klingon", "57 – 12") == "und"
    assert language("vi", paragraph("sv")) == "sv"


def test_a_file_without_text_is_refused_by_its_name() -> None:
    with pytest.raises(ArticleError, match=r"^a\\nb\.txt holds no text"):
        parse(b"", path=Path("a\nb.txt"))


def test_the_hash_is_that_of_the_bytes() -> None:
    # echo -n abc | sha256sum
    assert content_hash(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_every_value_says_where_it_came_from() -> None:
    text = f"Un pont ouvert\n\nPar Jeanne Dupont\n\n3 mai 2024\n\n{paragraph('fr')}"
    assert dict(parse(text.encode(), path=Path("a.txt")).provenance) == {
        "title": "line 1",
        "author": "line 3",
        "date": "line 5",
        "language": "detected",
    }
    front = b"---\nsource: Bladet\nsection: Ekonomi\nlanguage: sv\n---\n57"
    article = parse(front, path=Path("bron.md"))
    assert (article.rubric, article.title, article.language) == ("Ekonomi", "bron", "sv")
    assert dict(article.provenance) == {
        "title": "file name",
        "source": "front matter source",
        "rubric": "front matter section",
        "language": "front matter language",
    }
