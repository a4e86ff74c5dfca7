"""How a meeting that comes back is asked for and shown."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.recurrence import Weekday
from bot.ui import (
    Block,
    Button,
    Buttons,
    Choice,
    Choices,
    Date,
    Facts,
    FormPart,
    Items,
    Line,
    Message,
    Number,
    Option,
    PersonInput,
    ShortText,
    Text,
    TextStyle,
    When,
)
from workflows.agendas import series_texts as texts
from workflows.agendas.rules import LONGEST, LONGEST_NAME, SHORTEST, HolidayPolicy, Part
from workflows.agendas.terms import LONGEST_LEAD, Terms
from workflows.agendas.texts import TITLES

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
#: A year of weeks, as `bot.recurrence` has it.
_MOST_WEEKS = 52


def questions(terms: Terms, *after_name: FormPart) -> tuple[FormPart, ...]:
    """Ask for all that a meeting is, filled in with *terms*."""
    return (
        ShortText(name="name", label=texts.NAME, initial=terms.name, max_length=LONGEST_NAME),
        *after_name,
        *_rhythm(terms),
        *_days(terms.first, terms.last),
        *_leads(terms),
        *_days_off(terms),
        Choices(
            name="parts",
            label=texts.PARTS,
            options=tuple(Option(value=part, label=TITLES[part]) for part in Part),
            initial=terms.parts or tuple(Part),
        ),
    )


def partner() -> PersonInput:
    """Ask for the other owner."""
    return PersonInput(name="partner", label=texts.PARTNER, hint=texts.HINT_PARTNER)


def _rhythm(terms: Terms) -> tuple[FormPart, ...]:
    rhythm = terms.rhythm
    days = tuple(Option(value=day, label=texts.WEEKDAYS[day]) for day in Weekday)
    chosen = tuple(day for day in Weekday if day in rhythm.days)
    return (
        Choices(name="days", label=texts.DAYS, options=days, initial=chosen),
        ShortText(name="at", label=texts.TIME, hint=texts.HINT_TIME, initial=f"{rhythm.at:%H:%M}"),
        ShortText(name="zone", label=texts.ZONE, hint=texts.HINT_ZONE, initial=rhythm.timezone),
        _number("weeks", texts.WEEKS, rhythm.every_weeks, (1, _MOST_WEEKS)),
        _number(
            "length",
            texts.MINUTES,
            terms.length // _MINUTE,
            (SHORTEST // _MINUTE, LONGEST // _MINUTE),
        ),
    )


def _days(first: date, last: date | None) -> tuple[FormPart, ...]:
    return (
        Date(name="first", label=texts.FIRST, hint=texts.HINT_FIRST, initial=first),
        Date(name="last", label=texts.LAST, hint=texts.HINT_LAST, initial=last, required=False),
    )


def _leads(terms: Terms) -> tuple[FormPart, ...]:
    most = (0, LONGEST_LEAD // _HOUR)
    return (
        _number("draft", texts.DRAFT, terms.draft_lead // _HOUR, most),
        _number("publish", texts.PUBLISH, terms.publish_lead // _HOUR, most),
    )


def _days_off(terms: Terms) -> tuple[FormPart, ...]:
    options = tuple(Option(value=one, label=texts.POLICIES[one]) for one in HolidayPolicy)
    return (
        Choice(name="policy", label=texts.POLICY, options=options, initial=terms.policy),
        ShortText(
            name="holidays",
            label=texts.HOLIDAYS,
            hint=texts.HINT_HOLIDAYS,
            initial=", ".join(terms.holidays),
            required=False,
        ),
    )


def _number(name: str, label: str, initial: int, within: tuple[int, int]) -> Number:
    low, high = within
    return Number(name=name, label=label, initial=str(initial), minimum=low, maximum=high)


def card(title: str, facts: Mapping[str, str], next_ones: Line, buttons: list[Button]) -> Message:
    """Show a series, with its *next_ones* in each reader's own time zone; its text says it all."""
    text = "\n".join([title, *(f"{label}: {said}" for label, said in facts.items())])
    shown = {**facts, texts.NEXT: next_ones}
    row = (Buttons(buttons=tuple(buttons)),) if buttons else ()
    return Message(text=text, blocks=(Text(text=title), Facts(facts=tuple(shown.items())), *row))


def listing(lines: Sequence[str]) -> Message:
    """List series, one on each line."""
    text = "\n".join([texts.YOURS, *lines])
    return Message(text=text, blocks=(Text(text=texts.YOURS), Items(items=tuple(lines))))


def on_home(lines: Sequence[str]) -> tuple[Block, ...]:
    """Show on Home the meetings that somebody comes to."""
    if not lines:
        return ()
    title = Text(text=texts.YOURS, style=TextStyle.HEADING)
    return (title, Items(items=tuple(lines)))


def when(dates: Sequence[datetime]) -> Line:
    """Show instants, each in the reader's own time zone."""
    if not dates:
        return texts.NOT_PLANNED
    first, *later = dates
    return (When(at=first), *(span for at in later for span in (", ", When(at=at))))
