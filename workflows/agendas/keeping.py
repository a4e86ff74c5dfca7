"""How what people write for a meeting is kept: sealed, each text to its own row."""

from bot.context import Context
from storage.secrets import Column, Sealer
from workflows.agendas.tables import Action, Edit, Minute, Need, Topic

Written = Action | Edit | Minute | Need | Topic


def text(sealer: Sealer, row: Written) -> str:
    """Return what somebody wrote, "" where there is nothing."""
    return sealer.open(row.text, at=_column(row), row=str(row.id)) if row.text else ""


def seal(ctx: Context, row: Written, text: str) -> None:
    """Store a row with what somebody wrote."""
    ctx.session.add(row)
    ctx.session.flush()
    row.text = ctx.sealer.seal(text, at=_column(row), row=str(row.id))


def _column(row: Written) -> Column:
    column: Column = type(row).__table__.c.text  # type: ignore[union-attr]  # SQLModel does not declare it
    return column
