"""Coming back to a report without a name, by its code; nobody can be found by that."""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid
from bot.roles import Role
from bot.ui import Form, Message, Reply
from bot.workflow import traceless
from workflows.reports import (
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
def look_up(_ctx: Context) -> Form:
    """Ask for the code, and for an answer where one is wanted."""
    return letter_views.look_up()


@look_up.submit
def send_code(ctx: Context, answers: Answers) -> Reply:
    """Show how the report stands; take what its reporter wrote."""
    typed, words = answers.text("code"), answers.text("words")
    found = _opened(ctx, typed)
    if isinstance(found, Letter):
        return _standing(ctx, found)
    if words:
        return letter_views.on_the_way(own.ADDED, letters.add(ctx, found, words))
    return letter_views.opened(look_up.open(ctx), typed, _standing(ctx, found))


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
