"""`import` and `export`: the glossary, the people and their holidays as files."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session

from console import rows, terminal
from console.terminal import DryRun
from storage import people
from storage.calendars import Holiday
from workflows import glossary
from workflows import people as staff
from workflows.glossary.transfer import Fate as RowFate
from workflows.glossary.transfer import Plan, Row
from workflows.people import Colleague, Fate, HolidayPlan
from workflows.people.calendar_texts import NEEDS_LIST

importing = typer.Typer(name="import", help="Take a file in, whole or not.", no_args_is_help=True)
exporting = typer.Typer(name="export", help="Write a file out.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="Comma-separated values, UTF-8.", metavar="FILE")]

_SHOWN = 20


class Form(StrEnum):
    """How an export is written."""

    CSV = "csv"
    JSON = "json"


@importing.command("glossary")
def import_glossary(file: File, *, dry_run: DryRun = False) -> None:
    """Take in terms, all of them or none; what would change is shown first."""
    text = text_of(file)
    with terminal.waiting("Comparing with what is there"):
        plan = rows.read(lambda session: glossary.plan_import(session, text))
    _show_plan(plan)
    if plan.problems or plan.rows(RowFate.CONFLICT):
        terminal.refuse("Nothing was changed. Mend the lines named above, then repeat.")
    if dry_run or not plan.is_ready():
        terminal.say("Nothing was changed.")
        return
    by = rows.sealer(rows.settings())

    def work(session: Session) -> int:
        # Somebody may have changed the glossary since it was compared.
        fresh = glossary.plan_import(session, text)
        glossary.apply_import(session, fresh, rows.now())
        rows.note(session, by, "console.import.glossary", "glossary")
        return len(fresh.work())

    with terminal.waiting("Writing the terms"):
        written = rows.write(work)
    meanings = "1 meaning" if written == 1 else f"{written} meanings"
    terminal.say(f"Wrote {meanings}. The running bot answers with them at once.")


@importing.command("people")
def import_people(file: File, *, dry_run: DryRun = False) -> None:
    """Make people known, with accounts and roles; nobody and nothing is taken away."""
    text = text_of(file)
    colleagues = rows.read(lambda session: staff.read(text, people.departments(session)))

    def work(session: Session) -> str:
        return _counted(_settle_all(session, colleagues))

    _take_in("people", work, dry_run=dry_run)


@importing.command("holidays")
def import_holidays(
    file: File,
    *,
    of: Annotated[str, typer.Option("--list", help="Whose days a calendar file (.ics) has.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Take in holidays; each year of a list is afterwards as the file says."""
    text = text_of(file)
    is_calendar = file.suffix.casefold() == ".ics"
    if is_calendar and not of:
        terminal.refuse(NEEDS_LIST)

    def read(session: Session) -> list[Holiday]:
        known = people.departments(session)
        if is_calendar:
            return staff.read_calendar(text, of, known)
        return staff.read_holidays(text, known)

    wanted = rows.read(read)

    def work(session: Session) -> str:
        return _told(staff.settle_holidays(session, wanted))

    _take_in("holidays", work, dry_run=dry_run)


@exporting.command("glossary")
def export_glossary(
    *,
    form: Annotated[Form, typer.Option("--format", help="csv can be imported again.")] = Form.CSV,
) -> None:
    """Print the whole glossary; send it to a file with `> glossary.csv`."""
    text = rows.read(glossary.export)
    if form is Form.CSV:
        typer.echo(text, nl=False)
        return
    read_back = rows.read(lambda session: glossary.plan_import(session, text))
    terminal.show_json([_entry(change.row) for change in read_back.changes])


class _DryRun(Exception):
    """Undoes what was tried, and says what it would have done."""


def _take_in(what: str, work: Callable[[Session], str], *, dry_run: bool) -> None:
    """Do *work*, which says what became of all, and keep it unless this is a dry run."""
    by = rows.sealer(rows.settings())

    def kept(session: Session) -> str:
        told = work(session)
        if dry_run:
            raise _DryRun(told)
        rows.note(session, by, f"console.import.{what}", what)
        return told

    try:
        terminal.say(f"{rows.write(kept)}.")
    except _DryRun as planned:
        terminal.say(f"{planned}, if you leave out --dry-run. Nothing was changed.")


def _settle_all(session: Session, colleagues: list[Colleague]) -> Counter[Fate]:
    return Counter(
        staff.settle(session, colleague, now=rows.now())
        for colleague in terminal.tracked(colleagues, "Writing the people")
    )


def text_of(file: Path) -> str:
    """Return what a file holds, or say why it cannot be read, and end."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        terminal.refuse(f"I cannot read {file}: {error.strerror}. Nothing was changed.")
    except UnicodeDecodeError:
        terminal.refuse(f"{file} is not UTF-8 text. Save it as UTF-8, then repeat.")


def _show_plan(plan: Plan) -> None:
    counts = Counter(change.fate for change in plan.changes)
    terminal.show_table(("what", "meanings"), counts.items())
    troubles = [(problem.line, problem.text) for problem in plan.problems]
    troubles += [(change.row.line, change.reason) for change in plan.changes if change.reason]
    if troubles:
        terminal.show_table(("line", "why it cannot be taken"), sorted(troubles)[:_SHOWN])
    if len(troubles) > _SHOWN:
        terminal.say(f"… and {len(troubles) - _SHOWN} more lines.")


def _counted(fates: Counter[Fate]) -> str:
    return ", ".join(f"{fates[fate]} {fate}" for fate in Fate)


def _told(plan: HolidayPlan) -> str:
    return f"{len(plan.added)} added, {len(plan.removed)} removed, {plan.kept} same"


def _entry(row: Row) -> dict[str, Any]:
    """Return a row as it is known in the house, where no line number belongs to it."""
    entry = asdict(row)
    del entry["line"]
    wording: dict[str, Any] = entry.pop("wording")
    return entry | wording
