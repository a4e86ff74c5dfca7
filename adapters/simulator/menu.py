"""What the page offers besides the workspace: commands, shortcuts, the tour, the clock."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

Json = dict[str, Any]

SHOWN_IN = ZoneInfo("Europe/Berlin")
EARLY, MORNING = time(7, 0), time(9, 0)
#: The days around the company's weekly meeting: its draft is read on one, its agenda on the other.
NEXT_SUNDAY, NEXT_MONDAY_EARLY = "Next Sunday 09:00", "Next Monday 07:00"
_MONDAY, _SUNDAY, _WEEK = 0, 6, 7


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command with what the menu says of it."""

    command: str
    help: str
    usage: str = ""

    def as_json(self) -> Json:
        """Return the command for the page."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ShortcutLine:
    """A shortcut: `kind` is `message` or `global`."""

    callback_id: str
    title: str
    kind: str = "message"

    def as_json(self) -> Json:
        """Return the shortcut for the page."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A search that Teams offers where people write."""

    command: str
    title: str

    def as_json(self) -> Json:
        """Return the search for the page."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands open on the other pane while a step is done, and before whom.

    Attributes:
        channel: None for the person's own conversation with the bot.
    """

    platform: str
    person: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class TourLine:
    """A step of the tour as the page shows it, and how the page does it for the reader.

    Attributes:
        channel: None for the person's own conversation with the bot.
        press: the label of a button to press, instead of a command or a text.
        then: the button that sends the form which `press` opens.
        wait_seconds: how far the clock is moved forward, instead of anything that a person does.
        jump: where it is moved, by the label of one of its jumps.
        platform: on which pane the step is done.
        seen_alone: what it shows appears in the person's own conversation with the bot.
        beside: where the same shows on the other pane.
    """

    title: str
    does: str
    expects: str
    person: str | None = None
    channel: str | None = None
    command: str | None = None
    text: str | None = None
    press: str | None = None
    then: str | None = None
    wait_seconds: int | None = None
    jump: str | None = None
    platform: str = "slack"
    seen_alone: bool = False
    beside: Beside | None = None

    def as_json(self) -> Json:
        """Return the step for the page."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Menu:
    """Everything the page offers.

    Attributes:
        commands: slash commands, for Slack.
        words: what can be said to the bot by name, for Teams.
    """

    commands: tuple[CommandLine, ...] = ()
    shortcuts: tuple[ShortcutLine, ...] = ()
    tour: tuple[TourLine, ...] = ()
    words: tuple[CommandLine, ...] = ()
    searches: tuple[SearchLine, ...] = ()


class ForwardClock(Protocol):
    """The bot's clock, as far as the page may turn it."""

    def now(self) -> datetime:
        """Return the bot's present moment."""
        ...

    def move_to(self, instant: datetime) -> None:
        """Move the clock forward to *instant*."""
        ...


def clock_json(clock: ForwardClock | None) -> Json:
    """Return the time and where one can jump to from here."""
    present = datetime.now(UTC)
    now = clock.now() if clock else present
    return {
        "now": now.isoformat(),
        "moved_seconds": round((now - present).total_seconds()) if clock else 0,
        "can_move": clock is not None,
        "jumps": [{"label": label, "to": to.isoformat()} for label, to in jumps(now).items()],
    }


def jumps(now: datetime) -> dict[str, datetime]:
    """Return where one can jump to from a moment, by what the page calls it."""
    tomorrow = now.astimezone(SHOWN_IN).date() + timedelta(days=1)
    sunday, monday = _next(_SUNDAY, tomorrow), _next(_MONDAY, tomorrow)
    return {
        "One hour on": now + timedelta(hours=1),
        "Tomorrow 09:00": _at(tomorrow, MORNING),
        NEXT_SUNDAY: _at(sunday, MORNING),
        NEXT_MONDAY_EARLY: _at(monday, EARLY),
        "Next Monday 09:00": _at(monday, MORNING),
        "Half a year on": now + timedelta(days=181),
    }


def _next(weekday: int, since: date) -> date:
    return since + timedelta(days=(weekday - since.weekday()) % _WEEK)


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, SHOWN_IN).astimezone(UTC)
