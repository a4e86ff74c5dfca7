"""Coming back to a report without a name, by its code; nobody can be found by that."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid
from bot.roles import Role
from bot.ui import Form, Message, Reply
from bot.workflow import traceless
from workflows.reports import (
    additions,
    claims,
    codes,
    keeping,
    letter_tables,
    letter_views,
    letters,
    tables,
    texts,
)
from workflows.reports import letter_texts as own
from workflows.reports import workflow as it
from workflows.reports.additions import Stage
from workflows.reports.letter_tables import Letter
from workflows.reports.tables import Report

#: As many of the last words to a reporter are shown.
MOST_SHOWN = 5


def by_code(ctx: Context, typed: str) -> Form | Message:
    """Show how the report of a code stands; without a code, ask for it.

    Raises:
        Invalid: nothing opens with this code.
    """
    return _standing(ctx, _opened(ctx, typed)) if typed.strip() else look_up.open(ctx)


@traceless
@it.form("look_up", allow=Role.STRANGER)
def look_up(_ctx: Context, stage: Stage = Stage.UNOPENED) -> Form:
    """Ask for the code, and for what can be done once it has opened something."""
    return letter_views.look_up(stage)


@look_up.submit
def send_code(ctx: Context, answers: Answers, stage: Stage = Stage.UNOPENED) -> Reply:
    """Show how the report stands; take what its reporter wants with it.

    What can be done is decided by the report as it is now, and not by the *stage* that was shown.
    """
    wanted = letter_views.wanted(answers)
    found = _opened(ctx, answers.text("code"))
    if isinstance(found, Letter) and wanted.takes_back:
        letters.drop(ctx, found)
        return Message(text=own.DROPPED)
    if isinstance(found, Report) and not wanted.is_empty:
        thanks = own.thanks(takes_back=wanted.takes_back, adds=bool(wanted.words))
        return letter_views.on_the_way(thanks, letters.add(ctx, found, wanted))
    return _shown(ctx, answers.text("code"), found)


def _shown(ctx: Context, typed: str, found: Report | Letter) -> Form:
    stage = Stage.ON_THE_WAY if isinstance(found, Letter) else additions.stage(found)
    form = look_up.open(ctx, stage=stage)
    return letter_views.opened(form, typed, _standing(ctx, found), stage)


def _opened(ctx: Context, typed: str) -> Report | Letter:
    """Return the report of a code, or the letter in which it is on its way.

    Raises:
        Invalid: nothing opens with this code, or not any more: both read the same.
    """
    digest = claims.digest(ctx, claims.read(typed) or "")
    report = tables.by_claim(ctx.session, digest)
    if report is not None and claims.is_good_for(report, ctx.now):
        return report
    waiting = letter_tables.on_the_way(ctx.session, digest)
    if report is None and waiting:
        return waiting[0]
    raise Invalid(fields={"code": own.NO_SUCH_CODE})


def _standing(ctx: Context, found: Report | Letter) -> Message:
    if isinstance(found, Letter):
        return letter_views.on_the_way(own.ON_THE_WAY, found.arrives_at)
    told = keeping.told(ctx, found)[-MOST_SHOWN:]
    return letter_views.standing(own.stands(codes.code(found), texts.STATES[found.state]), told)
