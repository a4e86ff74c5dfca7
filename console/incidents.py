"""`export incident`: all of one incident as a file."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.context import unasked
from bot.errors import NotFound
from bot.text import Ref
from console import documents, rows, terminal
from console.documents import File, Form
from storage.secrets import Sealer
from workflows.incidents import document, document_views, exporting, tables
from workflows.incidents.document import Json
from workflows.incidents.rules import ALSO, INCIDENT

Code = Annotated[str, typer.Argument(help="The incident, such as SI-42.", metavar="INCIDENT")]


def export_incident(incident: Code, file: File) -> None:
    """Write all of an incident to FILE, without names; that it was written stands in the audit."""
    by = rows.sealer(rows.settings())
    form = documents.form_of(file)
    found = rows.write(lambda session: _noted(session, by, incident))
    as_json = form is Form.JSON
    text = document.as_json(found) if as_json else document_views.markdown(found)
    documents.write(file, text)
    terminal.say(f"Wrote {file}. That it was handed out stands in the audit.")


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
