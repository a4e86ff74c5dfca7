"""What is read about people: cards and lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.inbound import TITLES
from bot.shown import words
from bot.ui import (
    Block,
    Button,
    Buttons,
    Facts,
    Line,
    Message,
    Table,
    Text,
    TextStyle,
    When,
)
from storage.people import Account, Person
from storage.roster import Holding
from workflows.people import linking_texts, texts

PAGE = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A person with everything that a list or a card shows."""

    person: Person
    accounts: Sequence[Account]
    held: Sequence[Holding]


def card(entry: Entry, departments: Mapping[str, str], buttons: Sequence[Button] = ()) -> Message:
    """Return one person in full."""
    facts = tuple(_facts(entry, departments))
    heading = entry.person.name
    blocks = (Text(text=heading, style=TextStyle.HEADING), Facts(facts=facts))
    told = ". ".join(f"{label}: {words(line)}" for label, line in facts)
    return with_buttons(Message(text=f"{heading}. {told}.", blocks=blocks), buttons)


def listing(entries: Sequence[Entry], first: int, total: int, more: Sequence[Button]) -> Message:
    """Return one page of the list of people."""
    said = texts.page(first, len(entries), total)
    rows = tuple(_row(entry) for entry in entries)
    told = " ".join(f"{row[1]}: {row[3]}." for row in rows)
    blocks = (Text(text=said), Table(header=texts.COLUMNS, rows=rows))
    return with_buttons(Message(text=f"{said} {told}", blocks=blocks), more)


def departments(rows: Sequence[tuple[str, str, int, Sequence[str]]]) -> Message:
    """Return the departments, each with how many work there and who owns its words."""
    shown = tuple((key, name, str(count), ", ".join(owners)) for key, name, count, owners in rows)
    told = " ".join(f"{key}: {name}, {count}." for key, name, count, _ in shown)
    return Message(text=told, blocks=(Table(header=texts.DEPARTMENT_COLUMNS, rows=shown),))


def with_buttons(message: Message, buttons: Sequence[Button]) -> Message:
    """Return *message* with a row of buttons under it."""
    if not buttons:
        return message
    blocks: tuple[Block, ...] = message.blocks or (Text(text=message.text),)
    return Message(text=message.text, blocks=(*blocks, Buttons(buttons=tuple(buttons))))


def accounts_in_words(accounts: Iterable[Account]) -> str:
    """Return on which platforms somebody is."""
    return linking_texts.platforms(accounts)


def _facts(entry: Entry, departments: Mapping[str, str]) -> Iterable[tuple[str, Line]]:
    person, labels = entry.person, texts.LABELS
    yield labels["number"], str(person.id)
    key = person.department
    yield labels["department"], departments.get(key, key) if key else texts.NO_DEPARTMENT
    if person.email:
        yield labels["email"], person.email
    yield labels["zone"], person.timezone
    if not person.active:
        yield labels["standing"], texts.LEFT
    roles = [_role_line(held) for held in entry.held]
    yield labels["roles"], _joined(roles) if roles else texts.NO_ROLE
    accounts = ", ".join(
        f"{TITLES.get(one.platform, one.platform)} ({one.user})" for one in entry.accounts
    )
    yield labels["accounts"], accounts or texts.NO_ACCOUNT


def _role_line(held: Holding) -> tuple[str | When, ...]:
    if held.ends_at is None:
        return (texts.ends(held.grant),)
    return (f"{texts.ends(held.grant)}, {texts.TILL} ", When(at=held.ends_at))


def _joined(lines: Sequence[tuple[str | When, ...]]) -> Line:
    first, *others = lines
    return (*first, *(part for line in others for part in ("; ", *line)))


def _row(entry: Entry) -> tuple[str, ...]:
    person = entry.person
    roles = texts.roles(held.grant for held in entry.held)
    return (
        str(person.id),
        person.name,
        person.department or "",
        roles if person.active else texts.LEFT,
        accounts_in_words(entry.accounts),
    )
