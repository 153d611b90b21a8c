"""A draft spreads over articles, asks nothing twice, and holds articles out that no other one answers for."""

import json
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from documents import Article, Passage
from eval.datasets import load_dataset
from eval.draft_file import Drafted, new_file
from eval.draft_set import Draft, Plan, alternating, is_twice, spread_out
from eval.proposals import SYSTEM, Dropped, Proposal
from eval.questions import GoldQuote, Question
from eval.rows import DatasetError
from eval.samples import SAMPLE_ARTICLES
from rag import ArticleSummary, Library, LibraryEmpty, Prompt, load_generator
from rag.generate import never
from tests.fakes import FakeEncoder, FakeGenerator

PLACES = ("Arlen", "Brevik", "Corby", "Dalby", "Ekvik", "Fosse", "Gimle", "Holt")


class Quizmaster(FakeGenerator):
    """Asks of each passage when its bridge was opened, and answers with the sentence that says so."""

    def stream(
        self, prompt: Prompt, *, max_tokens: int, should_stop: Callable[[], bool] = never
    ) -> Generator[str, None, None]:
        sentence = prompt.passages[0].split("\n")[1].split(". ")[0]
        words = sentence.split()
        proposal = f"Question: When was the bridge of {words[4]} opened to all?\nAnswer: {words[-1]}"
        self.replies = [proposal if prompt.system == SYSTEM else f"{sentence}."]
        return super().stream(prompt, max_tokens=max_tokens, should_stop=should_stop)


def text(place: str, year: int) -> str:
    return f"The old bridge of {place} opened in {year}. The mayor spoke at the school about the river and the train."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, place in enumerate(PLACES):
        (folder / f"{place}.txt").write_text(text(place, 1900 + number), encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=Quizmaster()) as opened:
        opened.add(folder)
        yield opened


def drafted(library: Library, **plan: object) -> list[Drafted]:
    return list(Draft(library, Plan(**plan)).questions())  # type: ignore[arg-type]


def test_every_question_has_its_answer_in_a_passage_of_another_article(library: Library) -> None:
    answerable = [each.question for each in drafted(library, count=8) if each.question.answerable]
    assert len(answerable) == 6
    for question in answerable:
        (quote,) = question.quotes
        place = quote.file.removesuffix(".txt")
        (gold,) = question.answers
        assert (question.question, gold) == (
            f"When was the bridge of {place} opened to all?",
            str(1900 + PLACES.index(place)),
        )
        assert quote.text == text(place, int(gold))
        assert (question.tags, question.language) == (("draft", "same-language"), "en")
    assert len({question.quotes[0].file for question in answerable}) == 6


def test_one_of_four_is_asked_without_the_article_that_answers_it(library: Library) -> None:
    everything = drafted(library, count=8)
    first, second = (each for each in everything if not each.question.answerable)
    asked_about = {quote.file for each in everything for quote in each.question.quotes}
    for each in (first, second):
        (file,) = each.question.without
        place = file.removesuffix(".txt")
        assert each.question.question == f"When was the bridge of {place} opened to all?"
        assert (each.question.answers, each.question.quotes) == ((), ())
        assert each.question.tags == ("draft", "held-out")
        assert file not in asked_about
        assert each.note.startswith(f"{file} answers this: {1900 + PLACES.index(place)}. It says: The old bridge")
    assert first.question.without != second.question.without


def test_the_same_seed_gives_the_same_draft_and_another_one_another(library: Library) -> None:
    assert drafted(library, count=8) == drafted(library, count=8)
    assert drafted(library, count=8) != drafted(library, count=8, seed=8)


def test_articles_may_be_named_to_be_held_out(library: Library, folder: Path) -> None:
    found = drafted(library, count=8, held_out=("Corby.txt", str(folder / "Holt.txt")))
    assert {each.question.without for each in found if not each.question.answerable} == {("Corby.txt",), ("Holt.txt",)}
    with pytest.raises(DatasetError, match=r"no article 'Nowhere.txt' to hold out"):
        drafted(library, held_out=("Nowhere.txt",))
    assert drafted(library, count=4, held_out=(str(folder),))[0].question.answerable is False


def test_what_another_article_says_too_is_not_unanswerable(library: Library, folder: Path) -> None:
    (folder / "copy.txt").write_text(text("Corby", 1902) + "\n", encoding="utf-8")
    (folder / "retold.txt").write_text(f"{text('Zern', 1877)} Holt had one as early as 1907.", encoding="utf-8")
    library.add(folder)
    draft = Draft(library, Plan(count=8, held_out=("Corby.txt", "Holt.txt", "Dalby.txt")))
    kept = {each.question.without for each in draft.questions() if each.question.without}
    assert kept == {("Corby.txt",), ("Dalby.txt",)}, "the copy is the same article, and held out with it"
    assert draft.dropped[Dropped.ELSEWHERE] == 1


def test_what_was_asked_is_not_asked_again(library: Library, folder: Path) -> None:
    for number, place in enumerate(PLACES):
        (folder / f"again-{place}.txt").write_text(text(place, 1900 + number) + " Rain.", encoding="utf-8")
    library.add(folder)
    draft = Draft(library, Plan(count=16, held_out=("Corby.txt",)))
    questions = [each.question.question for each in draft.questions()]
    assert len(questions) == len(set(questions)) == 8
    assert draft.dropped[Dropped.TWICE] == draft.tried - 8 - draft.dropped[Dropped.ELSEWHERE]


