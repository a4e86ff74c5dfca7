"""What leaves a mark, what dies half-way, and what fails for as long as a file lies there."""

import os
import signal
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from bot.answers import Answers
from bot.context import Context
from bot.inbound import Place
from bot.roles import Role
from bot.ui import Form, Message, Reply, ShortText
from storage.session import driver_of
from tests.faults.toys.tally import workflow

#: Without a unique key: a second effect of the same act must be seen, not refused.
mark = sa.Table(
    "mark",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("act", sa.String, nullable=False),
)
#: Names the folder through which a test and its bots speak to each other.
FOLDER = "TALLY_FOLDER"


def leave(session: Session, act: str) -> None:
    session.connection().execute(sa.insert(mark).values(act=act))


def folder() -> Path:
    return Path(os.environ[FOLDER])


@workflow.command("mark", help="Leave a mark.", usage="NUMBER", allow=Role.STRANGER)
def leave_mark(ctx: Context, text: str) -> Reply:
    leave(ctx.session, text)
    ctx.send(ctx.place, Message(text=text))
    return Message(text=f"Marked {text}.")


@workflow.command("perish", help="Die half-way once.", usage="NUMBER", allow=Role.STRANGER)
def perish(ctx: Context, text: str) -> Reply:
    leave(ctx.session, text)
    ctx.send(ctx.place, Message(text=text))
    died = folder() / f"died-{text}"
    if not died.exists():
        died.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Message(text=f"Marked {text}.")


@workflow.command("strand", help="Lose the database once.", usage="NUMBER", allow=Role.STRANGER)
def strand(ctx: Context, text: str) -> Reply:
    leave(ctx.session, text)
    stranded = folder() / f"stranded-{text}"
    if not stranded.exists():
        stranded.touch()
        driver = driver_of(ctx.session)
        with driver.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return Message(text=f"Marked {text}.")


@workflow.command("form", help="Open a form.", allow=Role.STRANGER)
def open_form(ctx: Context, _text: str) -> Reply:
    return note.open(ctx)


@workflow.form("note", allow=Role.STRANGER)
def note(_ctx: Context) -> Form:
    return Form(title="A note", inputs=(ShortText(name="words", label="Your words"),))


@note.submit
def noted(ctx: Context, answers: Answers) -> Reply:
    leave(ctx.session, answers.text("words"))
    return None


@workflow.action("press", allow=Role.STRANGER)
def press(ctx: Context, number: int) -> Reply:
    leave(ctx.session, str(number))
    ctx.send(Place("slack", ctx.place.tenant, "C0SOC"), Message(text=str(number)))
    return Message(text=f"Pressed {number}.")


@workflow.command("poison", help="Leave a job that fails.", usage="NAME", allow=Role.STRANGER)
def leave_poison(ctx: Context, text: str) -> Reply:
    ctx.schedule(poison, ctx.now, key=f"poison:{text}", act=text)
    return Message(text="Left.")


@workflow.timer("poison")
def poison(ctx: Context, act: str) -> None:
    if (folder() / "poisoned").exists():
        raise RuntimeError("poisoned")
    leave(ctx.session, act)


@workflow.timer("slot")
def slot(ctx: Context) -> None:
    leave(ctx.session, "slot")
