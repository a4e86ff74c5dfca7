"""Handing a scorecard in, from whichever door: checked, stored once, and told to who watches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.context import Context
from workflows.feedback import cards, hints, judging, keeping, sight, tables
from workflows.feedback import giving_texts as texts
from workflows.feedback.cards import Asked
from workflows.feedback.judging import Judgement
from workflows.feedback.reminding_texts import moment
from workflows.feedback.rules import GIVEN, CardState
from workflows.feedback.tables import Given, Version
from workflows.hiring.calls import Meeting
from workflows.hiring.rules import Reveal

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a scorecard: words for its author, or what keeps it a draft."""

    said: str = ""
    problems: Mapping[str, str] | None = None


def hand_in(
    ctx: Context, asked: Asked, keys: Sequence[str], judgement: Judgement, *, keeps_words: bool
) -> Handed:
    """Store a scorecard that is complete; keep any other as a draft, and say what is missing.

    Before the interview nobody has anything to judge yet, so it stays a draft as well.

    *keys* are those of its criteria. A hint holds it up once: who has seen it and *keeps_words*
    is not held up again by the same.
    """
    card, judgement = asked.card, judgement.about(keys)
    last = tables.last_submission(ctx.session, card)
    if card.state in GIVEN and last and keeping.opened(ctx.sealer, last) == judgement:
        return Handed(said=texts.ALREADY_IN)
    if ctx.now < asked.meeting.interview.starts_at:
        return _held_back(ctx, asked, judgement)
    shown = judging.hinted(keeping.begun(ctx, card)) if keeps_words else {}
    problems, hinted = judging.problems(judgement, keys), judging.hinted(judgement)
    problems = _with_hints(problems, _unread(hinted, shown))
    if problems or judgement.overall is None:
        keep_draft(ctx, asked, judgement)
        return Handed(problems=problems)
    is_late = sight.could_read(ctx.session, ctx.person, card, ctx.now)
    version = Version(
        scorecard_id=asked.id,
        version=card.version + 1,
        ratings=judgement.ratings,
        overall=judgement.overall,
        hints=hints.counted(hinted),
        submitted_at=ctx.now,
        post_reveal=is_late,
    )
    keeping.keep_version(ctx, version, judgement)
    _count(ctx, asked, version)
    return Handed(said=_thanks(asked.meeting, is_late=is_late))


def _held_back(ctx: Context, asked: Asked, judgement: Judgement) -> Handed:
    """Keep what was written before the interview, and say from when it can be sent."""
    keep_draft(ctx, asked, judgement)
    starts = moment(asked.meeting.interview.starts_at, ctx.person)
    return Handed(said=texts.too_early(asked.code, starts))


def keep_draft(ctx: Context, asked: Asked, judgement: Judgement) -> None:
    """Keep what somebody has written; what was sent before stays sent."""
    keeping.keep_draft(ctx, asked.card, judgement)
    if asked.card.state not in GIVEN | {CardState.DRAFT}:
        cards.move(ctx, asked, CardState.DRAFT)


def _count(ctx: Context, asked: Asked, version: Version) -> None:
    """Let the scorecard stand at its new version; figures use the last blind judgement."""
    card, is_first = asked.card, asked.card.submitted_at is None
    tables.drop_draft(ctx.session, asked.id)
    given = Given(
        version=version.version,
        counted=card.counted if version.post_reveal else version.version,
        submitted_at=card.submitted_at or ctx.now,
        minutes_late=max(0, (ctx.now - card.due_at) // _MINUTE) if is_first else card.minutes_late,
    )
    cards.give(ctx, asked, given)


def _unread(
    hinted: Mapping[str, frozenset[hints.Hint]], shown: Mapping[str, frozenset[hints.Hint]]
) -> dict[str, frozenset[hints.Hint]]:
    """Return the hints that the author has not seen beside the same words."""
    left = {name: found - shown.get(name, frozenset()) for name, found in hinted.items()}
    return {name: found for name, found in left.items() if found}


def _with_hints(
    problems: Mapping[str, str], hinted: Mapping[str, frozenset[hints.Hint]]
) -> dict[str, str]:
    said = {name: texts.hint(found) for name, found in hinted.items()}
    both = {name: " ".join(filter(None, (problems.get(name), said[name]))) for name in said}
    return {**problems, **both}


def _thanks(there: Meeting, *, is_late: bool) -> str:
    if is_late:
        return texts.THANKS_LATE
    return texts.THANKS_OWN if there.search.reveal is Reveal.AFTER_OWN else texts.THANKS
