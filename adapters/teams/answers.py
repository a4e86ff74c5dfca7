"""Carrying an answer back: the body of an invoke's answer, or a message of its own."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol, assert_never, cast

from adapters.teams.conversations import asked_in, is_shared
from adapters.teams.inbound import Act, Surface
from adapters.teams.render import attached, render_dialog, render_form, render_message
from adapters.teams.ticket import new_instance
from bot.errors import DeliveryError, TooBig
from bot.inbound import Inbound, Press, Submission, UserRef
from bot.menu import FORM_TOO_BIG, TOO_BIG
from bot.shown import one_line, shortened
from bot.ui import Answer, Form, Message, Problems, Result, Results
from bot.wire import Json

TITLE = "Parley"
PREVIEW_TYPE = "application/vnd.microsoft.card.thumbnail"
TOAST_TYPE = "application/vnd.microsoft.activity.message"
DIALOG_SIZE = {"height": "medium", "width": "medium"}
#: Teams shows a toast for a few seconds; more than this nobody can read in time.
LONGEST_TOAST = 300
MOST_RESULTS = 10

Filled = Mapping[str, str | list[str]]
NOTHING: Mapping[str, Any] = MappingProxyType({})

DONE = Message(text="Done.")
SENT = (
    "The answer is on its way into our own chat. If it does not arrive, "
    "add the Parley app for yourself in Teams, under Apps, and ask again."
)
SENT_HERE = "Here you are: the answer stands below."
ADD_THE_APP = (
    "I cannot write to you yet, so this is only the beginning. Add the Parley app for yourself "
    "in Teams, under Apps, and ask me again there."
)
NOT_INSIDE = (
    "I do not find you where you asked this, so nothing was done. "
    "Ask me again in the channel or chat where it should be read."
)

NOT_SURE = (
    "Teams did not tell me in time whether you are where you asked this, so nothing was done. "
    "Please try again in a minute."
)
#: A press must be answered within five seconds, and the engine needs some of them as well.
PATIENCE_SECONDS = 1.5


class Engine(Protocol):
    """What this adapter asks of the core."""

    async def handle(self, inbound: Inbound) -> Answer:
        """Do what was asked for and return the answer to it."""

    async def tell(self, inbound: Inbound, message: Message) -> None:
        """Send *message* to who did *inbound*, for certain and once."""


class Carrier:
    """Brings answers to the person who asked."""

    def __init__(self, engine: Engine, direct: Callable[[UserRef], Awaitable[object]]) -> None:
        self._engine = engine
        self._direct = direct

    async def carry(self, act: Act, answer: Answer) -> Json | None:
        """Return the body of the invoke's answer, and send what does not fit into it.

        Raises:
            Overloaded: Teams should repeat the request.
        """
        match act.surface:
            case Surface.MESSAGE:
                return None  # the engine has sent it
            case Surface.CARD:
                return await self._beside_card(act, answer)
            case Surface.QUERY:
                return _found(answer)
            case Surface.DIALOG_FETCH:
                return await self._in_dialog(act, answer or DONE)
            case Surface.DIALOG_SUBMIT:
                return await self._in_dialog(act, answer)
            case _:
                assert_never(act.surface)

    async def _beside_card(self, act: Act, answer: Answer) -> Json:
        """Answer a press on a card that others see as well: it stays as it is.

        Forms do not come here, since the press said that it opens none, nor do their problems.
        """
        if not isinstance(answer, Message):
            return toast(DONE.text)
        if not answer.blocks and len(answer.text) <= LONGEST_TOAST:
            return toast(answer.text)
        if not await self._is_in_reach(act.inbound.user):
            beginning = shortened(one_line(answer.text), LONGEST_TOAST - len(ADD_THE_APP) - 1)
            return toast(f"{beginning} {ADD_THE_APP}")
        place = act.inbound.place
        message = asked_in(answer, place) if is_shared(place) else answer
        await self._engine.tell(act.inbound, message)
        is_here = act.inbound.one_to_one or act.from_own_chat
        return toast(SENT_HERE if is_here else SENT)

    async def _is_in_reach(self, user: UserRef) -> bool:
        """Say whether *user* can be written to; where that is not known now, it is tried later."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._direct(user)
        except DeliveryError as error:
            return not error.out_of_reach
        except TimeoutError:
            return True
        return True

    async def _in_dialog(
        self,
        act: Act,
        answer: Answer,
        *,
        filled: Filled = NOTHING,
        problems: Mapping[str, str] = NOTHING,
    ) -> Json | None:
        """Show *answer*; a form with what was *filled* in before and what is wrong with it."""
        match answer:
            case None:
                return None  # the dialog closes
            case Problems(fields=fields):
                sent = cast("Submission", act.inbound)  # nothing else has problems
                form = await self._engine.handle(_reopening(sent))
                return await self._in_dialog(act, form, filled=sent.answers, problems=fields)
            case Form():
                return _form_shown(act, answer, filled, problems)
            case Message():
                return _shown(answer)
            case _:
                assert_never(answer)


def _reopening(sent: Submission) -> Press:
    """Return the press that opens the form again which was *sent*; it leaves nothing behind."""
    return Press(
        id=f"{sent.id}:again",
        user=sent.user,
        place=sent.place,
        one_to_one=sent.one_to_one,
        route=sent.route,
        payload=sent.state,
    )


def _form_shown(act: Act, form: Form, filled: Filled, problems: Mapping[str, str]) -> Json:
    try:
        card = render_form(
            form,
            instance=new_instance(),
            zone=act.zone,
            filled=filled,
            problems=_beside(form, problems or form.problems),
        )
    except TooBig:
        return _shown(FORM_TOO_BIG)
    return _dialog(form.title, card)


def _shown(message: Message) -> Json:
    if not message.blocks:
        return {"task": {"type": "message", "value": message.text}}
    try:
        card = render_dialog(message, instance=new_instance())
    except TooBig:
        return _shown(TOO_BIG)
    return _dialog(TITLE, card)


def _found(answer: Answer) -> Json:
    """Return the list of what a search found, or what it says instead."""
    if isinstance(answer, Results) and answer.results:
        attachments = [_listed(result) for result in answer.results[:MOST_RESULTS]]
        found = {"type": "result", "attachmentLayout": "list", "attachments": attachments}
    else:
        text = answer.text if isinstance(answer, Message) else DONE.text
        found = {"type": "message", "text": text}
    return {"composeExtension": found}


def _listed(result: Result) -> Json:
    try:
        card = render_message(result.message)
    except TooBig:
        card = render_message(TOO_BIG)
    # The preview's text is markup of Teams' own; its title is not.
    preview = {"title": result.title, "text": html.escape(result.summary, quote=False)}
    return {**attached(card), "preview": {"contentType": PREVIEW_TYPE, "content": preview}}


def _beside(form: Form, problems: Mapping[str, str]) -> dict[str, str]:
    """Put each problem beside its question, and those of none beside the first."""
    names = [question.name for question in form.questions()]
    known = {name: text for name, text in problems.items() if name in names}
    others = [text for name, text in problems.items() if name not in names]
    if others and names:
        known[names[0]] = " ".join(filter(None, [known.get(names[0], ""), *others]))
    return known


def toast(text: str) -> Json:
    """Return the answer to a press that says *text* to whoever pressed."""
    return {"statusCode": 200, "type": TOAST_TYPE, "value": text}


def _dialog(title: str, card: Json) -> Json:
    value = {"title": title, **DIALOG_SIZE, "card": attached(card)}
    return {"task": {"type": "continue", "value": value}}
