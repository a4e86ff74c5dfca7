"""What a workflow is called for beside its routes: by the engine, and by other workflows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

from sqlmodel import Session

from bot.context import Context
from bot.inbound import Place
from bot.ui import Block

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Loss:
    """A way to somebody that was closed for good, by the code of the refusal."""

    about: str  #: the entity that the message was about, such as "incident:3"
    key: str  #: the key of the message
    code: str
    is_final: bool = False  #: no other way was left: it reached nobody
    place: Place | None = None  #: where it was to stand; None for what is for a person


@dataclass(frozen=True, slots=True)
class Handed:
    """What a program fetched over the web."""

    content: bytes
    type: str  #: such as "text/calendar; charset=utf-8"
    name: str  #: under which it is saved


HomeSection = Callable[[Context], tuple[Block, ...]]
#: Hears what a platform has just said of who acts; it is in `ctx.profile`.
Meeting = Callable[[Context], object]
#: What each process does every minute, in a transaction; once more harms nobody.
Sweep = Callable[[Session], object]
#: Returns the timer's key of each open thing: {"vote:3": "vote:3:deadline:1"}.
Awaiting = Callable[[Session], Mapping[str, str]]
#: Hears, in the transaction in which that is noted, that a way to somebody was closed for good.
Missing = Callable[[Context, Loss], object]
#: Returns what is under a token, which is all that whoever fetches it shows; else `NotFound`.
Page = Callable[[Context, str], Handed]


class Hook(Generic[P, R]):
    """What a workflow tells others, or asks them, without knowing them: they decorate a function.

    votes_change = Hook[[Context, int], object]()

    @votes_change
    def refresh(ctx: Context, vote_id: int) -> None: ...

    votes_change.tell(ctx, 3)
    """

    def __init__(self) -> None:
        self._hooked: list[Callable[P, R]] = []

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """Have *function* called as well, after those that are there already."""
        self._hooked.append(function)
        return function

    def tell(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call each function."""
        for function in self._hooked:
            function(*args, **kwargs)

    def ask(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[R]:
        """Yield what each function returns; whoever stops at an answer leaves the rest uncalled."""
        for function in self._hooked:
            yield function(*args, **kwargs)
