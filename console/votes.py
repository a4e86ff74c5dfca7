"""`export vote`: the record of one vote as a file."""

from typing import Annotated

import typer
from sqlmodel import Session

from bot.context import unasked
from bot.errors import Conflict, NotFound
from bot.text import Ref
from console import documents, rows, terminal
from console.documents import File, Form
from storage.secrets import Sealer
from workflows.votes import record, tables
from workflows.votes.record import Record
from workflows.votes.rules import VOTE, State

Code = Annotated[str, typer.Argument(help="The vote, such as V-7.", metavar="VOTE")]


def export_vote(vote: Code, file: File) -> None:
    """Write the record of a closed vote to FILE, and say whether the audit confirms it."""
    by = rows.sealer(rows.settings())
    form = documents.form_of(file)
    found = rows.read(lambda session: _record(session, by, vote))
    text = record.markdown(found) if form is Form.MARKDOWN else record.canonical(found.document())
    documents.write(file, text)
    terminal.say(f"Wrote {file}. {found.proof()}")


def _record(session: Session, by: Sealer, code: str) -> Record:
    named = Ref.parse(code)
    found = tables.vote(session, named.number) if named and named.kind == VOTE else None
    if found is None:
        raise NotFound(f"There is no vote {code}. Name it by its code, such as V-7.")
    if found.state is State.OPEN:
        raise Conflict(f"{code} is still open. There is no record of it before the close.")
    return record.record_of(unasked(session, by, rows.now()), found)
