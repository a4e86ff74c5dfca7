"""How what people write in a vote is kept: sealed, each text to its own row."""

from bot.context import Context
from storage.secrets import Column, Sealer
from workflows.votes import tables

QUESTION = tables.Terms.__table__.c.question  # type: ignore[attr-defined]  # SQLModel does not declare it
REASON = tables.Ballot.__table__.c.reason  # type: ignore[attr-defined]  # SQLModel does not declare it
RECUSAL = tables.Recusal.__table__.c.reason  # type: ignore[attr-defined]  # SQLModel does not declare it
COUNTS = tables.Urn.__table__.c.counts  # type: ignore[attr-defined]  # SQLModel does not declare it
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


def seal_reason(ctx: Context, ballot: int, text: str) -> None:
    """Keep why a ballot was cast."""
    sealed = ctx.sealer.seal(text, at=REASON, row=str(ballot))
    tables.explain(ctx.session, ballot, sealed)


def seal_recusal(ctx: Context, recusal: tables.Recusal, text: str) -> None:
    """Store a recusal with its reason."""
    ctx.session.add(recusal)
    ctx.session.flush()
    recusal.reason = ctx.sealer.seal(text, at=RECUSAL, row=str(recusal.id))


def opened(sealer: Sealer, text: str | None, *, at: Column, row: int | None) -> str:
    """Return a sealed text, "" when there is none."""
    return sealer.open(text, at=at, row=str(row)) if text else ""
