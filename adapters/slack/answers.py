"""Carrying an answer back on the way that Slack left open for it.

What fits into the acknowledgement goes there. The rest is an errand after it, so that no
acknowledgement waits for Slack; what an errand cannot bring, or not before Parley stops, is said
in a durable post instead.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol, assert_never

import structlog

from adapters.slack.api import Json, SlackApi
from adapters.slack.inbound import Act, Surface
from adapters.slack.render import (
    TooBig,
    pictures,
    render_form,
    render_home,
    render_message,
    render_modal,
)
from adapters.slack.ticket import Ticket
from adapters.slack.uploads import upload
from bot.errors import DeliveryError
from bot.inbound import Inbound, Place
from bot.menu import FORM_TOO_BIG, TOO_BIG, form_offer
from bot.ui import Answer, Form, Message, Problems

log = structlog.get_logger()

TITLE = "Parley"
#: What may have been done in a chat of two colleagues, where Parley can post nothing.
_WITHOUT_PARLEY = frozenset({Surface.COMMAND, Surface.SHORTCUT, Surface.PRIVATE, Surface.WINDOW})
#: Messages whose drawing is kept; a few kilobytes each.
DRAWINGS_KEPT = 2_000


class Engine(Protocol):
    """What this adapter asks of the core."""

    async def handle(self, inbound: Inbound) -> Answer:
        """Do what was asked for and return the answer to it."""

    async def say(self, place: Place, message: Message, *, key: str) -> None:
        """Post *message* for certain."""


class Errands:
    """Work that goes on after an acknowledgement."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin *work* without waiting for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("slack_errand_failed", error=type(error).__name__)

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way; what takes longer is cancelled, and may leave a word."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


class Carrier:
    """Brings answers to the person who asked."""

    def __init__(self, engine: Engine, api: SlackApi, errands: Errands) -> None:
        self._engine = engine
        self._api = api
        self._errands = errands
        self._drawings: dict[int, tuple[Message, str]] = {}

    def carry(self, act: Act, answer: Answer) -> str:
        """Return the body of the acknowledgement, and begin what must follow it."""
        if act.surface is Surface.FORM:
            return json.dumps(_in_place_of_form(act, answer))
        match answer:
            case None:
                return ""
            case Problems(fields=fields):
                return self._tell(act, Message(text=" ".join(fields.values())))
            case Form():
                self._errands.start(self._open(act, answer))
                return ""
            case Message():
                return self._tell(act, answer)
            case _:
                assert_never(answer)

    def _tell(self, act: Act, message: Message) -> str:
        if act.surface is Surface.COMMAND and not pictures(message):
            return self._whispered(message)
        self._errands.start(self._show(act, message))
        return ""

    def _whispered(self, message: Message) -> str:
        """Return *message* for one person's eyes; a workflow may give the same one out often."""
        kept = self._drawings.get(id(message))
        if kept is None:
            if len(self._drawings) >= DRAWINGS_KEPT:
                self._drawings.clear()
            # The message is kept beside, so that no other one gets its id.
            kept = (message, json.dumps(_ephemeral(_drawn(message))))
            self._drawings[id(message)] = kept
        return kept[1]

    async def _open(self, act: Act, form: Form) -> None:
        """Open *form* in a window, or offer it behind a button if that fails."""
        try:
            view = _form_view(form, act.inbound.place)
        except (TooBig, ValueError):
            await self._say(act, FORM_TOO_BIG)
            return
        method = "views.push" if act.surface is Surface.WINDOW else "views.open"
        try:
            await self._api.call(method, trigger_id=act.trigger, view=view)
        except (DeliveryError, asyncio.CancelledError) as error:
            log.warning("slack_window_not_opened", code=_code(error))
            await self._say(act, form_offer(form))

    async def _show(self, act: Act, message: Message) -> None:
        """Show *message* where it was asked for, or post it privately if that fails.

        Whether Slack took what it did not answer is unknown: then it may be read twice.
        """
        try:
            await self._way_back(act)(act, message)
        except TooBig:
            await self._say(act, TOO_BIG)
        except (DeliveryError, asyncio.CancelledError) as error:
            log.warning("slack_answer_not_shown", code=_code(error), kind=act.surface.value)
            if act.surface is not Surface.HOME_OPENED:
                await self._say(act, message)

    def _way_back(self, act: Act) -> Callable[[Act, Message], Awaitable[None]]:
        if act.surface is Surface.HOME_OPENED:
            return self._publish
        if act.surface is Surface.WINDOW:
            return self._update_window
        if act.surface is Surface.HOME or not act.response_url:
            return self._open_window
        return self._respond

    async def _publish(self, act: Act, message: Message) -> None:
        files = await upload(self._api, message)
        view = render_home(message, files=files)
        view["private_metadata"] = Ticket.at(act.inbound.place).write()
        await self._api.call("views.publish", user_id=act.inbound.user.user, view=view)

    async def _update_window(self, act: Act, message: Message) -> None:
        await self._api.call("views.update", view_id=act.view, view=_window(act, message))

    async def _open_window(self, act: Act, message: Message) -> None:
        view = _window(act, message)
        await self._api.call("views.open", trigger_id=act.trigger, view=view)

    async def _respond(self, act: Act, message: Message) -> None:
        body = _ephemeral(render_message(message, files=await upload(self._api, message)))
        body["replace_original"] = act.surface is Surface.PRIVATE
        await self._api.send(
            act.response_url, body=json.dumps(body).encode(), content_type="application/json"
        )

    async def _say(self, act: Act, message: Message) -> None:
        place = act.inbound.place
        if not act.inbound.one_to_one or act.surface in _WITHOUT_PARLEY:
            place = place.privately(act.inbound.user)
        # A key of its own: nothing of the request is kept in the job.
        await self._engine.say(place, message, key=f"answer:{uuid.uuid4().hex}")


