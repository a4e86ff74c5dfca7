"""A toy workflow about what not everybody may read."""

from bot.context import Context
from bot.inbound import Place, Room, UserRef
from bot.ui import Message, Reply
from bot.workflow import Workflow
from storage import people

TRIAGE = Room("triage")
SECRET = "The mailbox of the board was read."

workflow = Workflow("cases", summary="For tests.")


@workflow.command("case", help="Open a case: the room hears of it, or else the deputy.")
def open_case(ctx: Context, deputy: str) -> Reply:
    someone = people.by_email(ctx.session, deputy, now=ctx.now)
    ctx.send(
        TRIAGE,
        Message(text=SECRET),
        key="case:1",
        sensitive=True,
        otherwise=(someone,) if someone else (),
    )
    return Message(text="The case is open.")


@workflow.command("page", help="Tell one person of a case, or else the room.")
def page(ctx: Context, email: str) -> Reply:
    return _tell(ctx, email, otherwise=(TRIAGE,))


@workflow.command("whisper", help="Tell one person of a case, and nobody else.")
def whisper(ctx: Context, email: str) -> Reply:
    return _tell(ctx, email, otherwise=())


@workflow.command("reach", help="Say something in a channel or to an account, or else to me.")
def reach(ctx: Context, where: str) -> Reply:
    platform, tenant = ctx.user.platform, ctx.user.tenant
    to = (
        UserRef(platform, tenant, where)
        if where.startswith("U")
        else Place(platform, tenant, where)
    )
    ctx.send(to, Message(text="Is anybody there?"), otherwise=(ctx.person,))
    return None


def _tell(ctx: Context, email: str, otherwise: tuple[Room, ...]) -> Reply:
    someone = people.by_email(ctx.session, email, now=ctx.now)
    if someone is None:
        return Message(text="Nobody has this address.")
    ctx.send(someone, Message(text=SECRET), key="case:1", sensitive=True, otherwise=otherwise)
    return Message(text="They will hear of it.")
