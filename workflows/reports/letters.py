"""The letter box of those without a name: left at any moment, emptied every quarter of an hour.

So neither the moment at which a report is shown, nor its number, nor any row that follows from it
tells when it was written.
"""

from dataclasses import replace
from datetime import datetime

from pydantic import TypeAdapter

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.interval import Interval
from bot.ui import Message
from workflows.reports import (
    additions,
    claims,
    filing,
    keeping,
    letter_tables,
    letter_texts,
    letter_views,
    receipt_views,
    tables,
)
from workflows.reports import workflow as it
from workflows.reports.additions import Addition
from workflows.reports.filing import Filing
from workflows.reports.letter_tables import Letter
from workflows.reports.ration import Ration
from workflows.reports.rules import Privacy, Source
from workflows.reports.tables import Report

QUARTERS = Interval(15)
#: As many additions may wait for the same quarter of an hour.
MOST_ADDITIONS = 5
CONTENT = Letter.__table__.c.content  # type: ignore[attr-defined]  # SQLModel does not declare it

ration = Ration()
_FILING, _ADDITION = TypeAdapter(Filing), TypeAdapter(Addition)


def leave(ctx: Context, wanted: Filing) -> Message:
    """Keep a report without whoever sends it, and return what they read: the code to it.

    Call it from a traceless route alone, and record nothing there.

    Raises:
        Invalid: they have sent enough of them today.
    """
    if not ration.allows(ctx.user, ctx.act, ctx.now.date()):
        raise Invalid(fields={"noticed": letter_texts.ENOUGH})
    code = claims.new_code(ctx)
    bare = replace(
        wanted,
        source=Source.FORM,
        privacy=Privacy.ANONYMOUS,
        reporter=None,
        account=None,
        place=None,
        claim=claims.digest(ctx, code),
    )
    written = _FILING.dump_json(bare).decode()
    letter = _keep(ctx, Letter(arrives_at=arrives_at(ctx), claim_digest=bare.claim or ""), written)
    todo = receipt_views.steps(wanted.seen)
    return letter_views.thanks(code, letter.arrives_at, todo)


def left_before(ctx: Context) -> Message | None:
    """Return what was answered to this act when it came first; None when it left no letter."""
    code = claims.new_code(ctx)
    digest = claims.digest(ctx, code)
    waiting = [one for one in letter_tables.on_the_way(ctx.session, digest) if not one.is_addition]
    if waiting:
        return letter_views.thanks(code, waiting[0].arrives_at)
    report = tables.by_claim(ctx.session, digest)
    return letter_views.thanks(code, report.received_at) if report else None


def add(ctx: Context, report: Report, wanted: Addition) -> datetime:
    """Keep what a reporter without a name does by their code, and return when it is done.

    Raises:
        Conflict: it cannot be done with the report as it stands.
        Invalid: there is enough on the way already.
    """
    additions.check(report, wanted, ctx.now)
    digest = report.claim_digest or ""
    if len(letter_tables.on_the_way(ctx.session, digest)) >= MOST_ADDITIONS:
        raise Invalid(fields={"words": letter_texts.ENOUGH_ADDED})
    letter = Letter(arrives_at=arrives_at(ctx), claim_digest=digest, is_addition=True)
    return _keep(ctx, letter, _ADDITION.dump_json(wanted).decode()).arrives_at


def drop(ctx: Context, letter: Letter) -> None:
    """Forget a report that is still on its way: its writer wants it back.

    Raises:
        Conflict: it has just arrived.
    """
    found = letter_tables.lock_letter(ctx.session, letter.id)
    if found is None:
        raise Conflict(letter_texts.JUST_ARRIVED)
    letter_tables.drop(ctx.session, found)


def arrives_at(ctx: Context) -> datetime:
    """Return when what is left now is handed over."""
    return QUARTERS.next_after(ctx.now)


@it.timer("empty_box", every=str(QUARTERS))
def empty_box(ctx: Context) -> None:
    """Hand over what waits, each letter by itself: one that fails holds up no other."""
    for id in letter_tables.due(ctx.session, ctx.now):
        ctx.schedule(hand_over, ctx.now, key=f"letter:{id}", letter=id)


@it.timer("hand_over")
def hand_over(ctx: Context, letter: int) -> None:
    """File a report that was left, or add to one; only now does it become one."""
    found = letter_tables.lock_letter(ctx.session, letter)
    if found is None:
        return
    content = keeping.opened(ctx.sealer, found.content, at=CONTENT, row=found.id)
    if found.is_addition:
        _hand_on(ctx, found.claim_digest, _ADDITION.validate_json(content))
    else:
        filing.file(ctx, _FILING.validate_json(content))
    letter_tables.drop(ctx.session, found)


def _keep(ctx: Context, letter: Letter, content: str) -> Letter:
    letter.content = ctx.sealer.seal(content, at=CONTENT, row=str(letter.id))
    ctx.session.add(letter)
    ctx.session.flush()
    return letter


def _hand_on(ctx: Context, digest: str, wanted: Addition) -> None:
    found = tables.by_claim(ctx.session, digest)
    report = tables.lock_report(ctx.session, found.id or 0) if found else None
    if report is not None:  # otherwise it was erased since then
        additions.carry_out(ctx, report, wanted)
