"""What agendas ask of other workflows, and what their own parts tell each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.context import Context
from bot.hooks import Hook
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
Section = Hook[[Context, Asked], Sequence[Item]]
_sections: Mapping[Part, Section] = {part: Section() for part in Part}
#: Returns a sentence about a meeting for whoever reads there, such as who is away, to stand above
#: its agenda; "" when there is nothing to say.
remark = Hook[[Context, Meeting, Reach], str]()
#: Hears, in the same transaction, that a meeting stands otherwise than before.
#: Its state says how; also a meeting at another time, and a new one, has moved.
meetings_move = Hook[[Context, Meeting], object]()
#: Hears, in the same transaction, that what stands on an agenda changed.
agendas_change = Hook[[Context, Meeting], object]()
#: Hears, in the same transaction, that an action is new or changed.
actions_change = Hook[[Context, Action], object]()


def section(part: Part) -> Section:
    """Have the items that the decorated function returns in a part of each agenda."""
    return _sections[part]


def items(ctx: Context, part: Part, asked: Asked) -> list[Item]:
    """Return all items of a part, those of who registered first first."""
    return [item for found in section(part).ask(ctx, asked) for item in found]


def members_of(ctx: Context, series_id: int) -> list[int]:
    """Return the numbers of those who come to a series, its owners first."""
    return [one.person_id for one in tables.members(ctx.session, series_id)]


def remarks(ctx: Context, meeting: Meeting, reach: Reach) -> list[str]:
    """Return what is to be said above an agenda."""
    return list(filter(None, remark.ask(ctx, meeting, reach)))


def meeting_moved(ctx: Context, meeting: Meeting) -> None:
    """Tell everybody who watches that a meeting stands otherwise than before."""
    meetings_move.tell(ctx, meeting)


def agenda_changed(ctx: Context, meeting: Meeting) -> None:
    """Tell everybody who watches that what stands on an agenda changed."""
    agendas_change.tell(ctx, meeting)


def action_changed(ctx: Context, action: Action) -> None:
    """Tell everybody who watches that an action is new or changed."""
    actions_change.tell(ctx, action)
