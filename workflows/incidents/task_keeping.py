"""How what has to be done is kept: sealed, each task to its own row."""

from bot.context import Context
from storage.secrets import Sealer
from workflows.incidents import task_tables
from workflows.incidents.task_tables import Task
from workflows.incidents.texts import ERASED
from workflows.reports.keeping import opened

WHAT = task_tables.Task.__table__.c.what  # type: ignore[attr-defined]  # SQLModel does not declare it


def what(sealer: Sealer, task: Task) -> str:
    """Return what is to be done; or that it was erased."""
    return opened(sealer, task.what, at=WHAT, row=task.id, without=ERASED)


def seal(ctx: Context, task: Task, what: str) -> None:
    """Store a task with what is to be done."""
    ctx.session.add(task)
    ctx.session.flush()
    task.what = ctx.sealer.seal(what, at=WHAT, row=str(task.id))
    ctx.session.flush()
