"""Articles: load them, know their language, split them into passages."""

from documents.article import Article, Passage, Section, SectionKind
from documents.dates import DateMention, find_dates
from documents.errors import ArticleError, DossierError
from documents.language import confidence, detect, language_name
from documents.load import content_hash, find, read
from documents.parse import parse
from documents.sentences import sentences
from documents.split import Limit, split
from documents.web import fetch, load_url
from documents.words import words

__all__ = [
    "Article",
    "ArticleError",
    "DateMention",
    "DossierError",
    "Limit",
    "Passage",
    "Section",
    "SectionKind",
    "confidence",
    "content_hash",
    "detect",
    "fetch",
    "find",
    "find_dates",
    "language_name",
    "load_url",
    "parse",
    "read",
    "sentences",
    "split",
    "words",
]
