"""What stands on agendas in tests: items that a test puts into a part."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.context import Context
from workflows.agendas import calls
from workflows.agendas.calls import Asked, Item
from workflows.agendas.rules import Part


@dataclass
class Live:
    """The items of each part, and all for whom somebody asked."""

    items: dict[Part, list[Item]] = field(default_factory=lambda: defaultdict(list))
    asked: list[Asked] = field(default_factory=list)
    #: The parts whose workflow fails.
    broken: set[Part] = field(default_factory=set)

    def put(self, part: Part, *lines: str, minutes: int | None = None, owner: int = 0) -> None:
        """Let a part have these lines and no others; the first word of each is its key."""
        self.items[part] = [
            Item(
                key=f"{part}:{line.split()[0]}", line=line, minutes=minutes, owner_id=owner or None
            )
            for line in lines
        ]


@contextmanager
def live_items() -> Iterator[Live]:
    """Have agendas show what the test says, and forget it again."""
    live = Live()

    def section_of(part: Part) -> Callable[[Context, Asked], Sequence[Item]]:
        def section(ctx: Context, asked: Asked) -> Sequence[Item]:
            live.asked.append(asked)
            if part in live.broken:
                ctx.session.connection().execute(sa.text("SELECT nothing FROM nowhere"))
            return live.items[part]

        return section

    registered = {part: calls.section(part)(section_of(part)) for part in Part}
    yield live
    for part, section in registered.items():
        calls.section(part)._hooked.remove(section)
