"""What a workflow is: a folder whose handlers are reached through routes.

workflow = Workflow("glossary", summary="Two vocabularies, one place to look.")

@workflow.action("approve", allow=Role.OWNER)
def approve(ctx: Context, proposal: int) -> Reply: ...

approve.button("Approve", proposal=3)  # mypy checks the payload against the handler
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from pydantic import ValidationError

from bot.answers import Answers
from bot.context import Context
from bot.errors import NotFound
from bot.hooks import Awaiting, HomeSection, Meeting, Missing, Page, Sweep
from bot.inbound import Notice, Post, QuotedMessage
from bot.interval import read_rule
from bot.payload import payload_model
from bot.roles import Allowed, Role, Rules
from bot.ui import Button, Form, Message, Reply, Results

P = ParamSpec("P")
R = TypeVar("R", bound="Route[...]")

#: A room that no admin names: everybody's own chat with Parley, as far as files are sent there.
OWN_CHAT = "@own-chat"
NO_SUCH_THING = (
    "That is not here, or not for you to see or do. Nothing was changed. "
    "Say `help` for all that you can do; on an old message, ask for a fresh one."
)


class Route(Generic[P]):
    """A handler under the name that stands in posted buttons, forms and job rows."""

    #: Whether a press answers with a form.
    opens_form = False

    def __init__(
        self, id: str, handler: Callable[Concatenate[Context, P], Any], rules: Rules
    ) -> None:
        self.id = id
        self.handler = handler
        self.rules = rules
        self._payload = payload_model(handler)

    def button(self, label: str, /, *args: P.args, **payload: P.kwargs) -> Button:
        """Return a button whose press calls the handler with *payload*."""
        return Button(
            label=label,
            route=self.id,
            payload=self.payload(*args, **payload),
            opens_form=self.opens_form,
        )

    def payload(self, *args: P.args, **payload: P.kwargs) -> dict[str, Any]:
        """Return the handler's arguments as JSON values."""
        return self._payload(**self._named(args, payload)).model_dump(mode="json")

    def _named(self, args: tuple[Any, ...], payload: Mapping[str, Any]) -> dict[str, Any]:
        names = list(self._payload.model_fields)
        return {**dict(zip(names, args, strict=False)), **payload}

    def arguments(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return *payload*, which came from outside, as the handler's arguments.

        Raises:
            NotFound: it does not fit the handler.
        """
        try:
            values = self._payload.model_validate(dict(payload))
        except ValidationError as error:
            raise NotFound(NO_SUCH_THING) from error
        return {name: getattr(values, name) for name in type(values).model_fields}

    def call(self, ctx: Context, payload: Mapping[str, Any]) -> Any:
        """Run the handler with *payload* checked against its parameters."""
        return self.handler(ctx, **self.arguments(payload))  # type: ignore[call-arg]  # checked above


class FormRoute(Route[P]):
    """A form's builder and, once `submit` decorated it, the handler of its answers."""

    opens_form = True

    def __init__(
        self, id: str, handler: Callable[Concatenate[Context, P], Form], rules: Rules
    ) -> None:
        super().__init__(id, handler, rules)
        self._on_submit: Callable[Concatenate[Context, Answers, P], Reply] | None = None
        self.answered_again: Callable[[Context], Reply] | None = None

    def open(self, ctx: Context, /, *args: P.args, **state: P.kwargs) -> Form:
        """Return the form, ready to be answered; *state* is given to the submit handler again."""
        kept = self.payload(*args, **state)
        form = self.handler(ctx, *args, **state)
        return cast("Form", form.model_copy(update={"route": self.id, "state": kept}))

    def call(self, ctx: Context, payload: Mapping[str, Any]) -> Form:
        """Build the form for a state that came from outside."""
        return self.open(ctx, **self.arguments(payload))  # type: ignore[call-arg]  # checked above

    def submit(
        self, handler: Callable[Concatenate[Context, Answers, P], Reply]
    ) -> Callable[Concatenate[Context, Answers, P], Reply]:
        """Register *handler* for the answers of this form."""
        self._on_submit = handler
        return handler

    def again(self, handler: Callable[[Context], Reply]) -> Callable[[Context], Reply]:
        """Register *handler* for answers that come once more after a restart.

        It reads what `ctx.act` has led to; None says that this tells nothing.
        """
        self.answered_again = handler
        return handler

    def answer(self, ctx: Context, raw: Mapping[str, Any], state: Mapping[str, Any]) -> Reply:
        """Check *raw* against the form as it is built now, and hand it to the submit handler.

        Raises:
            Invalid: with the problem of each input that does not fit.
        """
        if self._on_submit is None:
            raise LookupError(f"{self.id} has no submit handler")
        arguments = self.arguments(state)
        checked = Answers.check(self.handler(ctx, **arguments), raw)  # type: ignore[call-arg]  # checked above
        return self._on_submit(ctx, checked, **arguments)  # type: ignore[call-arg]  # checked above


@dataclass(frozen=True)
class CommandRoute:
    """A verb, the line that explains it in `help`, and its handler."""

    name: str
    help: str
    usage: str
    route: Route[[str]]
    example: str = ""  #: words to try, without an effect that somebody would mind
    offer: str = ""  #: a button for words that are no command; without “{words}”, for a sentence


@dataclass(frozen=True)
class ShortcutRoute:
    """A shortcut on messages, under the title and the help that the platform's menu shows."""

    title: str
    help: str
    route: Route[[QuotedMessage]]


@dataclass(frozen=True)
class SearchRoute:
    """A search, under the title and the help that the platform's search box shows."""

    title: str
    help: str
    route: Route[[str]]


@dataclass(frozen=True)
class TimerRoute:
    """A handler for a moment; with *every* it comes back by itself, in the house's zone."""

    route: Route[...]
    every: str | None


@dataclass
class Workflow:
    """The routes of one folder of `workflows/`; names are given once and never change.

    A route's id is `name.handler`; it stands in posted buttons, which outlive refactorings.
    What is housekeeping is said after `/parley`, without a command of its own.
    An alias is another first word for the same commands: {"scorecard": "feedback"}.
    Asides are verbs that a menu which cannot hold all leaves out first.
    """

    name: str
    summary: str
    commands: dict[str, CommandRoute] = field(default_factory=dict)
    actions: dict[str, Route[...]] = field(default_factory=dict)
    shortcuts: dict[str, ShortcutRoute] = field(default_factory=dict)
    searches: dict[str, SearchRoute] = field(default_factory=dict)
    timers: dict[str, TimerRoute] = field(default_factory=dict)
    listeners: dict[str, Route[[Post]]] = field(default_factory=dict)
    notices: dict[str, Route[[Notice]]] = field(default_factory=dict)
    home_sections: list[HomeSection] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)
    awaiting: list[Awaiting] = field(default_factory=list)
    misses: list[Missing] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    is_housekeeping: bool = field(default=False, kw_only=True)
    aliases: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    asides: frozenset[str] = field(default=frozenset(), kw_only=True)

    def command(
        self,
        name: str,
        *,
        help: str,
        usage: str = "",
        example: str = "",
        offer: str = "",
        allow: Allowed = Role.MEMBER,
        read_only: bool = False,
        quick: bool = False,
    ) -> Callable[[Callable[[Context, str], Reply]], Route[[str]]]:
        """Register a verb; the handler gets the text after it. The longest name wins."""

        def register(handler: Callable[[Context, str], Reply]) -> Route[[str]]:
            rules = Rules(allow, read_only or quick, quick)
            route = Route[[str]](self._id(name, self.commands), handler, rules)
            self.commands[name] = CommandRoute(name, help, usage, route, example, offer)
            return route

        return register

    def action(
        self, name: str, *, allow: Allowed = Role.MEMBER, read_only: bool = False
    ) -> Callable[[Callable[Concatenate[Context, P], Reply]], Route[P]]:
        """Register what a button does; the payload's keys are the handler's parameters."""

        def register(handler: Callable[Concatenate[Context, P], Reply]) -> Route[P]:
            route = Route[P](self._id(name, self.actions), handler, Rules(allow, read_only))
            self.actions[route.id] = route
            return route

        return register

    def form(
        self, name: str, *, allow: Allowed = Role.MEMBER
    ) -> Callable[[Callable[Concatenate[Context, P], Form]], FormRoute[P]]:
        """Register a form's builder; it runs again, with the same state, to check the answers."""

        def register(builder: Callable[Concatenate[Context, P], Form]) -> FormRoute[P]:
            route = FormRoute[P](self._id(name, self.actions), builder, Rules(allow))
            self.actions[route.id] = route
            return route

        return register

    def shortcut(
        self,
        name: str,
        *,
        title: str,
        help: str,
        allow: Allowed = Role.MEMBER,
        read_only: bool = False,
    ) -> Callable[[Callable[[Context, QuotedMessage], Reply]], Route[[QuotedMessage]]]:
        """Register a shortcut that people use on any message."""

        def register(
            handler: Callable[[Context, QuotedMessage], Reply],
        ) -> Route[[QuotedMessage]]:
            rules = Rules(allow, read_only)
            route = Route[[QuotedMessage]](self._id(name, self.shortcuts), handler, rules)
            self.shortcuts[route.id] = ShortcutRoute(title, help, route)
            return route

        return register

    def search(
        self, name: str, *, title: str, help: str, allow: Allowed = Role.MEMBER
    ) -> Callable[[Callable[[Context, str], Results]], Route[[str]]]:
        """Register a search; the handler gets what is typed so far, "" before anything is."""

        def register(handler: Callable[[Context, str], Results]) -> Route[[str]]:
            rules = Rules(allow, read_only=True)
            route = Route[[str]](self._id(name, self.searches), handler, rules)
            self.searches[route.id] = SearchRoute(title, help, route)
            return route

        return register

    def timer(
        self, name: str, *, every: str | None = None
    ) -> Callable[[Callable[Concatenate[Context, P], None]], Route[P]]:
        """Register what happens at a moment that `ctx.schedule` set.

        With *every* ("mon 09:00") it happens again and again on the wall clock of the house, or
        every few minutes ("every 15m").
        """
        if every is not None:
            read_rule(every, "UTC")

        def register(handler: Callable[Concatenate[Context, P], None]) -> Route[P]:
            route = Route[P](self._id(name, self.timers), handler, Rules(Role.STRANGER))
            self.timers[route.id] = TimerRoute(route, every)
            return route

        return register

    def post(self, room: str) -> Callable[[Callable[[Context, Post], Reply]], Route[[Post]]]:
        """Register what happens when somebody writes in a place of *room*; see `OWN_CHAT`."""

        def register(handler: Callable[[Context, Post], Reply]) -> Route[[Post]]:
            taken = {f"post {known}" for known in self.listeners}
            route = Route[[Post]](self._id(f"post {room}", taken), handler, Rules(Role.STRANGER))
            self.listeners[room] = route
            return route

        return register

    def notice(
        self, source: str
    ) -> Callable[[Callable[[Context, Notice], Message | None]], Route[[Notice]]]:
        """Register what happens when another system tells something; one handler a *source*.

        What the handler returns is told to those who look after Parley, the same words once.
        """

        def register(handler: Callable[[Context, Notice], Message | None]) -> Route[[Notice]]:
            taken = {f"notice {known}" for known in self.notices}
            route = Route[[Notice]](self._id(f"notice {source}", taken), handler, Rules())
            self.notices[source] = route
            return route

        return register

    def home(self, section: HomeSection) -> HomeSection:
        """Register a part of everybody's Home; it answers `()` when it has nothing to say."""
        self.home_sections.append(section)
        return section

    def meets(self, meeting: Meeting) -> Meeting:
        """Register what happens when a platform has said who acts, beside what they do.

        It says so at the first act of an account, and at most twice a day after that.
        """
        self.meetings.append(meeting)
        return meeting

    def sweep(self, work: Sweep) -> Sweep:
        """Register what every process does each minute, such as storing what it counted."""
        self.sweeps.append(work)
        return work

    def awaits(self, open_things: Awaiting) -> Awaiting:
        """Register what is open, and the key under which the timer of each waits.

        The auditor tells the admins of a thing whose timer does not wait any more.
        """
        self.awaiting.append(open_things)
        return open_things

    def missing(self, hear: Missing) -> Missing:
        """Register what happens when a way to somebody is closed for good."""
        self.misses.append(hear)
        return hear

    def page(self, name: str) -> Callable[[Page], Page]:
        """Register what programs fetch over the web, where `ctx.address_of` says."""
        if name in self.pages:
            raise ValueError(f"{self.name} registers the page {name!r} twice.")

        def register(page: Page) -> Page:
            self.pages[name] = page
            return page

        return register

    def _id(self, name: str, taken: Collection[str]) -> str:
        id = f"{self.name}.{name.replace(' ', '_')}"
        if id in taken or name in taken:
            raise ValueError(f"{self.name} registers {name!r} twice.")
        return id


def traceless(route: R) -> R:
    """Let nobody be found by having used *route*, see `Rules`."""
    route.rules = replace(route.rules, traceless=True)
    return route


def discover(package: ModuleType) -> Iterator[Workflow]:
    """Yield the `workflow` of every folder in *package*, its handlers imported."""
    folders = (found for found in pkgutil.iter_modules(package.__path__) if found.ispkg)
    for found in sorted(folders, key=lambda folder: folder.name):
        folder = importlib.import_module(f"{package.__name__}.{found.name}")
        importlib.import_module(f"{package.__name__}.{found.name}.handlers")
        yield folder.workflow
