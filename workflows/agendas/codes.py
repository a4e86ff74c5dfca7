"""The short names by which people speak of meetings, actions and topics."""

from datetime import UTC, datetime

from bot.errors import Invalid
from bot.text import Line, Ref
from workflows.agendas import texts
from workflows.agendas.rules import ACTION, SERIES, TOPIC

_MOMENT = "%Y%m%dT%H%M%S.%f"
_MEETING = "meeting:"


def series(id: int | None) -> str:
    """Return the short name of a series, such as AG-3."""
    return str(Ref(SERIES, id or 0))


def action(id: int | None) -> str:
    """Return the short name of an action, such as A-33."""
    return str(Ref(ACTION, id or 0))


def topic(id: int | None) -> str:
    """Return the short name of an added topic, such as TP-5."""
    return str(Ref(TOPIC, id or 0))


def named_action(line: Line) -> int:
    """Return the number of the action that somebody typed.

    Raises:
        Invalid: they named none, or several.
    """
    return _named(line, ACTION, texts.WHICH_ACTION)


def named_topic(line: Line) -> int:
    """Return the number of the topic that somebody typed.

    Raises:
        Invalid: they named none, or several.
    """
    return _named(line, TOPIC, texts.WHICH_TOPIC)


def moment(at: datetime) -> str:
    """Return an instant as a part of a key."""
    return at.astimezone(UTC).strftime(_MOMENT)


def moment_in(key: str) -> datetime:
    """Return the instant with which a key ends."""
    return datetime.strptime(key.rpartition(":")[2], _MOMENT).replace(tzinfo=UTC)


def entity(meeting_id: int | None) -> str:
    """Return under what the post ledger and the audit keep what is said of a meeting."""
    return f"{_MEETING}{meeting_id}"


def action_entity(id: int | None) -> str:
    """Return under what the post ledger and the audit keep what is said of an action."""
    return f"agenda_action:{id}"


def meeting_of(entity: str) -> int | None:
    """Return the number of the meeting that the post ledger names so; None for anything else."""
    number = entity.removeprefix(_MEETING)
    return int(number) if number != entity and number.isdecimal() else None


def agenda(meeting_id: int | None) -> str:
    """Return the key under which an agenda is posted; the meeting is talked about below that."""
    return f"{entity(meeting_id)}:agenda"


def draft(meeting_id: int | None, owner_id: int) -> str:
    """Return the key under which an owner alone reads an agenda."""
    return f"{entity(meeting_id)}:draft:{owner_id}"


def _named(line: Line, kind: str, otherwise: str) -> int:
    numbers = {ref.number for ref in line.refs if ref.kind == kind}
    if len(numbers) != 1:
        raise Invalid(otherwise)
    return numbers.pop()
