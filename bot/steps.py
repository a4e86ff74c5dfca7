"""Which handler an act means, and under which rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from sqlmodel import Session

from bot import menu
from bot.context import Context
from bot.errors import NotFound
from bot.inbound import (
    Arrival,
    Command,
    Inbound,
    Post,
    Press,
    Query,
    Shortcut,
    Submission,
)
from bot.roles import Role, Rules
from bot.routes import Routes, words_of
from bot.ui import Reply
from bot.workflow import NO_SUCH_THING, OWN_CHAT, FormRoute, Route
from storage import places

READING = Rules(Role.STRANGER, read_only=True)


@dataclass(frozen=True, slots=True)
class Step:
    """What an act leads to: a route's id and rules, and the call that answers.

    *again* answers a repeat of it when the first answer is not remembered.
    """

    id: str
    rules: Rules
    call: Callable[[Context], Reply]
    again: Callable[[Context], Reply] | None = None


class Steps:
    """Finds the step of every act among all routes."""

    def __init__(self, routes: Routes) -> None:
        self._routes = routes

    def of(self, inbound: Inbound) -> Step:
        """Return what *inbound* leads to.

        Raises:
            NotFound: no such route.
        """
        match inbound:
            case Command():
                return self._command_step(inbound)
            case Press():
                return self._press_step(inbound)
            case Submission():
                return self._submission_step(inbound)
            case Shortcut():
                known = self._routes.shortcuts.get(inbound.route)
                return _step_of(known.route if known else None, inbound.quoted)
            case Query():
                search = self._routes.searches.get(inbound.route)
                return _step_of(search.route if search else None, inbound.text)
            case Post():
                return Step("parley.post", Rules(Role.STRANGER), partial(self._hear, inbound))
            case Arrival():
                # Whom or what is new to Parley it has welcomed before this, see welcomes.py.
                return Step("parley.arrival", READING, lambda _ctx: None)
            case _:
                raise NotFound(NO_SUCH_THING)

    def as_post(self, inbound: Inbound) -> Post | None:
        """Return words to the bot that are no command as the message that they are as well."""
        if not isinstance(inbound, Command) or self._routes.spoken(inbound) is not None:
            return None
        words = words_of(inbound)
        are_files_alone = not words and inbound.post is not None and inbound.post.files
        return inbound.post if are_files_alone or not menu.is_for_menu(words) else None

    def _command_step(self, command: Command) -> Step:
        spoken = self._routes.spoken(command)
        if spoken is None:
            words = words_of(command)
            return Step("parley.menu", READING, lambda ctx: menu.answer(self._routes, ctx, words))
        if spoken.text.casefold() in menu.HELP_WORDS:
            verb = spoken.command.name.split()[0]
            return Step("parley.help", READING, lambda ctx: menu.help_for(self._routes, ctx, verb))
        return _step_of(spoken.command.route, spoken.text)

    def _press_step(self, press: Press) -> Step:
        route = self._routes.actions.get(press.route)
        if route is None:
            raise NotFound(NO_SUCH_THING)
        opens = isinstance(route, FormRoute)
        rules = replace(route.rules, read_only=True) if opens else route.rules
        return Step(route.id, rules, lambda ctx: route.call(ctx, press.payload))

    def _submission_step(self, submission: Submission) -> Step:
        route = self._routes.actions.get(submission.route)
        if not isinstance(route, FormRoute):
            raise NotFound(NO_SUCH_THING)
        return Step(
            f"{route.id}.submit",
            route.rules,
            lambda ctx: route.answer(ctx, submission.answers, submission.state),
            route.answered_again,
        )

    def _hear(self, post: Post, ctx: Context) -> Reply:
        reply: Reply = None
        for room in sorted(rooms_of(ctx.session, post)):
            for listener in self._routes.listeners.get(room, []):
                reply = listener.handler(ctx, post) or reply
        return reply


def unfold(inbound: Inbound) -> Inbound:
    """Return a press on one of the menu's buttons as the command that it says."""
    if not isinstance(inbound, Press) or inbound.route != menu.RUN:
        return inbound
    return Command(
        id=inbound.id,
        user=inbound.user,
        place=inbound.place,
        inline=inbound.inline,
        one_to_one=inbound.one_to_one,
        confided=True,
        opens_forms=inbound.opens_forms,
        name="",
        text=str(inbound.payload.get("words", "")),
    )


def _step_of(route: Route[...] | None, argument: object) -> Step:
    if route is None:
        raise NotFound(NO_SUCH_THING)
    return Step(route.id, route.rules, lambda ctx: route.handler(ctx, argument))


def rooms_of(session: Session, post: Post) -> set[str]:
    """Return the rooms that the place of a post is part of."""
    place = post.place
    if post.one_to_one:
        return {OWN_CHAT}
    return set(places.rooms_at(session, place.platform, place.tenant, place.channel))
