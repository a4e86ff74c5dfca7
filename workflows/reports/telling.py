"""Telling the reporter, whoever that is, and those who triage."""

from collections.abc import Iterable

from bot.context import Context
from bot.inbound import Room
from bot.ui import Message
from storage import people
from storage.people import Person
from workflows.reports import access, codes, keeping, tables
from workflows.reports.rules import TRIAGE_ROOM, Privacy, Remark
from workflows.reports.tables import Report


def tell_reporter(ctx: Context, report: Report, message: Message, *, what: str) -> None:
    """Tell whoever reported it; the same *what* again edits what they were told.

    For an anonymous reporter it is kept, until they come back with their code. It says nothing
    that the reporter did not say, so that it may go to a guest as well.
    """
    keeping.add_remark(ctx, report, Remark.TOLD, message.text)
    if report.privacy is Privacy.ANONYMOUS:
        return
    to = keeping.account_of(ctx.sealer, report)
    key = f"report:{report.id}:{what}"
    if to is not None:
        ctx.send(to, message, key=key, about=codes.entity(report.id or 0))
    elif report.reporter_id is not None:
        someone = people.by_id(ctx.session, report.reporter_id, now=ctx.now)
        ctx.send(someone, message, key=key, about=codes.entity(report.id or 0))


def tell_people(
    ctx: Context, report: Report, to: Iterable[Person], message: Message, *, what: str
) -> None:
    """Tell each of these people privately; the same *what* again edits what they were told."""
    for someone in to:
        key = f"report:{report.id}:{what}:{someone.id}"
        ctx.send(someone, message, key=key, about=codes.entity(report.id or 0), sensitive=True)


def tell_triage(ctx: Context, report: Report, message: Message, *, what: str) -> None:
    """Show something where triage reads: in its room, or to the readers of a restricted report.

    Whoever is kept out must not read it in the room either: then it goes to the others alone.
    """
    if is_for_room(ctx, report):
        key = f"report:{report.id}:{what}"
        about = codes.entity(report.id or 0)
        ctx.send(Room(TRIAGE_ROOM), message, key=key, about=about, sensitive=True)
    else:
        tell_people(ctx, report, access.triagers(ctx, report), message, what=what)


def is_for_room(ctx: Context, report: Report) -> bool:
    """Say whether triage's room may show a report: nobody is kept out of it.

    Whoever is may read there, whatever they hold: the head of security, or somebody invited once.
    """
    return not report.is_restricted and not tables.kept_out(ctx.session, report.id or 0)
