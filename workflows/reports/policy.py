"""What the company promises whoever reports: on the form once an admin and HR have both said so."""

from __future__ import annotations

from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.roles import Role
from bot.text import typed
from bot.ui import Message, Reply
from bot.workflow import NO_SUCH_THING
from workflows.reports import policy_tables as tables
from workflows.reports import policy_texts as texts
from workflows.reports import roster
from workflows.reports import workflow as it
from workflows.reports.policy_tables import Policy
from workflows.reports.rules import HR
from workflows.reports.views import with_buttons

_LONGEST = 500  #: characters


def statement(ctx: Context) -> str:
    """Return what stands on the form: the promise that was adopted, else a line of thanks."""
    found = tables.adopted(ctx.session)
    return found.text if found else texts.NEUTRAL


@it.command("security policy", help=texts.HELP, read_only=True)
def show(ctx: Context, text: str) -> Reply:
    """Show the promise; to HR, what waits for its yes."""
    waiting = tables.proposed(ctx.session)
    if waiting is not None and _is_hr(ctx):
        return _question(waiting)
    found = tables.adopted(ctx.session)
    return Message(text=found.text if found else texts.NONE)


@it.command(
    "security policy adopt", help=texts.HELP_ADOPT, usage=texts.USAGE_ADOPT, allow=Role.ADMIN
)
def adopt(ctx: Context, text: str) -> Reply:
    """Propose a promise, and ask HR."""
    said = typed(text).strip()
    if not said or len(said) > _LONGEST:
        raise Invalid(texts.SAY)
    asked = roster.responders(ctx, HR, without=[ctx.person.id])
    policy = Policy(text=said, proposed_by=ctx.person.id, proposed_at=ctx.now)
    ctx.session.add(policy)
    ctx.session.flush()
    ctx.record(f"policy:{policy.id}", after=said)
    message = _question(policy)
    for someone in asked:
        ctx.send(someone, message, key=f"policy:{policy.id}:{someone.id}")
    return Message(text=texts.PROPOSED if asked else texts.NO_HR)


@it.action("agree_policy", allow=(Role.RESPONDER, Role.DIRECTOR))
def agree(ctx: Context, policy: int) -> Reply:
    """Agree for HR; from then on it stands on the form."""
    found = tables.lock_proposed(ctx.session, policy)
    if found is None or not _is_hr(ctx):
        raise NotFound(NO_SUCH_THING)
    ctx.require(found.proposed_by != ctx.person.id, texts.OTHER)
    if found.agreed_at is not None:
        raise Conflict(texts.ALREADY)
    found.agreed_at, found.agreed_by = ctx.now, ctx.person.id
    ctx.record(f"policy:{policy}", after="policy_adopted")
    return Message(text=texts.AGREED)


def _question(policy: Policy) -> Message:
    button = agree.button(texts.AGREE, policy=policy.id or 0)
    return with_buttons(texts.asked(policy.text), [button])


def _is_hr(ctx: Context) -> bool:
    return any(ctx.person.holds(one, HR) for one in (Role.RESPONDER, Role.DIRECTOR))
