"""Reporting without a name, and coming back with the code; nobody can be found by either.

What is typed in a chat is answered by a message, which waits in a row with the account: there
only the buttons are offered, in the same words whatever was asked.
"""

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid
from bot.roles import Role
from bot.ui import Block, Buttons, Form, Message, Reply, Text
from bot.workflow import traceless
from storage import people
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
from workflows.reports.filing import Filing
from workflows.reports.letter_tables import Letter
from workflows.reports.rules import Category, Circumstances, Interaction, Remark, Source
from workflows.reports.tables import Report

#: As many of the last words to a reporter are shown.
MOST_SHOWN = 5


@traceless
@it.command("report anonymously", help=own.HELP, allow=Role.STRANGER, read_only=True)
def begin(ctx: Context, text: str) -> Reply:
    """Open the form, with what was typed in it."""
    if not ctx.inline:
        return doors()
    return tell.open(ctx).model_copy(update={"inputs": letter_views.form(text).inputs})


@traceless
@it.form("unnamed", allow=Role.STRANGER)
def tell(_ctx: Context) -> Form:
    """Ask what somebody noticed, and nothing of who they are."""
    return letter_views.form()


@tell.submit
def send(ctx: Context, answers: Answers) -> Reply:
    """Keep it until the next quarter of an hour, and show the code."""
    seen = Circumstances(
        category=Category(answers.text("category")),
        interaction=Interaction(answers.text("interaction")),
        is_ongoing=answers.on("is_ongoing") or None,
        is_missing=answers.on("is_missing"),
    )
    about = _about(ctx, answers.text("about"))
    return letters.leave(
        ctx, Filing(source=Source.FORM, text=answers.text("text"), seen=seen, about=about)
    )


tell.again(letters.left_before)


@traceless
@it.command(
    "report status",
    help=own.HELP_STATUS,
    usage=own.USAGE_STATUS,
    allow=Role.STRANGER,
    read_only=True,
)
def status(ctx: Context, text: str) -> Reply:
    """Show how the report of a code stands."""
    if not ctx.inline:
        return doors()
    return _standing(ctx, _opened(ctx, text)) if text.strip() else look_up.open(ctx)


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


@it.home
def on_home(_ctx: Context) -> tuple[Block, ...]:
    """Offer both on Home, where a press leaves nothing."""
    return (Text(text=own.SOMETHING_ODD), _buttons())


def doors() -> Message:
    """Return the buttons that lead to both."""
    return Message(text=own.DOORS, blocks=(Text(text=own.DOORS), _buttons()))


def _buttons() -> Buttons:
    return Buttons(buttons=(tell.button(own.WITHOUT_NAME), look_up.button(own.LOOK_UP)))


def _about(ctx: Context, account: str) -> tuple[int, ...]:
    """Return the colleague whom a report is about, where Parley knows them."""
    platform, tenant = ctx.user.platform, ctx.user.tenant
    found = people.identify(ctx.session, platform, tenant, account, now=ctx.now)
    return (found.id,) if account and found else ()


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
    said = tables.said(ctx.session, found.id or 0, Remark.TOLD)[-MOST_SHOWN:]
    told = [keeping.remark(ctx.sealer, one) for one in said]
    return letter_views.standing(own.stands(codes.code(found), texts.STATES[found.state]), told)
