"""How what people write in a vote is kept: sealed, each text to its own row."""

from bot.context import Context
from storage.secrets import Column, Sealer
from workflows.votes import casting_tables, deciding_tables, tables
from workflows.votes.rules import LONGEST_REASON

QUESTION = tables.Terms.__table__.c.question  # type: ignore[attr-defined]  # SQLModel does not declare it
REASON = tables.Ballot.__table__.c.reason  # type: ignore[attr-defined]  # SQLModel does not declare it
RECUSAL = tables.Recusal.__table__.c.reason  # type: ignore[attr-defined]  # SQLModel does not declare it
COUNTS = tables.Urn.__table__.c.counts  # type: ignore[attr-defined]  # SQLModel does not declare it
NOTE = tables.Vote.__table__.c.note  # type: ignore[attr-defined]  # SQLModel does not declare it
VETO = deciding_tables.Veto.__table__.c.reason  # type: ignore[attr-defined]  # SQLModel does not declare it
RATIONALE = deciding_tables.Decision.__table__.c.rationale  # type: ignore[attr-defined]  # SQLModel does not declare it
SAID = deciding_tables.Say.__table__.c.rationale  # type: ignore[attr-defined]  # SQLModel does not declare it
OBJECTION = deciding_tables.Commit.__table__.c.note  # type: ignore[attr-defined]  # SQLModel does not declare it

#: Every reason is stored in so many bytes, so that lengths do not tell who had to give one.
_REASON_BYTES = 4 * LONGEST_REASON


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


def reason(sealer: Sealer, ballot: tables.Ballot) -> str:
    """Return why somebody chose what they chose, "" when they gave no reason."""
    return opened(sealer, ballot.reason, at=REASON, row=ballot.id).rstrip()


def veto_reason(sealer: Sealer, veto: deciding_tables.Veto) -> str:
    """Return why somebody said that it must not go ahead."""
    return opened(sealer, veto.reason, at=VETO, row=veto.id)


def seal_veto(ctx: Context, veto: deciding_tables.Veto, reason: str) -> None:
    """Store a veto with its reason."""
    ctx.session.add(veto)
    ctx.session.flush()
    veto.reason = ctx.sealer.seal(reason, at=VETO, row=str(veto.id))


def rationale(sealer: Sealer, decision: deciding_tables.Decision) -> str:
    """Return why it was decided so, "" when nobody said."""
    return opened(sealer, decision.rationale, at=RATIONALE, row=decision.vote_id)


def seal_decision(ctx: Context, decision: deciding_tables.Decision, text: str) -> None:
    """Store a decision with its rationale."""
    ctx.session.add(decision)
    if text:
        decision.rationale = ctx.sealer.seal(text, at=RATIONALE, row=str(decision.vote_id))


def said(sealer: Sealer, say: deciding_tables.Say) -> str:
    """Return why one of several deciders would decide so, "" when they gave no reason."""
    return opened(sealer, say.rationale, at=SAID, row=say.id)


def seal_say(ctx: Context, say: deciding_tables.Say, text: str) -> None:
    """Store what one of several deciders said, with its rationale."""
    ctx.session.add(say)
    ctx.session.flush()
    say.rationale = ctx.sealer.seal(text, at=SAID, row=str(say.id)) if text else None


def objection(sealer: Sealer, commit: deciding_tables.Commit) -> str:
    """Return what somebody objects to, "" when they do not."""
    return opened(sealer, commit.note, at=OBJECTION, row=commit.id)


def seal_commit(ctx: Context, commit: deciding_tables.Commit, note: str) -> None:
    """Store how somebody stands to the decision, with what they object to."""
    ctx.session.add(commit)
    ctx.session.flush()
    commit.note = ctx.sealer.seal(note, at=OBJECTION, row=str(commit.id)) if note else None


def seal_reason(ctx: Context, ballot: int, text: str) -> None:
    """Keep why a ballot was cast; what is stored is as long when nobody said why."""
    padded = text + " " * (_REASON_BYTES - len(text.encode()))
    sealed = ctx.sealer.seal(padded, at=REASON, row=str(ballot))
    casting_tables.explain(ctx.session, ballot, sealed)


def seal_recusal(ctx: Context, recusal: tables.Recusal, text: str) -> None:
    """Store a recusal with its reason."""
    ctx.session.add(recusal)
    ctx.session.flush()
    recusal.reason = ctx.sealer.seal(text, at=RECUSAL, row=str(recusal.id))


def opened(sealer: Sealer, text: str | None, *, at: Column, row: int | None) -> str:
    """Return a sealed text, "" when there is none."""
    return sealer.open(text, at=at, row=str(row)) if text else ""
