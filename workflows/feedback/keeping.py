"""How what somebody writes is kept: drafts and versions, sealed."""

import json

from bot.context import Context
from storage.secrets import Sealer
from workflows.feedback import tables
from workflows.feedback.judging import Judgement
from workflows.feedback.tables import Draft, Scorecard, Submission, Version

ANSWERS = Draft.__table__.c.answers  # type: ignore[attr-defined]  # SQLModel does not declare it
WORDS = Submission.__table__.c.words  # type: ignore[attr-defined]  # SQLModel does not declare it
WHY = Scorecard.__table__.c.reason  # type: ignore[attr-defined]  # SQLModel does not declare it


def begun(ctx: Context, card: Scorecard) -> Judgement:
    """Return where somebody goes on: their draft, else what they sent last, else nothing."""
    draft = tables.draft(ctx.session, card.id or 0)
    if draft is not None:
        text = ctx.sealer.open(draft.answers, at=ANSWERS, row=str(card.id))
        return Judgement.model_validate_json(text)
    last = tables.last_submission(ctx.session, card)
    return opened(ctx.sealer, last) if last else Judgement()


def opened(sealer: Sealer, version: Submission) -> Judgement:
    """Return what a version says; for those alone who may read it."""
    text = sealer.open(version.words, at=WORDS, row=str(version.id)) if version.words else "{}"
    return Judgement(ratings=version.ratings, overall=version.overall, **json.loads(text))


def keep_draft(ctx: Context, card: Scorecard, judgement: Judgement) -> None:
    """Keep what somebody has written so far, in the place of an earlier draft."""
    id, text = card.id or 0, judgement.model_dump_json()
    sealed = ctx.sealer.seal(text, at=ANSWERS, row=str(id))
    ctx.session.merge(Draft(id=id, answers=sealed, saved_at=ctx.now))


def keep_version(ctx: Context, version: Version, judgement: Judgement) -> None:
    """Store a version with its words, which are sealed to the number it gets."""
    id = tables.add_version(ctx.session, version)
    words = json.dumps({"evidence": judgement.evidence, "reason": judgement.reason})
    sealed = ctx.sealer.seal(words, at=WORDS, row=str(id))
    tables.seal_version(ctx.session, id, sealed)


def keep_reason(ctx: Context, card: Scorecard, reason: str) -> None:
    """Keep why a scorecard will not come."""
    card.reason = ctx.sealer.seal(reason, at=WHY, row=str(card.id))
