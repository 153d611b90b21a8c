import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from documents import Article, ArticleError, unpack
from tests.documents.stories import story, zipped
from tests.documents.writers import pdf

_SENT = "Wed, 20 Nov 2024 08:00:00 +0100"
_PATH = Path("box/letter.eml")


def letter(text: str = "The minutes are attached to this letter.") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "Eva Ek <eva@press.example>", "Minutes", _SENT
    message.set_content(text)
    return message


def articles(message: EmailMessage, path: Path = _PATH) -> dict[str, Article]:
    return {part.origin: part.article() for part in unpack(message.as_bytes(), path)}


def test_each_attached_file_that_can_be_read_is_an_article_with_the_letter_s_date_and_sender() -> None:
    message = letter()
    message.add_attachment("The bridge is open.\n\nIt opened in May.", filename="bridge.txt")
    message.add_attachment(b"\x89PNG", "image", "png", filename="photo.png")
    found = articles(message)
    assert list(found) == ["box/letter.eml", "box/letter.eml::bridge.txt"]
    bridge = found["box/letter.eml::bridge.txt"]
    assert bridge.text.strip() == "The bridge is open.\n\nIt opened in May."
    assert (bridge.title, bridge.date, bridge.author) == ("bridge", "2024-11-20", "Eva Ek")
    assert dict(bridge.provenance)["date"] == "letter it came with"
    assert "bridge" not in found["box/letter.eml"].text


def test_a_file_that_says_its_own_date_and_author_keeps_them() -> None:
    told = story("fr")
    message = letter()
    message.add_attachment(pdf(told), "application", "pdf", filename="pont.pdf")
    article = articles(message)["box/letter.eml::pont.pdf"]
    assert (article.title, article.date, article.author) == (told.title, told.date, told.author)


def test_a_letter_without_words_of_its_own_is_no_article() -> None:
    message = letter("\n")
    message.add_attachment("The bridge is open.", filename="bridge.txt")
    assert list(articles(message)) == ["box/letter.eml::bridge.txt"]


def test_a_letter_in_a_letter_and_an_archive_are_unpacked_too() -> None:
    inner = letter("The inner letter tells of a bridge.")
    inner.add_attachment("The road is closed.", filename="road.txt")
    message = letter()
    message.add_attachment(inner)
    message.add_attachment(zipped({"a/dam.txt": b"The dam holds."}), "application", "zip", filename="all.zip")
    found = articles(message)
    texts = {origin.removeprefix("box/letter.eml"): article.text.strip() for origin, article in found.items()}
    assert texts == {
        "": "Minutes\n\nThe minutes are attached to this letter.",
        "::attachment 3.eml": "Minutes\n\nThe inner letter tells of a bridge.",
        "::attachment 3.eml::road.txt": "The road is closed.",
        "::all.zip::a/dam.txt": "The dam holds.",
    }
    assert {article.date for article in found.values()} == {"2024-11-20"}


def test_letters_of_a_mailbox_carry_files_too() -> None:
    message = letter()
    message["Message-ID"] = "<one@press.example>"
    message.add_attachment("The bridge is open.", filename="bridge.txt")
    box = b"From eva Wed Nov 20 08:00:00 2024\n" + message.as_bytes()
    assert [part.name for part in unpack(box, Path("all.mbox"))] == [
        "one@press.example",
        "one@press.example::bridge.txt",
    ]


def test_a_name_that_is_a_path_is_only_a_name() -> None:
    message = letter()
    message.add_attachment("The bridge is open.", filename="..\\..\\C:\\bridge.txt")
    assert [part.name for part in unpack(message.as_bytes(), _PATH)] == ["", "bridge.txt"]


def test_a_file_that_cannot_be_read_stops_no_other() -> None:
    message = letter()
    message.add_attachment(b"PK no zip", "application", "zip", filename="bad.zip")
    message.add_attachment("The bridge is open.", filename="bridge.txt")
    parts = list(unpack(message.as_bytes(), _PATH))
    assert [part.name for part in parts] == ["", "bad.zip", "bridge.txt"]
    with pytest.raises(ArticleError, match="damaged"):
        parts[1].article()


