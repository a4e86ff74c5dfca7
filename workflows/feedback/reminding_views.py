"""Requests, reminders and what goes to the recruiter, as messages that name codes alone."""

from collections.abc import Sequence
from datetime import datetime

from bot.menu import say_button
from bot.ui import Button, Buttons, Items, Line, Message, Note, Text, When
from storage.people import Person
from workflows.feedback import reminding_texts as texts
from workflows.feedback.cards import Asked
from workflows.feedback.filling import give
from workflows.feedback.passing_on import TOMORROW, decline, snooze
from workflows.hiring import calls as hiring

#: So many scorecards become one digest, with a list instead of buttons for each.
TOGETHER = 3


def request(reader: Person, wanted: Asked, now: datetime) -> Message:
    """Ask for one scorecard, right after its interview."""
    return _about_one(texts.asked(reader.name, wanted.about), reader, wanted, now)


def reminder(reader: Person, wanted: Sequence[Asked], now: datetime) -> Message:
    """Remind of one scorecard or several; many become a digest."""
    if len(wanted) == 1:
        said = texts.waiting(reader.name, wanted[0].about)
        return _about_one(said, reader, wanted[0], now)
    said = texts.several(reader.name, len(wanted))
    lines = [(texts.in_list(one.about, one.card.due_at, now), one.card.due_at) for one in wanted]
    told = "; ".join(f"{line} {texts.moment(at, reader)}" for line, at in lines)
    listed = tuple[Line, ...]((f"{line} ", When(at=at)) for line, at in lines)
    blocks = (Text(text=said), Items(items=listed))
    if len(wanted) >= TOGETHER:
        see = Buttons(buttons=(say_button(texts.SEE_ALL, "feedback"),))
        return Message(text=f"{said} {told}.", blocks=(*blocks, see, Note(text=texts.DIGEST_NOTE)))
    gives = tuple(
        give.button(f"{texts.GIVE}: {hiring.code_of(one.meeting.interview)}", card=one.card.id or 0)
        for one in wanted
    )
    return Message(text=f"{said} {told}.", blocks=(*blocks, Buttons(buttons=gives)))


def reminder_buttons(wanted: Asked) -> tuple[Button, ...]:
    """Return what an interviewer can do about one scorecard."""
    card = wanted.card.id or 0
    return (
        give.button(texts.GIVE, card=card).primary(),
        snooze.button(texts.SNOOZE, card=card, until=TOMORROW),
        decline.button(texts.NOT_MINE, card=card),
    )


def for_recruiter(
    author: Person, wanted: Asked, why: texts.Lateness, buttons: Sequence[Button]
) -> Message:
    """Tell the recruiter of a scorecard that does not come, and offer what they can do."""
    said = texts.for_recruiter(author.name, wanted.about, why)
    return Message(text=said, blocks=(Text(text=said), Buttons(buttons=tuple(buttons))))


def _about_one(said: str, reader: Person, wanted: Asked, now: datetime) -> Message:
    at = wanted.card.due_at
    due = texts.due(at, now)
    return Message(
        text=f"{said} {due} {texts.moment(at, reader)}.",
        blocks=(
            Text(text=(f"{said} {due} ", When(at=at), ".")),
            Buttons(buttons=reminder_buttons(wanted)),
        ),
    )
