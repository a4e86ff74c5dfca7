"""`export incident`: all of one incident as a file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.context import unasked
from bot.errors import Invalid, NotFound
from bot.text import Ref
from console import rows, terminal
from storage.secrets import Sealer
from workflows.incidents import document, exporting, tables
from workflows.incidents.document import Json
from workflows.incidents.rules import ALSO, INCIDENT

Code = Annotated[str, typer.Argument(help="The incident, such as SI-42.", metavar="INCIDENT")]
File = Annotated[Path, typer.Argument(help="Its name ends in .json or .md.", metavar="FILE")]


class Form(StrEnum):
    """How an incident is written, by the end of the file's name."""

    JSON = ".json"
    MARKDOWN = ".md"


def export_incident(incident: Code, file: File) -> None:
    """Write all of an incident to FILE, without names; that it was written stands in the audit."""
    by = rows.sealer(rows.settings())
    with rows.in_words():
        form = _form_of(file)
    found = rows.write(lambda session: _noted(session, by, incident))
    as_json = form is Form.JSON
    text = document.as_json(found) if as_json else document.as_markdown(found)
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        terminal.refuse(f"{file} is there already. Choose another name; nothing was written.")
    except OSError as error:
        terminal.refuse(f"I cannot write {file}: {error.strerror}. Nothing was written.")
    terminal.say(f"Wrote {file}. That it was handed out stands in the audit.")


def _form_of(file: Path) -> Form:
    if file.suffix not in set(Form):
        raise Invalid("Let the file's name end in .json or .md. Nothing was written.")
    return Form(file.suffix)


def _noted(session: Session, by: Sealer, code: str) -> Json:
    named = Ref.parse(code)
    is_one = named is not None and named.kind in {INCIDENT, ALSO}
    found = tables.incident(session, named.number) if named and is_one else None
    if found is None:
        raise NotFound(f"There is no incident {code}. Name it by its number, such as SI-42.")
    now = rows.now()
    exporting.check_file(session, found, now)
    rows.note(session, by, "incidents.export", f"incident:{found.id}:export")
    return document.of(unasked(session, by, now), found)
