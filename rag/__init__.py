"""Questions in, checked answers out: the public interface.

    from rag import ask, Library

    answer = ask("Who signed the resolution, and when?")
    print(answer.text)
    for citation in answer.citations:
        print(citation.number, citation.article.title, citation.quote)

- `ask`: a question to a library, the default one unless named; `Library`: a folder of articles to add to and ask.
- `Answer` and its parts: `Sentence`, `Citation`, `Evidence`, `Timing`, `ModelNames`; `Turn`: the conversation so far.
- `Conflict`: two of its citations that contradict each other.
- `Found`, `Draft`, `Checked`: the events of `Library.stream` before its `Answer`; together they are `Event`.
- `Filters`: which articles may answer; `Length`: how long the answer is to be.
- `AddReport`, `Progress`, `Outcome`: what adding did; `Removed`: what removing did; `ArticleSummary`, `Status`: what
  a library holds.
- `Feeds`: what a library follows of the web, each of it `Followed`, of a `FeedKind`; `Update`: what came of
  looking at it.
- `PassageSize`: how long passages are; `SearchSettings`: how they are ranked, and which are near enough;
  `Readiness`: how many of them the model has read ahead.
- `load_generator`: a model for `Library.open`, with `EngineOptions` (among them the `CellType` of its memory) and
  `StateSettings`; `Generator`: what a model of one's own must do, `Loadable`: what it may; `Running`: what a library's
  model is doing; `Fetching`: how far a fetch is; `Prompt`: what it reads, as `build_prompt` makes it.
- `Checker`: what checks the sentences of an answer, on any evidence; `Verdict`: what it finds, from `Signals` and
  what a `Judge` says where these leave it `in_doubt`, or at least open (`is_open`); `weigh`: how all is weighed, with
  `NO_MODEL` or one, and shown from `SUPPORTED` on; `support_features` and `answer_features`: the numbers that go into
  it; `judges`: the judges whose word has weights.
- `ModelJudge`: the judge that is a `Generator`; `AnswerJudge`: the one that looks at the question and the passage in
  place of the quote, asked where a sentence `may_answer`; `statement_prompt`: what a model is asked without a question.
- `find_names`: the names of a sentence, each a `NameMention`.
- `is_own_words`: whether a text is Dossier's own about the articles, such as an abstention.
- `default_folder`: where the default library is; `is_library`: whether there is one in a folder; `undone_if_empty`:
  leaves none behind that was made for nothing; `Database`: a file that something else about it is kept in.
- `DossierError` and its kinds: everything that is raised on purpose.
"""

from collections.abc import Sequence
from pathlib import Path

from documents.errors import (
    ArticleError,
    DossierError,
    EmbeddingMismatch,
    FetchError,
    HashMismatch,
    LibraryBusy,
    LibraryDamaged,
    LibraryEmpty,
    LibraryError,
    ModelError,
    QuestionError,
)
from rag.adding import AddReport, Outcome, Progress
from rag.answer import (
    Answer,
    Checked,
    Citation,
    Conflict,
    Draft,
    Event,
    Evidence,
    Found,
    ModelNames,
    Sentence,
    Timing,
    Turn,
)
from rag.cite import Checker, Verdict
from rag.database import Database
from rag.feeds import Feeds, Update
from rag.folder import is_library, undone_if_empty
from rag.generate import Generator, Prompt, load_generator
from rag.judge import AnswerJudge, Judge, ModelJudge
from rag.judge_prompts import statement_prompt
from rag.library import Library
from rag.names import NameMention, find_names
from rag.prompt import Length, is_own_words
from rag.prompt import build as build_prompt
from rag.removal import Removed
from rag.running import Fetching, Loadable, Running
from rag.settings import CellType, EngineOptions, PassageSize, SearchSettings, StateSettings, default_folder
from rag.signals import Signals
from rag.status import Status
from rag.store import ArticleSummary, Filters
from rag.support import (
    NO_MODEL,
    SUPPORTED,
    answer_features,
    in_doubt,
    is_open,
    judges,
    may_answer,
    support_features,
    weigh,
)
from rag.warm import Readiness
from rag.web_memory import FeedKind, Followed

__all__ = [
    "NO_MODEL",
    "SUPPORTED",
    "AddReport",
    "Answer",
    "AnswerJudge",
    "ArticleError",
    "ArticleSummary",
    "CellType",
    "Checked",
    "Checker",
    "Citation",
    "Conflict",
    "Database",
    "DossierError",
    "Draft",
    "EmbeddingMismatch",
    "EngineOptions",
    "Event",
    "Evidence",
    "FeedKind",
    "Feeds",
    "FetchError",
    "Fetching",
    "Filters",
    "Followed",
    "Found",
    "Generator",
    "HashMismatch",
    "Judge",
    "Length",
    "Library",
    "LibraryBusy",
    "LibraryDamaged",
    "LibraryEmpty",
    "LibraryError",
    "Loadable",
    "ModelError",
    "ModelJudge",
    "ModelNames",
    "NameMention",
    "Outcome",
    "PassageSize",
    "Progress",
    "Prompt",
    "QuestionError",
    "Readiness",
    "Removed",
    "Running",
    "SearchSettings",
    "Sentence",
    "Signals",
    "StateSettings",
    "Status",
    "Timing",
    "Turn",
    "Update",
    "Verdict",
    "answer_features",
    "ask",
    "build_prompt",
    "default_folder",
    "find_names",
    "in_doubt",
    "is_library",
    "is_open",
    "is_own_words",
    "judges",
    "load_generator",
    "may_answer",
    "statement_prompt",
    "support_features",
    "undone_if_empty",
    "weigh",
]


def ask(
    question: str,
    *,
    library: str | Path | None = None,
    history: Sequence[Turn] = (),
    filters: Filters | None = None,
    k: int = 4,
    length: Length = "short",
) -> Answer:
    """Answer a question from a library of articles.

    Args:
        question: in any language; the answer comes in the same.
        library: the library's folder; None takes the default one.
        history: the conversation so far, oldest first.
        filters: which articles may answer.
        k: how many passages the model reads.
        length: how long the answer is to be, one sentence ("short") or three to five ("full").

    Raises:
        LibraryEmpty: there are no articles yet; the message says how to add some.
        QuestionError: the question is empty or too long.
        DossierError: anything else that a user can act on.
    """
    with Library.open(library) as opened:
        return opened.ask(question, history=history, filters=filters, k=k, length=length)
