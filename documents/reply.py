"""What a server answered, and what may be made of it."""

import re
from dataclasses import dataclass, field

from documents.article import Article
from documents.decode import decode_declared
from documents.display import printable
from documents.errors import ArticleError
from documents.load import SIZE_LIMIT
from documents.parse import parse

_DOCUMENTS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
}
_KINDS = ("text/", "application/xhtml+xml", "application/xml")
_LISTING = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(rss|feed|rdf:RDF|urlset|sitemapindex)\b"
)
_FIRST_ERROR = 400


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an answer may take.

    Attributes:
        size: bytes, after decompression.
        step_s: seconds for one step: connecting, or the next bytes.
        whole_s: seconds for everything, redirects included; waiting until a site may be asked is not.
    """

    size: int = SIZE_LIMIT
    step_s: float = 20.0
    whole_s: float = 120.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server named a version of a page by, to be asked for what is newer."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        sent = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in sent.items() if value}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered at the end of the redirects.

    Attributes:
        url: the last address asked.
        status: the HTTP status, of whatever kind; the body of an error is not read.
        reason: the server's word for it.
        kind: its Content-Type in small letters, "" when it names none.
        charset: the encoding it claims, None when it claims none.
        body: the bytes, decompressed.
        validators: what a later request may be made conditional with.
        retry_after: when to come again, as the server wrote it.
    """

    url: str
    status: int
    reason: str = ""
    kind: str = ""
    charset: str | None = None
    body: bytes = field(default=b"", repr=False)
    validators: Validators = field(default_factory=Validators)
    retry_after: str | None = None

    def check(self, url: str) -> None:
        """Refuse an error.

        Raises:
            ArticleError: the status is one of an error.
        """
        if self.status >= _FIRST_ERROR:
            raise ArticleError(f"{printable(url)} answers {self.status} {printable(self.reason)}.")

    def article(self, url: str) -> Article:
        """The article that a page or a document is.

        Raises:
            ArticleError: it is something else, or holds no text.
        """
        if (found := _LISTING.match(self.body)) is not None:
            option = "--feed" if found[1] in (b"rss", b"feed", b"rdf:RDF") else "--sitemap"
            raise ArticleError(
                f"{printable(url)} names articles and is none.", help=f"Follow it with: dossier add {option} URL"
            )
        suffix = _DOCUMENTS.get(self.kind.partition(";")[0].strip())
        return parse(self.body, url=url, kind=suffix) if suffix else parse(self.page(url), url=url)

    def page(self, url: str) -> bytes:
        """The body of a web page; as UTF-8 where the server says rightly which other encoding it sent.

        Raises:
            ArticleError: it is something else than text.
        """
        kind = self.kind or "text/html"
        if not kind.startswith(_KINDS):
            raise ArticleError(
                f"{printable(url)} is {printable(kind)}.",
                help="Dossier fetches web pages, plain text, and documents such as PDF.",
            )
        text = decode_declared(self.body, self.charset) if self.charset else None
        return self.body if text is None else text.encode()
