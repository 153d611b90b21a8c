import json

import pytest

from documents.markup import read_page
from documents.metadata import Metadata

STORY = "".join(f"<p>Le pont numéro {n} a été ouvert par le maire de la ville, devant une foule.</p>" for n in range(6))
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Le Journal du pont"},
        {
            "@type": "NewsArticle",
            "headline": "Un pont ouvert",
            "datePublished": "2024-05-03T10:00:00+02:00",
            "dateModified": "2024-05-05",
            "author": [{"@type": "Person", "name": "Jeanne Dupont"}, {"name": "Paul Martin"}],
            "publisher": {"name": "Le Journal"},
            "articleSection": "Économie",
        },
    ],
}


def known(head: str) -> Metadata:
    return read_page(
        f"<html lang='fr'><head>{head}</head><body><article>{STORY}</article></body></html>", url=None, name="x"
    )[1]


def script(value: object) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


def test_what_json_ld_declares() -> None:
    found = known(script(LINKED) + "<title>Un pont ouvert | Le Journal</title>")
    assert (found.title, found.date, found.modified) == ("Un pont ouvert", "2024-05-03", "2024-05-05")
    assert (found.author, found.source, found.rubric) == ("Jeanne Dupont, Paul Martin", "Le Journal", "Économie")
    origins = dict(found.provenance)
    assert origins["title"] == "JSON-LD headline"
    assert origins["date"] == "JSON-LD datePublished"
    assert origins["author"] == "JSON-LD author"
    assert origins["language"] == "html lang"


def test_what_opengraph_and_meta_declare() -> None:
    found = known(
        '<meta property="og:title" content="Un pont ouvert"><meta property="og:site_name" content="Le Journal">'
        '<meta property="article:published_time" content="2024-05-03T10:00:00Z">'
        '<meta property="article:modified_time" content="2024-05-04">'
        '<meta property="article:author" content="https://journal.example/auteur/1">'
        '<meta name="author" content="Jeanne Dupont"><meta property="article:section" content="Économie">'
        '<link rel="canonical" href="https://journal.example/pont">'
    )
    assert dict(found.provenance) == {
        "title": "og:title",
        "date": "article:published_time",
        "modified": "article:modified_time",
        "author": "author",
        "source": "og:site_name",
        "rubric": "article:section",
        "language": "html lang",
        "url": "canonical link",
    }
    assert (found.author, found.rubric, found.url) == ("Jeanne Dupont", "Économie", "https://journal.example/pont")


@pytest.mark.parametrize(("declared", "date"), [("2024", "2024"), ("2024-11", "2024-11"), ("2024-11-20", "2024-11-20")])
def test_a_date_keeps_its_precision(declared: str, date: str) -> None:
    assert known(script({"@type": "NewsArticle", "datePublished": declared})).date == date


@pytest.mark.parametrize(
    "value",
    [
        "{",
        "[" * 100_000,
        "null",
        '{"@graph": 7}',
        '{"@type": ["NewsArticle"], "author": {"name": {"name": 1}}, "datePublished": 20240503}',
        '{"@type": "NewsArticle", "headline": null, "datePublished": "yesterday", "author": [[]]}',
    ],
)
def test_json_ld_that_is_none(value: str) -> None:
    found = known(script(value) + '<meta name="date" content="2024-05-03">')
    assert (found.date, found.author, dict(found.provenance)["date"]) == ("2024-05-03", None, "date")
