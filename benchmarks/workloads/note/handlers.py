"""The command that is measured."""

from benchmarks.workloads.note import workflow
from benchmarks.workloads.note.tables import ADD
from bot.context import Context
from bot.roles import Role
from bot.ui import Message


@workflow.command("note", help="Keep a line of text.", allow=Role.STRANGER)
def note(ctx: Context, text: str) -> Message:
    """Store the line, tell the channel, and say so."""
    ADD.changed(ctx.session, text=text)
    ctx.record("note", after=text)
    ctx.send(ctx.place, Message(text=f"Noted: {text}"))
    return Message(text=f"Kept: {text}")