def test_letters_nested_without_end_are_one_problem() -> None:
    data = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2_000))
    (part,) = unpack(b"Subject: Deep\n" + data + b"\n\nName: x; name=x", _PATH)
    with pytest.raises(ArticleError, match="nested too deep"):
        part.article()


def _forwarded(header: bytes) -> bytes:
    """A letter with another one in it, whose header has this field, and a file."""
    message = letter()
    message.add_attachment(letter("The inner letter tells of a bridge."), filename="inner.eml")
    message.add_attachment("The road is closed.", filename="road.txt")
    return message.as_bytes().replace(b"\nSubject: Minutes", header + b"\nSubject: Minutes")


@pytest.mark.parametrize(
    "header",
    [b"\nX-Note: \xff\xfe " + b"x" * 200, b"\nReply-To: " + b"(" * 500],
    ids=["half a character in a long field", "comments in comments"],
)
def test_a_letter_in_a_letter_is_read_whatever_its_header_holds(header: bytes) -> None:
    names = [part.name for part in unpack(_forwarded(header), _PATH) if part.problem is None]
    assert names == ["", "inner.eml", "road.txt"]


def test_a_long_header_of_a_letter_in_a_letter_takes_no_time() -> None:
    start = time.monotonic()
    assert len(list(unpack(_forwarded(b"\nTo: " + b"a@press.example, " * 30_000), _PATH))) == 3
    assert time.monotonic() - start < 10  # minutes, if each address were parsed


@pytest.mark.parametrize(("kind", "name"), [("plain", "notes.txt"), ("plain", "notes.md"), ("html", "notes.html")])
def test_a_text_that_is_shown_within_the_letter_under_a_file_name_is_a_file(kind: str, name: str) -> None:
    message = letter()
    message.add_attachment(
        "<html><body><p>The bridge is open.</p></body></html>", subtype=kind, filename=name, disposition="inline"
    )
    found = articles(message)
    assert list(found) == ["box/letter.eml", f"box/letter.eml::{name}"]
    assert found["box/letter.eml"].text == "Minutes\n\nThe minutes are attached to this letter."
    assert "The bridge is open." in found[f"box/letter.eml::{name}"].text


def test_a_form_of_the_letter_s_text_is_no_file_whatever_it_is_called() -> None:
    message = letter()
    message.add_alternative("<p>The minutes are attached.", subtype="html", filename="body.html", disposition="inline")
    message.add_attachment("The bridge is open.", filename="bridge.txt")
    assert list(articles(message)) == ["box/letter.eml", "box/letter.eml::bridge.txt"]
    page = EmailMessage()
    page.set_content("<p>The river rose.", subtype="html", filename="page.html", disposition="inline")
    page.add_related(b"GIF89a", "image", "gif", filename="a.gif")
    assert articles(page)["box/letter.eml"].text.strip() == "The river rose."


def test_a_part_with_a_damaged_header_takes_nothing_else_along() -> None:
    message = letter()
    message.add_attachment("The road is closed.", filename="road.txt")
    message.add_attachment("The bridge is open.", filename="bridge.txt")
    data = message.as_bytes().replace(b'filename="road.txt"', b"filename*=\"utf-8''")
    parts = list(unpack(data, _PATH))
    assert [(part.name, part.problem is None) for part in parts] == [
        ("", True),
        ("attachment 3", False),
        ("bridge.txt", True),
    ]
    assert "The minutes are attached" in parts[0].article().text
    with pytest.raises(ArticleError, match=r"Attachment 3 of box/letter\.eml cannot be read"):
        parts[1].article()


def test_two_files_of_one_name_are_two() -> None:
    message = letter()
    message.add_attachment("The bridge is open.", filename="a.txt")
    message.add_attachment("The road is closed.", filename="a.txt")
    assert [part.name for part in unpack(message.as_bytes(), _PATH)] == ["", "a.txt", "a.txt (2)"]
