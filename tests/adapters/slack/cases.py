"""A toy workflow about what not everybody may read."""

from bot.context import Context
from bot.inbound import Room
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


def _tell(ctx: Context, email: str, otherwise: tuple[Room, ...]) -> Reply:
    someone = people.by_email(ctx.session, email, now=ctx.now)
    if someone is None:
        return Message(text="Nobody has this address.")
    ctx.send(someone, Message(text=SECRET), key="case:1", sensitive=True, otherwise=otherwise)
    return Message(text="They will hear of it.")