def test_a_single_article_has_no_rest_and_an_empty_library_no_question(tmp_path: Path, folder: Path) -> None:
    with Library.open(tmp_path / "small", encoder=FakeEncoder(), generator=Quizmaster()) as small:
        with pytest.raises(LibraryEmpty):
            Draft(small, Plan())
        small.add(folder / "Holt.txt")
        assert [each.question.answerable for each in drafted(small, count=4)] == [True]


def test_passages_of_a_few_words_are_not_asked_about(tmp_path: Path) -> None:
    with Library.open(tmp_path / "small", encoder=FakeEncoder(), generator=Quizmaster()) as small:
        small.add(Article(id="a", text="The bridge of Holt opened in 1907.", title="", language="en"))
        draft = Draft(small, Plan())
        assert (list(draft.questions()), draft.tried) == ([], 0)


def test_questions_are_asked_for_in_the_languages_that_are_named(library: Library) -> None:
    generator = library.generator
    assert isinstance(generator, Quizmaster)
    draft = Draft(library, Plan(count=3, languages=("sv", "fr")))
    assert list(draft.questions()) == []
    tasks = [prompt.question.partition(" about")[0] for prompt in generator.prompts]
    assert tasks == ["Write one question in Swedish", "Write one question in French"] * 3
    assert draft.dropped == {Dropped.FOREIGN: 6}


@pytest.mark.parametrize(
    ("question", "gold", "article", "twice"),
    [
        ("How deep is the lake of Holt?", "12", "a", True),
        ("How deep is the lake of Holt?", "12 metres", "b", True),
        ("How deep is the lake of Corby?", "12 metres", "b", False),
        ("What depth has the lake of Holt?", "12", "b", False),
        ("What depth has the lake of Holt?", "12", "a", True),
        ("How deep is the lake of Holt now?", "12", "b", True),
    ],
)
def test_two_questions_are_one_by_their_words_and_answers(question: str, gold: str, article: str, twice: bool) -> None:
    def made(question: str, gold: str, article: str) -> Proposal:
        return Proposal(question, "en", (gold,), "", Passage(Article(id=article, text="", title=""), 0, 0))

    assert is_twice(made(question, gold, article), made("How deep is the lake of Holt?", "12", "a")) is twice


def test_languages_and_sources_take_turns() -> None:
    def summary(name: str, language: str, source: str) -> ArticleSummary:
        return ArticleSummary(name, "", source, None, language, None, None, 1)

    listed = [summary(f"en{i}", "en", "A" if i else "B") for i in range(5)] + [summary("sv0", "sv", "C")]
    for seed in range(5):
        order = spread_out(listed, seed)
        assert sorted(order) == sorted(each.id for each in listed)
        assert "sv0" in order[:2]
        assert order.index("en0") <= 2


def test_groups_take_turns_until_all_are_through() -> None:
    assert list(alternating([[1, 2, 3], [], [4], [5, 6]])) == [1, 4, 5, 2, 6, 3]


DRAFTED = Drafted(Question("a001", "Quand ?", "fr", ("mai",), (GoldQuote("a.txt", "En mai."),), True, (), "test"))  # noqa: FBT003


def test_a_draft_is_a_file_of_questions(tmp_path: Path) -> None:
    path = tmp_path / "draft.jsonl"
    bare = Question("u001", "Où ?", "fr", (), (), False, (), "test", without=("b.txt",))  # noqa: FBT003
    with new_file(path) as write:
        write(DRAFTED)
        assert len(path.read_text(encoding="utf-8").splitlines()) == 1
        write(Drafted(bare, "b.txt answers this: ici."))
    assert load_dataset(str(path)).questions == (DRAFTED.question, bare)
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[1])["note"] == "b.txt answers this: ici."


def test_a_file_is_never_written_over_unasked(tmp_path: Path) -> None:
    path = tmp_path / "draft.jsonl"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"draft.jsonl is there already"), new_file(path):
        pytest.fail("it was opened")
    with new_file(path, force=True):
        pass
    assert path.read_text(encoding="utf-8") == "mine"
    with new_file(path, force=True) as write:
        write(DRAFTED)
        assert path.read_text(encoding="utf-8") == "mine"
    assert load_dataset(str(path)).questions == (DRAFTED.question,)
    assert [each.name for each in tmp_path.iterdir()] == ["draft.jsonl"]
    with pytest.raises(DatasetError, match="cannot be written"), new_file(tmp_path / "nowhere" / "draft.jsonl"):
        pytest.fail("it was opened")


def test_what_was_kept_stays_when_the_rest_fails_and_an_empty_file_does_not(tmp_path: Path) -> None:
    path = tmp_path / "draft.jsonl"
    with pytest.raises(KeyboardInterrupt), new_file(path):
        raise KeyboardInterrupt
    assert not path.exists()

    def stopped() -> None:
        with new_file(path) as write:
            write(DRAFTED)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert load_dataset(str(path)).questions == (DRAFTED.question,)


@pytest.mark.model
def test_a_real_model_drafts_questions_on_real_articles(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", generator=load_generator("qwen2.5-coder-1.5b-instruct")) as library:
        library.add(*sorted(SAMPLE_ARTICLES.glob("en-0[1-3]*")))
        found = [each.question for each in Draft(library, Plan(count=2)).questions()]
        texts = {Path(each.path or "").name: library.article(each.id).text for each in library.articles()}
    assert len(found) == 2
    for question in found:
        (quote,), gold = question.quotes, question.answers[0]
        assert quote.text is not None
        assert gold in quote.text
        assert quote.text in texts[quote.file]
        assert gold not in question.question
        assert question.language == "en"
