"""Break-glass: an admin reads before the time, with a reason, and the panel hears of it."""

from collections.abc import Iterator
from datetime import timedelta

from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.roles import Role
from bot.text import parse
from bot.ui import Message, Reply
from storage import people
from storage.people import Person
from workflows.feedback import reading, sight, summarising, summary_views, tables
from workflows.feedback import summary_texts as texts
from workflows.feedback import workflow as it
from workflows.feedback.rules import GIVEN
from workflows.feedback.sight import Eyes, Part, Sight
from workflows.feedback.tables import GlassBreak

#: How long an admin reads.
OPEN_FOR = timedelta(hours=1)
#: Characters of a reason that somebody can judge.
SHORTEST_REASON = 20

REASON = GlassBreak.__table__.c.reason  # type: ignore[attr-defined]  # SQLModel does not declare it


@it.command("feedback open", help=texts.HELP_OPEN, usage=texts.USAGE_OPEN, allow=Role.ADMIN)
def break_glass(ctx: Context, text: str) -> Reply:
    """Open what is closed of a candidate's scorecards to one admin, for an hour."""
    line = parse(text)
    seen = summarising.asked_for(ctx, line, texts.WHICH_TO_OPEN)
    if len(seen) > 1:
        raise Invalid(texts.SEVERAL_TO_OPEN)
    reason = line.flags.get("reason", "").strip()
    if len("".join(reason.split())) < SHORTEST_REASON:
        raise Invalid(texts.reason_too_short(SHORTEST_REASON))
    [eyes] = seen
    if sight.withholds(eyes.viewer, eyes.case.rounds, ctx.now):
        raise Conflict(texts.GIVE_YOURS_FIRST)
    closed = list(_closed(eyes))
    for stage in closed:
        _open(ctx, eyes, stage, reason)
    newest = reading.stages(eyes)[-1]
    button = summarising.button_to(eyes, newest, texts.READ_SUMMARY)
    about = reading.title(eyes.case, newest)
    said = texts.opened(about) if closed else texts.OPEN_ALREADY
    return summary_views.with_buttons(Message(text=said), [button.primary()])


def _closed(eyes: Eyes) -> Iterator[str]:
    """Yield the stages that have something to read which is closed to the reader."""
    for stage in reading.stages(eyes):
        given = [card for card in eyes.case.cards_in(stage) if card.state in GIVEN]
        if any(eyes.can_view(card) is not Sight.CONTENT for card in given):
            yield stage


def _open(ctx: Context, eyes: Eyes, stage: str, reason: str) -> None:
    application = eyes.case.meetings[0].application.id or 0
    row = tables.lock_round(ctx.session, application, stage)
    until = ctx.now + OPEN_FOR
    broken = GlassBreak(round_id=row.id or 0, person_id=ctx.person.id, at=ctx.now, until=until)
    ctx.session.add(broken)
    ctx.session.flush()
    broken.reason = ctx.sealer.seal(reason, at=REASON, row=str(broken.id))
    ctx.record(f"round:{row.id}", before="blind", after=(ctx.person.id, until))
    told = summary_views.glass_broken(ctx.person.name, reading.title(eyes.case, stage), reason)
    for someone in _panel(ctx, eyes, stage):
        key, about = f"feedback:glass:{broken.id}", f"round:{row.id}"
        ctx.send(someone, told, key=key, about=about, sensitive=True)


def _panel(ctx: Context, eyes: Eyes, stage: str) -> Iterator[Person]:
    """Yield the panel of a stage, without those who must never hear of it."""
    state = eyes.case.round(stage)
    for id in sorted(state.seats - {ctx.person.id}):
        someone = people.by_id(ctx.session, id, now=ctx.now)
        theirs = Eyes.of(ctx.session, someone, eyes.case, ctx.now)
        if not theirs.viewer.is_barred and sight.part_in(state, id) is not Part.NONE:
            yield someone
