"""A small town to evaluate: articles, questions on them, a model that knows what to say, and one that is killed."""

from collections.abc import Callable, Generator, Mapping
from copy import deepcopy

from documents import Article
from eval.datasets import Dataset
from eval.questions import GoldQuote, Question
from eval.records import Record
from rag import Prompt
from tests.fakes import FakeGenerator

BRIDGE = "The bridge over the river opened in 2019. It is long."
SCHOOL = "The school is new. It cost 12 million."
TRAIN = "The train to the school has run since 2024. It is slow."
ARTICLES = tuple(
    Article(id="", text=text, title=f"The {name}", language="en", url=f"town:{name}")
    for name, text in (("bridge", BRIDGE), ("school", SCHOOL), ("train", TRAIN))
)


def asked(name: str, text: str, answer: str = "", file: str = "", quote: str = "") -> Question:
    """A question; one without an answer has none in the articles."""
    quotes = (GoldQuote(file, quote),) if quote else ()
    return Question(name, text, "en", (answer,) if answer else (), quotes, bool(answer), (), "dev")


QUESTIONS = (
    asked("bridge", "When did the bridge over the river open?", "2019", "town:bridge", "opened in 2019"),
    asked("cost", "How many million did the school cost?", "12 million", "town:school", "It cost 12 million."),
    asked("train", "Since when has the train to the school run?", "2024", "town:train", "since 2024"),
    asked("mayor", "Did the mayor open the bridge over the river in 2019?"),
)
SAYS = {
    "bridge over the river open": "The bridge over the river opened in 2019.",
    "school cost": "It cost 12 million.",
    "train to the school run": "The train to the school has run since 2024.",
    "mayor": "NOT FOUND",
}
TOWN = Dataset("town", QUESTIONS, ARTICLES)


class Knowing(FakeGenerator):
    """Says what is known about the words of a question; `before` is called with each question first."""

    def __init__(self, says: Mapping[str, str] = SAYS, before: Callable[[str], None] = lambda _: None) -> None:
        super().__init__()
        self._says = says
        self._before = before

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = lambda: False
    ) -> Generator[str, None, None]:
        if not prompt.discouraged:
            self._before(prompt.question)
        self.replies = [next(text for words, text in self._says.items() if words in prompt.question)]
        yield from super().stream(prompt, max_tokens=max_tokens, should_stop=should_stop)


class Silent:
    """Watches an evaluation and keeps what it was told."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, int]] = []
        self.records: list[Record] = []

    def begin(self, what: str, total: int) -> None:
        self.begun.append((what, total))

    def step(self, record: Record | None = None) -> None:
        if record is not None:
            self.records.append(record)


def untimed(record: Record) -> dict[str, object]:
    """A record without what no two runs share: times, and the ids that a library gives its articles."""
    values = deepcopy(record.to_dict())
    values["answer"].pop("timing")
    for citation in values["answer"]["citations"]:
        citation["article"].pop("id")
    for item in values["answer"]["evidence"]:
        item.pop("article_id")
    for name in ("retrieve_s", "first_token_s", "check_s", "total_s"):
        values["shares"].pop(name)
    return values
