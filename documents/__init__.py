"""Articles: load them, know their language, split them into passages."""

from documents.article import Article, Passage, Place, PlaceKind, Section, SectionKind
from documents.dates import DateMention, find_dates
from documents.errors import ArticleError, DossierError
from documents.feeds import FEED_SIZE, Feed, announced_feed, read_feed
from documents.fetching import Clock, Fetcher, Pace
from documents.language import confidence, could_be, detect, language_name
from documents.links import Link, listed_addresses, web_address
from documents.load import content_hash, find, read
from documents.packing import Limit
from documents.parse import parse
from documents.reply import Bounds, Reply, Validators
from documents.sentences import QUESTION_MARKS, sentences
from documents.sitemap import SITEMAP_SIZE, Sitemap, read_sitemap
from documents.split import split
from documents.told import context_at, head_at, subject_at, teaser_at
from documents.unpack import Part, unpack
from documents.unreachable import why_unreachable
from documents.web import fetch, load_url
from documents.words import words

__all__ = [
    "FEED_SIZE",
    "QUESTION_MARKS",
    "SITEMAP_SIZE",
    "Article",
    "ArticleError",
    "Bounds",
    "Clock",
    "DateMention",
    "DossierError",
    "Feed",
    "Fetcher",
    "Limit",
    "Link",
    "Pace",
    "Part",
    "Passage",
    "Place",
    "PlaceKind",
    "Reply",
    "Section",
    "SectionKind",
    "Sitemap",
    "Validators",
    "announced_feed",
    "confidence",
    "content_hash",
    "context_at",
    "could_be",
    "detect",
    "fetch",
    "find",
    "find_dates",
    "head_at",
    "language_name",
    "listed_addresses",
    "load_url",
    "parse",
    "read",
    "read_feed",
    "read_sitemap",
    "sentences",
    "split",
    "subject_at",
    "teaser_at",
    "unpack",
    "web_address",
    "why_unreachable",
    "words",
]
