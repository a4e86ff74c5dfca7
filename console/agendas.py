"""`export agenda`: the dates of a meeting that comes back, as a file for calendars."""

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.context import unasked
from bot.errors import Invalid, NotFound
from bot.text import Ref
from console import documents, rows, terminal
from storage.secrets import Sealer
from workflows.agendas import calendars, ics, tables
from workflows.agendas.rules import SERIES

Code = Annotated[str, typer.Argument(help="The meeting, such as AG-3.", metavar="MEETING")]
File = Annotated[Path, typer.Argument(help="Its name ends in .ics.", metavar="FILE")]


def export_agenda(meeting: Code, file: File) -> None:
    """Write the dates of a meeting to FILE, which calendars open."""
    by = rows.sealer(rows.settings())
    with rows.in_words():
        if file.suffix != ".ics":
            raise Invalid("Let the file's name end in .ics. Nothing was written.")
    content = rows.read(lambda session: _dates(session, by, meeting))
    documents.write(file, content.decode())
    terminal.say(f"Wrote {file}.")


def _dates(session: Session, by: Sealer, code: str) -> bytes:
    named = Ref.parse(code)
    found = tables.series(session, named.number) if named and named.kind == SERIES else None
    if found is None:
        raise NotFound(f"There is no meeting {code}. Name it by its code, such as AG-3.")
    dates = calendars.dates(unasked(session, by, rows.now()), found)
    return ics.calendar(dates, method=ics.PUBLISH)
