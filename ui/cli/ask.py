"""The command that answers: ask."""

from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli import common
from ui.cli.common import JsonOption, LibraryOption

if TYPE_CHECKING:
    from rag import Length


def ask(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="QUESTION",
            show_default=False,
            help="In any language. In quotes, or the shell takes marks such as ? and ' for its own.",
        ),
    ],
    *,
    as_json: JsonOption = False,
    drafts: Annotated[
        bool,
        typer.Option(
            "--drafts",
            help="Show also, on standard error, the sentences that no quote supports: struck through, with the reason.",
        ),
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="All that the passages say, in three to five sentences; one without it.")
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Answer a question from the articles, with a quote for every sentence.

    The answer comes in the language of the question, the quotes in that of their article. The titles of the
    articles that are read come first, on standard error; then each sentence as soon as it is checked; then the
    numbered quotes.

    When the articles do not hold the answer, that is the answer, with the nearest passages below it. The exit
    code is 0 then too; with --json, look at "abstained". The JSON always holds every sentence, with "supported".

    \b
    Examples:
      dossier ask "Who signed resolution 57-NQ/TW, and when?"
      dossier ask "Qui a signé la résolution 57-NQ/TW ?" --json
      dossier ask "What did it cost?" --drafts
      dossier ask "What is the law about?" --full
      dossier ask "What was agreed?" --library press --json | jq .citations
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    question = " ".join(words)
    if not question.strip():
        raise typer.BadParameter("The question is empty. Write what you want to know.")
    length: Length = "full" if full else "short"
    common.check_model()
    with common.library_in(library) as opened:
        if as_json:
            common.print_json(opened.ask(question, length=length).to_dict())
            return
        from ui.cli.terminal import AnswerPrinter  # noqa: PLC0415 - only what this command needs

        AnswerPrinter(common.results(), common.notes(), drafts=drafts).show(opened.stream(question, length=length))
