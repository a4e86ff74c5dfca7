"""Carrying an answer back: the body of an invoke's answer, or a message of its own."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Protocol, assert_never

from adapters.teams.inbound import Act, Surface
from adapters.teams.render import attached, render_dialog, render_form, render_message
from adapters.teams.ticket import new_instance
from bot.errors import TooBig
from bot.inbound import Inbound, Press, Submission
from bot.ui import Answer, Form, Message, Problems, Result, Results
from bot.wire import Json

TITLE = "Parley"
PREVIEW_TYPE = "application/vnd.microsoft.card.thumbnail"
TOAST_TYPE = "application/vnd.microsoft.activity.message"
DIALOG_SIZE = {"height": "medium", "width": "medium"}
#: Teams shows a toast for a few seconds; more than this nobody can read in time.
LONGEST_TOAST = 300
MOST_RESULTS = 10

DONE = Message(text="Done.")
SENT = "The answer is in our chat."
SENT_HERE = "Here you are: the answer stands below."
TOO_BIG = Message(
    text=(
        "What you asked for was done, but the answer is too long to show here. "
        "Ask for a smaller part of it."
    )
)
FORM_TOO_BIG = Message(
    text=(
        "The form is too long to be shown here, and nothing was changed. "
        "Please tell an admin of Parley which form you asked for."
    )
)


class Engine(Protocol):
    """What this adapter asks of the core."""

    async def handle(self, inbound: Inbound) -> Answer:
        """Do what was asked for and return the answer to it."""

    async def tell(self, inbound: Inbound, message: Message) -> None:
        """Send *message* to who did *inbound*, for certain and once."""

    def opener(self, inbound: Inbound, form: Form) -> Message:
        """Return a message whose button opens *form*."""


class Carrier:
    """Brings answers to the person who asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
                return self._found(answer)
            case Surface.DIALOG_FETCH:
                return await self._in_dialog(act, answer or DONE)
            case Surface.DIALOG_SUBMIT:
                return await self._in_dialog(act, answer)
            case _:
                assert_never(act.surface)

    async def _beside_card(self, act: Act, answer: Answer) -> Json:
        """Answer a press on a card that others see as well: it stays as it is."""
        match answer:
            case None:
                return _toast(DONE.text)
            case Problems(fields=fields):
                return _toast(" ".join(fields.values()))
            case Form():
                message = self._engine.opener(act.inbound, answer)
            case Message(text=text, blocks=()) if len(text) <= LONGEST_TOAST:
                return _toast(text)
            case Message():
                message = answer
            case _:
                assert_never(answer)
        await self._engine.tell(act.inbound, message)
        return _toast(SENT_HERE if act.inbound.one_to_one else SENT)

    async def _in_dialog(self, act: Act, answer: Answer) -> Json | None:
        match answer:
            case None:
                return None  # the dialog closes
            case Problems(fields=fields):
                return await self._asked_again(act, fields)
            case Form():
                return self._form(act, answer, {}, {})
            case Message():
                return self._shown(answer)
            case _:
                assert_never(answer)

    async def _asked_again(self, act: Act, problems: Mapping[str, str]) -> Json | None:
        """Show the form as it is now, with what was typed and what is wrong with it."""
        sent = act.inbound
        if not isinstance(sent, Submission):
            return self._shown(Message(text=" ".join(problems.values())))
        reopened = Press(
            id=f"{sent.id}:again",
            user=sent.user,
            place=sent.place,
            one_to_one=sent.one_to_one,
            route=sent.route,
            payload=sent.state,
        )
        form = await self._engine.handle(reopened)
        if not isinstance(form, Form):
            return await self._in_dialog(act, form or DONE)
        return self._form(act, form, sent.answers, _beside(form, problems))

    def _form(
        self,
        act: Act,
        form: Form,
        filled: Mapping[str, str | list[str]],
        problems: Mapping[str, str],
    ) -> Json:
        try:
            card = render_form(
                form, instance=new_instance(), zone=act.zone, filled=filled, problems=problems
            )
        except TooBig:
            return self._shown(FORM_TOO_BIG)
        return _dialog(form.title, card)

    def _shown(self, message: Message) -> Json:
        if not message.blocks:
            return {"task": {"type": "message", "value": message.text}}
        try:
            card = render_dialog(message, instance=new_instance())
        except TooBig:
            return self._shown(TOO_BIG)
        return _dialog(TITLE, card)

    def _found(self, answer: Answer) -> Json:
        match answer:
            case Results(results=results) if results:
                attachments = [self._attached(result) for result in results[:MOST_RESULTS]]
                found = {"type": "result", "attachmentLayout": "list", "attachments": attachments}
            case Message(text=text):
                found = {"type": "message", "text": text}
            case _:
                found = {"type": "result", "attachmentLayout": "list", "attachments": []}
        return {"composeExtension": found}

    def _attached(self, result: Result) -> Json:
        try:
            card = render_message(result.message)
        except TooBig:
            card = render_message(TOO_BIG)
        # The preview's text is markup of Teams' own; its title is not.
        preview = {"title": result.title, "text": html.escape(result.summary, quote=False)}
        return {
            **attached(card),
            "preview": {"contentType": PREVIEW_TYPE, "content": preview},
        }


def _beside(form: Form, problems: Mapping[str, str]) -> dict[str, str]:
    """Put each problem beside its question, and those of none beside the first."""
    names = [question.name for question in form.questions()]
    known = {name: text for name, text in problems.items() if name in names}
    others = [text for name, text in problems.items() if name not in names]
    if others and names:
        known[names[0]] = " ".join(filter(None, [known.get(names[0], ""), *others]))
    return known


def _toast(text: str) -> Json:
    return {"statusCode": 200, "type": TOAST_TYPE, "value": text}


def _dialog(title: str, card: Json) -> Json:
    value = {"title": title, **DIALOG_SIZE, "card": attached(card)}
    return {"task": {"type": "continue", "value": value}}
