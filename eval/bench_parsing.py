"""How many articles a second are parsed, cleaned and split, on one core and without models.

Articles are made of the samples' own sentences, 500 words each, as plain text, Markdown and web pages. Tokens are
counted as about four characters: the tokenizers have benchmarks of their own.
"""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from documents import Article, Limit, parse, sentences, split
from eval.samples import load_articles

ARTICLES = 2_000
WORDS = 500
FLOORS = {".txt": 200, ".md": 200, ".html": 50}
"""Articles a second that a format must reach."""

_LIMITS = [Limit(lambda text: len(text) // 4 + 1, 120, 500)]
_PARAGRAPH = 4  # sentences


def main() -> None:
    """Print articles a second for each format."""
    table = Table(title=f"{ARTICLES:,} articles of {WORDS} words, one core", box=None, header_style="bold")
    for column in ("format", "articles a second", "floor", "passages an article"):
        table.add_column(column, justify="left" if column == "format" else "right")
    stories = list(itertools.islice(made_stories(), ARTICLES))
    for suffix, floor in FLOORS.items():
        rate, passages = measure(stories, suffix)
        table.add_row(suffix, f"{rate:,.0f}", str(floor), f"{passages:.1f}")
    Console().print(table)


def measure(stories: Sequence[list[str]], suffix: str) -> tuple[float, float]:
    """Articles a second of processor time, and passages an article.

    Args:
        stories: paragraphs; the first is the headline.
        suffix: of the format that they are read as.
    """
    files = [_FORMS[suffix](story).encode() for story in stories]
    parse(files[0], path=Path(f"first{suffix}"))  # libraries are loaded once, not for each article
    start = time.process_time()
    passages = sum(len(split(parse(data, path=Path(f"{n}{suffix}")), _LIMITS)) for n, data in enumerate(files))
    return len(files) / (time.process_time() - start), passages / len(files)


def made_stories() -> Iterator[list[str]]:
    """Headline and paragraphs of articles of a language each, without end; no two are the same."""
    told = [_sentences(article) for article in load_articles().values()]
    for number in itertools.count():
        lines = told[number % len(told)]
        turn = number // len(told)
        taken: list[str] = []
        for sentence in itertools.cycle(lines[turn % len(lines) :] + lines[: turn % len(lines)]):
            taken.append(sentence)
            if sum(len(each.split()) for each in taken) >= WORDS:
                break
        paragraphs = (" ".join(group) for group in _groups(taken))
        yield [f"Bericht {number}", *paragraphs]


def _sentences(article: Article) -> list[str]:
    return [article.text[start:end].replace("\n", " ") for start, end in sentences(article.text, article.language)]


def _groups(lines: list[str]) -> Iterator[list[str]]:
    return (lines[at : at + _PARAGRAPH] for at in range(0, len(lines), _PARAGRAPH))


def _page(story: list[str]) -> str:
    menu = "".join(f"<li><a href='/{n}'>Menu {n}</a></li>" for n in range(30))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in story[1:])
    return (
        f"<!doctype html><html><head><title>{story[0]}</title><meta property='og:site_name' content='Bladet'></head>"
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{story[0]}</h1>{body}</article>"
        f"<footer><ul>{menu}</ul></footer></body></html>"
    )


_FORMS: dict[str, Callable[[list[str]], str]] = {
    ".txt": "\n\n".join,
    ".md": lambda story: f"---\ntitle: {story[0]}\ndate: 2024-05-03\n---\n\n# " + "\n\n".join(story),
    ".html": _page,
}
