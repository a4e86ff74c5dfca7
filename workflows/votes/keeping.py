"""How what people write in a vote is kept: sealed, each text to its own row."""

from bot.context import Context
from storage.secrets import Column, Sealer
from workflows.votes import tables

QUESTION = tables.Terms.__table__.c.question  # type: ignore[attr-defined]  # SQLModel does not declare it
NOTE = tables.Vote.__table__.c.note  # type: ignore[attr-defined]  # SQLModel does not declare it


def question(sealer: Sealer, terms: tables.Terms) -> str:
    """Return what is asked."""
    return opened(sealer, terms.question, at=QUESTION, row=terms.id)


def seal_question(ctx: Context, terms: tables.Terms, text: str) -> None:
    """Store terms with their question."""
    ctx.session.add(terms)
    ctx.session.flush()
    terms.question = ctx.sealer.seal(text, at=QUESTION, row=str(terms.id))


def note(sealer: Sealer, vote: tables.Vote) -> str:
    """Return why a vote was reopened or cancelled, "" when it was not."""
    return opened(sealer, vote.note, at=NOTE, row=vote.id)


def seal_note(ctx: Context, vote: tables.Vote, text: str) -> None:
    """Keep why a vote is reopened or cancelled."""
    vote.note = ctx.sealer.seal(text, at=NOTE, row=str(vote.id))


def opened(sealer: Sealer, text: str | None, *, at: Column, row: int | None) -> str:
    """Return a sealed text, "" when there is none."""
    return sealer.open(text, at=at, row=str(row)) if text else ""