def _code(error: BaseException) -> str:
    # An errand is cancelled only when Parley stops.
    return error.code if isinstance(error, DeliveryError) else "stopping"


def _in_place_of_form(act: Act, answer: Answer) -> Json:
    """Answer a form that was sent: problems beside its questions, or something in its place."""
    match answer:
        case None:
            return {"response_action": "clear"}
        case Problems(fields=fields) if act.questions:
            return {"response_action": "errors", "errors": _beside(act, fields)}
        case Problems(fields=fields):
            view = _window(act, Message(text=" ".join(fields.values())))
        case Form():
            try:
                view = _form_view(answer, act.inbound.place)
            except (TooBig, ValueError):
                view = _window(act, FORM_TOO_BIG)
        case Message():
            view = _window(act, answer)
        case _:
            assert_never(answer)
    return {"response_action": "update", "view": view}


def _beside(act: Act, fields: dict[str, str]) -> dict[str, str]:
    """Put each problem beside its question, and those of none beside the first.

    Slack shows the person an error of its own for a name that the form does not have.
    """
    known = {name: text for name, text in fields.items() if name in act.questions}
    others = " ".join(text for name, text in fields.items() if name not in act.questions)
    if others:
        first = act.questions[0]
        known[first] = f"{known.get(first, '')} {others}".strip()
    return known


def _form_view(form: Form, place: Place) -> Json:
    metadata = Ticket.at(place, form.state).write()
    return render_form(form, metadata=metadata, problems=form.problems)


def _window(act: Act, message: Message) -> Json:
    metadata = Ticket.at(act.inbound.place).write()
    try:
        return render_modal(message, title=TITLE, metadata=metadata)
    except TooBig:
        return render_modal(TOO_BIG, title=TITLE, metadata=metadata)


def _drawn(message: Message) -> Json:
    try:
        return render_message(message)
    except TooBig:
        return render_message(TOO_BIG)


def _ephemeral(drawn: Json) -> Json:
    return {"response_type": "ephemeral", **drawn}
