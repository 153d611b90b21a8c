"""An article made ready for the store: cut into passages, with the words and vectors that these are found by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from documents import Article, Passage, split, words
from documents.display import printable
from documents.errors import ArticleError
from embeddings import Encoder
from rag.duplicates import likeness
from rag.parts import Parts
from rag.retrieve import searchable, shown_title
from rag.store import Entry, Store, Vectors

_REEMBED_BATCH = 64  # passages whose new vectors are written together
_TITLE_PART = 2  # a headline takes at most a half of what the encoder reads


def entry_of(article: Article, origin: str, content_hash: str, store: Store, parts: Parts, place: str) -> Entry:
    """An article as it is written; text that the store has in this article or a copy of it is not encoded again.

    Args:
        article: its text and all that is known of it.
        origin: what makes it the same one next time.
        content_hash: of what it was read from.
        store: where it will be written.
        parts: the models.
        place: the article's origin until now.

    Raises:
        ArticleError: it holds no text, or none that can be cut.
    """
    passages = _cut(article, origin, parts)
    like = likeness(article)
    kept = [known[0]] if (known := store.known(place)) else []
    known_vectors = _known_vectors([*kept, *store.with_text(like.text_hash)], store, parts.encoder)
    return Entry(
        article=article,
        origin=origin,
        content_hash=content_hash,
        passages=tuple(passages),
        words=tuple(" ".join(words(searchable(passage))) for passage in passages),
        vectors=_vectors(_embedded(passages, parts.encoder), parts.encoder, known_vectors),
        fingerprint=parts.encoder.fingerprint,
        likeness=like,
    )


def entry_in(store: Store, article: Article, origin: str) -> Entry:
    """An article of a store as it was written, to be written again; needs no model.

    Args:
        store: where it is.
        article: the article.
        origin: where it came from.
    """
    ids, vectors = store.vectors(store.own_passage_ids(article.id).tolist())
    found = store.passages(ids.tolist())
    passages = tuple(found[passage_id] for passage_id in ids.tolist())
    known, fingerprint = store.known(origin), store.stamp().fingerprint
    if known is None or fingerprint is None:
        raise ValueError(f"the store has no article of {origin}")
    return Entry(
        article=replace(article, places=()),
        origin=origin,
        content_hash=known[1],
        passages=passages,
        words=tuple(" ".join(words(searchable(passage))) for passage in passages),
        vectors=vectors,
        fingerprint=fingerprint,
        edits=store.edits(origin),
        likeness=likeness(article),
    )


def embed_anew(store: Store, encoder: Encoder) -> None:
    """Make all vectors of a store anew; a stopped attempt is gone on with.

    The old ones serve until all new ones are there, then all change places at once. Passages keep their
    limits: what is longer than the new encoder reads is known to it by its beginning.
    """
    while ids := store.unstaged(encoder.fingerprint, _REEMBED_BATCH):
        passages = store.passages(ids)
        texts = _embedded([passages[passage_id] for passage_id in ids], encoder)
        store.stage(encoder.fingerprint, ids, encoder.encode_passages(texts))
    store.adopt(encoder.fingerprint)


def _known_vectors(article_ids: Iterable[str], store: Store, encoder: Encoder) -> dict[str, Vectors]:
    """The vectors of articles by what they were made of."""
    found: dict[str, Vectors] = {}
    for article_id in article_ids:
        ids = store.own_passage_ids(article_id).tolist()
        passages, (kept, vectors) = store.passages(ids), store.vectors(ids)
        texts = _embedded([passages[passage_id] for passage_id in kept.tolist()], encoder)
        found |= zip(texts, vectors, strict=True)
    return found


def _vectors(texts: Sequence[str], encoder: Encoder, known: Mapping[str, Vectors]) -> Vectors:
    new = [text for text in dict.fromkeys(texts) if text not in known]
    found = {**known, **dict(zip(new, encoder.encode_passages(new), strict=True))} if new else known
    return np.stack([found[text] for text in texts])


def _cut(article: Article, origin: str, parts: Parts) -> list[Passage]:
    try:
        passages = split(article, parts.limits(_headline(article, parts.encoder)))
    except ValueError as error:
        raise ArticleError(f"{printable(origin)} cannot be cut into passages: {printable(error)}") from error
    if not passages:
        raise ArticleError(f"{printable(origin)} holds no text.")
    return passages


def _embedded(passages: Sequence[Passage], encoder: Encoder) -> list[str]:
    """What is made a vector of: the words behind as much of the headline as leaves them room."""
    return [
        searchable(replace(passage, article=replace(passage.article, title=_headline(passage.article, encoder))))
        for passage in passages
    ]


def _headline(article: Article, encoder: Encoder) -> str:
    title, most = shown_title(article), encoder.max_tokens // _TITLE_PART
    while title and (count := encoder.count_tokens(title)) > most:
        title = title[: min(len(title) - 1, len(title) * most // count)]
    return title
