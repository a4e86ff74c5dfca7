"""`export vote`: the record of one vote as a file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.context import unasked
from bot.errors import Conflict, Invalid, NotFound
from bot.text import Ref
from console import rows, terminal
from storage.secrets import Sealer
from workflows.votes import record, tables
from workflows.votes.record import Record
from workflows.votes.rules import VOTE, State

Code = Annotated[str, typer.Argument(help="The vote, such as V-7.", metavar="VOTE")]
File = Annotated[Path, typer.Argument(help="Its name ends in .json or .md.", metavar="FILE")]


class Form(StrEnum):
    """How a record is written, by the end of the file's name."""

    JSON = ".json"
    MARKDOWN = ".md"


def export_vote(vote: Code, file: File) -> None:
    """Write the record of a closed vote to FILE, and say whether the audit confirms it."""
    by = rows.sealer(rows.settings())
    with rows.in_words():
        form = _form_of(file)
    found = rows.read(lambda session: _record(session, by, vote))
    text = record.markdown(found) if form is Form.MARKDOWN else record.canonical(found.document())
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        terminal.refuse(f"{file} is there already. Choose another name; nothing was written.")
    except OSError as error:
        terminal.refuse(f"I cannot write {file}: {error.strerror}. Nothing was written.")
    terminal.say(f"Wrote {file}. {found.proof()}")


def _form_of(file: Path) -> Form:
    if file.suffix not in set(Form):
        raise Invalid("Let the file's name end in .json or .md. Nothing was written.")
    return Form(file.suffix)


def _record(session: Session, by: Sealer, code: str) -> Record:
    named = Ref.parse(code)
    found = tables.vote(session, named.number) if named and named.kind == VOTE else None
    if found is None:
        raise NotFound(f"There is no vote {code}. Name it by its code, such as V-7.")
    if found.state is State.OPEN:
        raise Conflict(f"{code} is still open. There is no record of it before the close.")
    return record.record_of(unasked(session, by, rows.now()), found)
