"""The command and the button that are measured."""

import uuid
from datetime import timedelta

from benchmarks.workloads.note import workflow
from benchmarks.workloads.note.tables import ADD
from bot.context import Context
from bot.roles import Role
from bot.ui import Message


@workflow.timer("remind")
def remind(ctx: Context, text: str) -> None:
    """Remind the channel of the line."""
    ctx.send(ctx.place, Message(text=text))


@workflow.command("jot", help="Keep a line of text.", allow=Role.STRANGER)
def jot(ctx: Context, text: str) -> Message:
    """Store the line, leave a job for tomorrow, and say so."""
    return _kept(ctx, text)


@workflow.action("keep", allow=Role.STRANGER)
def keep(ctx: Context, text: str) -> Message:
    """Do the same for a line that a button carried."""
    return _kept(ctx, text)


def _kept(ctx: Context, text: str) -> Message:
    ADD.changed(ctx.session, text=text)
    ctx.record("note", after=text)
    ctx.schedule(remind, ctx.now + timedelta(days=1), key=f"note:{uuid.uuid4().hex}", text=text)
    return Message(text=f"Kept: {text}")
