"""Filing a report: every door ends here, and from here on it always gets an answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.context import Context
from bot.errors import Invalid
from bot.inbound import Place, UserRef
from bot.roles import Role
from storage import people
from workflows.reports import access, calls, codes, keeping, moving, rules, secrecy, tables, texts
from workflows.reports import workflow as it
from workflows.reports.rules import (
    LONGEST_TEXT,
    SECURITY,
    Circumstances,
    Privacy,
    Remark,
    Scope,
    Source,
)
from workflows.reports.tables import Party, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What somebody tells; *about* are the people whom it is about, and learn nothing of it.

    *reporter* is the person, or else the *account* that Parley does not know; an anonymous report
    has neither, and a *claim* instead: the digest of the code that its reporter came away with.
    """

    source: Source
    text: str
    seen: Circumstances
    privacy: Privacy = Privacy.NAMED
    reporter: int | None = None
    account: UserRef | None = None
    claim: str | None = None
    on_behalf_of: str = ""
    about: Sequence[int] = ()
    candidate: int | None = None
    scope: Scope = Scope.UNKNOWN
    event_at: datetime | None = None
    is_self_report: bool = False
    place: Place | None = None


def file(ctx: Context, filing: Filing) -> Report:
    """Store what somebody tells; all that follows from it comes after the commit.

    Raises:
        Invalid: nothing was said, or too much for one report.
    """
    if not filing.text.strip():
        raise Invalid(texts.SAY_WHAT)
    if len(filing.text) > LONGEST_TEXT:
        raise Invalid(texts.too_long(LONGEST_TEXT))
    about = [people.by_id(ctx.session, id, now=ctx.now) for id in filing.about]
    report = _row(ctx, filing)
    _keep_text(ctx, report, filing)
    report.is_restricted = rules.is_restricted(filing.seen.category) or any(
        someone.holds(Role.TRIAGE, SECURITY) for someone in about
    )
    _keep_parties(ctx, report, [someone.id for someone in about])
    ctx.record(codes.entity(report.id or 0), after=report.state)
    moving.wait(ctx, report, follow, ctx.now)
    return report


@it.timer("follow")
def follow(ctx: Context, report: int, look: str) -> None:
    """Set going what follows from a new report: its receipt does not wait for that."""
    found = tables.lock_report(ctx.session, report)
    if found is None:
        return
    if found.next_look == look:
        found.next_look = ""
    calls.report_filed(ctx, report)


def reporter_of(ctx: Context) -> tuple[int | None, UserRef | None]:
    """Return whoever asks as a person, or else as an account."""
    return (ctx.person.id, None) if ctx.person.id else (None, ctx.user)


def keep_out(ctx: Context, report: Report, person_id: int, *, is_subject: bool = False) -> None:
    """See to it that somebody learns nothing more of a report."""
    own = tables.party(ctx.session, report.id or 0, person_id)
    party = own or Party(report_id=report.id or 0, person_id=person_id)
    party.is_kept_out, party.is_subject = True, party.is_subject or is_subject
    ctx.session.add(party)
    ctx.session.flush()


def restrict(ctx: Context, report: Report, *, about: Collection[int] = ()) -> None:
    """Let named people alone read a report from now on."""
    report.is_restricted = True
    for someone in access.first_readers(ctx, report.category, about):
        if tables.party(ctx.session, report.id or 0, someone.id) is None:
            ctx.session.add(Party(report_id=report.id or 0, person_id=someone.id))
    ctx.session.flush()


def _keep_text(ctx: Context, report: Report, filing: Filing) -> None:
    """Store what was told: a password or a key in it is hidden, and all of it kept apart."""
    text = filing.text.strip()
    shown = secrecy.hidden(text)
    keeping.seal_report(ctx, report, shown, filing.account)
    if shown != text:
        keeping.add_remark(ctx, report, Remark.AS_SENT, text)


def _row(ctx: Context, filing: Filing) -> Report:
    is_anonymous = filing.privacy is Privacy.ANONYMOUS
    return Report(
        source=filing.source,
        platform="" if is_anonymous else ctx.user.platform,
        received_at=ctx.now,
        event_at=filing.event_at,
        category=filing.seen.category,
        interaction=filing.seen.interaction,
        is_ongoing=filing.seen.is_ongoing,
        scope=filing.scope,
        privacy=filing.privacy,
        reporter_id=filing.reporter,
        claim_digest=filing.claim,
        on_behalf_of=filing.on_behalf_of,
        candidate_id=filing.candidate,
        severity=rules.first_severity(filing.seen),
        is_urgent=rules.is_urgent(filing.seen),
        is_self_report=filing.is_self_report,
        place=None if filing.place is None else _written(filing.place),
    )


def _written(place: Place) -> dict[str, str | None]:
    return {
        "platform": place.platform,
        "tenant": place.tenant,
        "channel": place.channel,
        "thread": place.thread,
    }


def _keep_parties(ctx: Context, report: Report, about: Collection[int]) -> None:
    for id in about:
        keep_out(ctx, report, id, is_subject=True)
    if report.is_restricted:
        restrict(ctx, report, about=about)
