"""Who may read a report: to everybody else it reads as if there were none.

No role reads everything: whoever a report is about, or is kept out of it, learns nothing of it,
whatever they hold.
"""

from collections.abc import Collection

from bot.context import Context
from bot.errors import NotFound
from bot.roles import Role
from bot.workflow import NO_SUCH_THING
from storage.people import Person
from workflows.reports import calls, keeping, roster, tables
from workflows.reports.rules import HR, LEGAL, SECURITY, Category, Privacy
from workflows.reports.tables import Party, Report

#: Who may be asked to look at a report: those who triage, heads, and who acts for a department.
TEAM = (Role.TRIAGE, Role.DIRECTOR, Role.RESPONDER)


def reads(person: Person, report: Report, parties: Collection[Party]) -> bool:
    """Say whether somebody may read a report as those do who triage it."""
    own = next((one for one in parties if one.person_id == person.id), None)
    if own is not None:
        return person.active and not own.is_kept_out
    return not report.is_restricted and person.holds(Role.TRIAGE, SECURITY)


def may_read(ctx: Context, report: Report) -> bool:
    """Say whether whoever asks may read a report: those who triage, and an incident's people."""
    parties = tables.parties(ctx.session, report.id or 0)
    if any(one.person_id == ctx.person.id and one.is_kept_out for one in parties):
        return False
    return reads(ctx.person, report, parties) or calls.is_let_in(ctx, report.id or 0)


def is_own(ctx: Context, report: Report) -> bool:
    """Say whether whoever asks reported it; of an anonymous one nobody can say so."""
    if report.privacy is Privacy.ANONYMOUS:
        return False
    if report.reporter_id is not None:
        return report.reporter_id == ctx.person.id
    return report.account_digest == keeping.account_digest(ctx, ctx.user)


def readable(ctx: Context, id: int) -> Report:
    """Return a report, locked, for whoever triages it.

    Raises:
        NotFound: there is none, or it is none of their business.
    """
    found = tables.lock_report(ctx.session, id)
    if found is None or not may_read(ctx, found):
        raise NotFound(NO_SUCH_THING)
    return found


def triaged(ctx: Context, id: int) -> Report:
    """Return a report, locked, for whoever triages it, and not for its incident's people.

    Raises:
        NotFound: there is none, or it is none of their business.
    """
    return for_triage(ctx, tables.lock_report(ctx.session, id))


def for_triage(ctx: Context, report: Report | None) -> Report:
    """Return a report for whoever triages it; a form, which opens without a lock, asks this."""
    if report is None or not reads(ctx.person, report, tables.parties(ctx.session, report.id or 0)):
        raise NotFound(NO_SUCH_THING)
    return report


def let_in(ctx: Context, report: Report, person_id: int) -> None:
    """Let somebody read a report by name, unless they are kept out of it."""
    if tables.party(ctx.session, report.id or 0, person_id) is None:
        ctx.session.add(Party(report_id=report.id or 0, person_id=person_id))
        ctx.session.flush()


def own(ctx: Context, id: int) -> Report:
    """Return a report, locked, for whoever reported it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    return for_reporter(ctx, tables.lock_report(ctx.session, id))


def for_reporter(ctx: Context, report: Report | None) -> Report:
    """Return a report for whoever reported it; a form, which opens without a lock, asks this."""
    if report is None or not is_own(ctx, report):
        raise NotFound(NO_SUCH_THING)
    return report


def first_readers(ctx: Context, category: Category, subjects: Collection[int]) -> list[Person]:
    """Return who reads a restricted report: the head of security and Legal, and HR on conduct."""
    found = [
        *roster.heads(ctx, SECURITY, without=subjects),
        *roster.responders(ctx, LEGAL, without=subjects),
    ]
    if category is Category.CONDUCT:
        found += roster.responders(ctx, HR, without=subjects)
    return list({one.id: one for one in found}.values())


def triagers(ctx: Context, report: Report) -> list[Person]:
    """Return who triages a report, the first to be called first."""
    out = tables.kept_out(ctx.session, report.id or 0)
    if not report.is_restricted:
        return roster.triage(ctx, without=out)
    named = {one.person_id for one in tables.parties(ctx.session, report.id or 0)} - out
    first = first_readers(ctx, report.category, out)
    return [one for one in first if one.id in named]
