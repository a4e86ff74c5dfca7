"""What agendas ask of other workflows, and what their own parts tell each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.context import Context
from bot.ui import Line
from storage.people import Person
from workflows.agendas import tables
from workflows.agendas.rules import Part, Reach
from workflows.agendas.tables import Action, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The meeting that items are asked for, and who reads them.

    With `Reach.KNOWN` *readers* are all who read there: an item is for them only when each one
    may read it. With less, no name of a person and no matter that is not for the whole company;
    with `Reach.OUTSIDE` nothing but numbers, without candidates' codes.
    """

    series_id: int
    meeting_id: int
    starts_at: datetime
    #: When the meeting before this one began; None at the first.
    since: datetime | None
    reach: Reach
    readers: tuple[Person, ...] = ()

    def all_may(self, may: Callable[[Person], bool]) -> bool:
        """Say whether all who read there are known, and each of them may read something."""
        return self.reach is Reach.KNOWN and bool(self.readers) and all(map(may, self.readers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a part; *key* stays the same as long as it is about the same thing."""

    key: str  #: such as "vote:7"
    line: Line
    owner_id: int | None = None
    minutes: int | None = None


#: Returns the items of a part, the most pressing first; as many as there are.
Section = Callable[[Context, Asked], Sequence[Item]]
_sections: dict[Part, list[Section]] = {}
#: Returns a sentence about a meeting for whoever reads there, "" when there is nothing to say.
Remark = Callable[[Context, Meeting, Reach], str]
_remarks: list[Remark] = []
Watcher = Callable[[Context, Meeting], object]
_moved: list[Watcher] = []
_changed: list[Watcher] = []
ActionWatcher = Callable[[Context, Action], object]
_agreed: list[ActionWatcher] = []


def section(part: Part) -> Callable[[Section], Section]:
    """Have the items that the decorated function returns in a part of each agenda."""

    def register(asked: Section) -> Section:
        _sections.setdefault(part, []).append(asked)
        return asked

    return register


def items(ctx: Context, part: Part, asked: Asked) -> list[Item]:
    """Return all items of a part, those of who registered first first."""
    return [item for each in _sections.get(part, []) for item in each(ctx, asked)]


def members_of(ctx: Context, series_id: int) -> list[int]:
    """Return the numbers of those who come to a series, its owners first."""
    return [one.person_id for one in tables.members(ctx.session, series_id)]


def remark(said: Remark) -> Remark:
    """Have what the decorated function says, such as who is away, stand above each agenda."""
    _remarks.append(said)
    return said


def remarks(ctx: Context, meeting: Meeting, reach: Reach) -> list[str]:
    """Return what is to be said above an agenda."""
    return [found for each in _remarks if (found := each(ctx, meeting, reach))]


def meetings_move(watcher: Watcher) -> Watcher:
    """Have *watcher* called, in the same transaction, when a meeting stands otherwise than before.

    Its state says how; also a meeting at another time, and a new one, has moved.
    """
    _moved.append(watcher)
    return watcher


def meeting_moved(ctx: Context, meeting: Meeting) -> None:
    """Tell everybody who watches that a meeting stands otherwise than before."""
    for watcher in _moved:
        watcher(ctx, meeting)


def agendas_change(watcher: Watcher) -> Watcher:
    """Have *watcher* called, in the same transaction, when what stands on an agenda changed."""
    _changed.append(watcher)
    return watcher


def agenda_changed(ctx: Context, meeting: Meeting) -> None:
    """Tell everybody who watches that what stands on an agenda changed."""
    for watcher in _changed:
        watcher(ctx, meeting)


def actions_change(watcher: ActionWatcher) -> ActionWatcher:
    """Have *watcher* called, in the same transaction, when an action is new or changed."""
    _agreed.append(watcher)
    return watcher


def action_changed(ctx: Context, action: Action) -> None:
    """Tell everybody who watches that an action is new or changed."""
    for watcher in _agreed:
        watcher(ctx, action)
