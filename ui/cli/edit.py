"""The command that corrects what is known of an article."""

from typing import Annotated

import typer
from rich.text import Text

from ui.cli import common
from ui.cli.common import LibraryOption
from ui.cli.terminal import describe, one_line

UNKNOWN = 'Write "" where it is not known.'


def edit(  # noqa: PLR0913 - an option for each field
    article_id: Annotated[
        str, typer.Argument(metavar="ID", show_default=False, help="The whole id, as dossier list shows it.")
    ],
    *,
    title: Annotated[str | None, typer.Option(show_default=False, help="The headline.")] = None,
    date: Annotated[
        str | None, typer.Option(show_default=False, help=f"2024, 2024-11 or 2024-11-20. {UNKNOWN}")
    ] = None,
    source: Annotated[str | None, typer.Option(show_default=False, help="Who published it.")] = None,
    author: Annotated[str | None, typer.Option(show_default=False, help="Who wrote it.")] = None,
    language: Annotated[str | None, typer.Option(show_default=False, help="A code like sv.")] = None,
    url: Annotated[str | None, typer.Option(show_default=False, help="Where it was published.")] = None,
    modified: Annotated[str | None, typer.Option(show_default=False, help="When it was changed, as --date.")] = None,
    rubric: Annotated[
        str | None, typer.Option(show_default=False, help="The part of the publication it appeared in.")
    ] = None,
    undo: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD", show_default=False, help="Take again what was read; may be given several times."),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Correct what is known of an article: title, date, source and so on.

    The correction stays when the file changes, is moved, or is added again; dossier show marks it as edited.

    \b
    Examples:
      dossier edit 5b0f4d6e21ac --date 2024-11-20 --source "Le Courrier"
      dossier edit 5b0f4d6e21ac --author "" --undo title
    """  # noqa: D301 - \b is for typer: it keeps the lines below as they are
    given = {
        "title": title,
        "date": date,
        "source": source,
        "author": author,
        "language": language,
        "url": url,
        "modified": modified,
        "rubric": rubric,
    }
    values = {field: value for field, value in given.items() if value is not None}
    if not (values or undo):
        raise typer.BadParameter("Say what to correct, such as --date 2024-11-20.")
    with common.library_in(library) as opened:
        article = opened.edit(article_id, undo=undo or (), **values)
    out = common.results()
    out.print(Text(f"{article.id}  {describe(article)}"), soft_wrap=True)
    for field in dict.fromkeys([*values, *(undo or ())]):
        out.print(Text(f"{field}: {one_line(getattr(article, field) or '-')}"), soft_wrap=True)
