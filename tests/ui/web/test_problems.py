"""What went wrong is told in the language of the interface; the library's own words are at hand."""

import errno
import sqlite3

import pytest
from playwright.sync_api import expect

import documents.errors
from rag import DossierError, LibraryBusy, LibraryError, ModelError, QuestionError
from tests.ui.web.chats import BRIDGE, QUESTION, FailingGenerator, LibraryOpener, Opener
from ui.web.memory import open_memory
from ui.web.preferences import change
from ui.web.problems import own_words, problem_of
from ui.web.texts import LANGUAGES, Texts

EN, FR = Texts.of("en"), Texts.of("fr")
BROKEN = ModelError("llama.cpp cannot load the model 'small.gguf'.", help="Is it whole?")


def kinds() -> list[type[DossierError]]:
    found = [each for each in vars(documents.errors).values() if isinstance(each, type)]
    return [each for each in found if issubclass(each, DossierError)]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_kind_of_failure_is_told_in_the_language(language: str) -> None:
    t = Texts.of(language)
    told = {kind.__name__: problem_of(kind("It broke.", help="Mend it."), t) for kind in kinds()}
    assert len({problem.message for problem in told.values()}) == len(told), "each by a sentence of its own"
    for name, problem in told.items():
        assert "broke" not in problem.message
        assert problem.help
        assert "Mend" not in problem.help
        assert problem.details.endswith(f"{name}: It broke. Mend it.")


def test_where_the_interface_speaks_english_the_library_speaks_itself() -> None:
    told = problem_of(BROKEN, EN)
    assert (told.message, told.help) == (BROKEN.message, BROKEN.help)
    assert own_words(BROKEN, EN) == ""
    assert own_words(BROKEN, FR) == str(BROKEN)


def test_a_busy_library_is_told_in_the_words_of_the_interface_and_names_no_folder() -> None:
    busy = LibraryBusy("Another process is writing to the library /home/ana/press.", help="Wait.")
    for t in (EN, FR):
        told = problem_of(busy, t)
        assert (told.message, told.help) == (t("problem-busy"), t("problem-busy-help"))
        assert own_words(busy, t) == ""


def test_what_is_new_to_the_interface_is_told_as_the_nearest_that_it_knows() -> None:
    class NewerError(QuestionError):
        pass

    assert problem_of(NewerError("Too odd."), FR).message == FR("problem-question")


def test_a_full_disk_is_told_as_one_whoever_finds_it() -> None:
    assert problem_of(OSError(errno.ENOSPC, "/home/ana/secret"), FR).message == FR("problem-disk")
    assert problem_of(OSError(errno.EIO, "broken"), FR).message == FR("problem-unexpected")
    assert "ana" not in problem_of(OSError(errno.ENOSPC, "/home/ana/secret"), EN).details


def test_a_file_of_the_library_that_cannot_be_written_is_told_as_the_disk() -> None:
    error = LibraryError("The file cannot be used.")
    error.__cause__ = sqlite3.OperationalError("database or disk is full")
    assert problem_of(error, FR).message == FR("problem-disk")


@pytest.mark.browser
def test_a_failure_is_read_in_the_language_of_the_page(open_chat: Opener, open_library: LibraryOpener) -> None:
    library = open_library(FailingGenerator(BROKEN), BRIDGE)
    memory = open_memory(library.folder)
    change(memory, "", language="sv")
    memory.close()
    chat = open_chat(library)
    chat.ask(QUESTION)
    sv = Texts.of("sv")
    told = [sv("problem-model"), sv("problem-model-help"), sv("problem-details")]
    expect(chat.last.locator(".problem p")).to_have_text(told)
    assert str(BROKEN) in (chat.last.locator(".problem .details").text_content() or "")
    assert BROKEN.message not in chat.page.locator("#talk").inner_text()
