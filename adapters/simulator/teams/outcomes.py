"""What a Teams client shows once the bot has answered, or has not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.simulator.line import Delivery
from adapters.simulator.teams.cards import problems_in_attachment, problems_in_card
from adapters.simulator.teams.dialogs import Dialog, Origin, opened, problems_in_task
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.people import Account
from adapters.simulator.teams.world import World

Json = dict[str, Any]

WRONG = "Something went wrong. Please try again."
UNREACHABLE = "Unable to reach app. Please try again."
TOAST = "application/vnd.microsoft.activity.message"
CARD = "application/vnd.microsoft.card.adaptive"
PREVIEWS = {
    "application/vnd.microsoft.card.thumbnail",
    "application/vnd.microsoft.card.hero",
}
MOST_HITS = 10
HTTP_OK = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of a query, as the list shows it, and what is posted when it is chosen."""

    title: str
    text: str
    attachment: Json


@dataclass(frozen=True, slots=True)
class Played:
    """What came of an act.

    Attributes:
        delivery: what was sent and answered; None when the client sent nothing.
        notice: what the client tells the person now, such as the words of a toast.
        errors: id of an input → what stands beside it.
        message: what the person wrote, when they wrote something all can see.
        dialog: the dialog that is before the person now.
        hits: what a query found.
        problems: why the client would not show what the bot answered.
    """

    delivery: Delivery | None = None
    notice: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    message: Message | None = None
    dialog: Dialog | None = None
    hits: tuple[Hit, ...] = ()
    problems: Sequence[str] = ()

    @property
    def ok(self) -> bool:
        """Say whether the bot answered with something that could be shown, and refused nothing."""
        answered = self.delivery is not None and self.delivery.ok
        return answered and not self.errors and not self.problems


def after_press(world: World, who: Account, message: Message, delivery: Delivery) -> Played:
    """Show what an `Action.Execute` was answered with: a toast, or a card for this person."""
    answer = delivery.answer
    if not delivery.ok:
        return Played(delivery, WRONG, problems=_unanswered(delivery))
    status = answer.get("statusCode", HTTP_OK)
    if status != HTTP_OK:
        return Played(delivery, WRONG, problems=[f"answer: statusCode {status}"])
    value = answer.get("value")
    if answer.get("type") == TOAST and isinstance(value, str) and value:
        return Played(delivery, value)
    if answer.get("type") != CARD:
        return Played(delivery, WRONG, problems=[f"answer: {answer.get('type')} is not shown"])
    problems = problems_in_card(value)
    if problems or not isinstance(value, dict):
        return Played(delivery, WRONG, problems=problems)
    conversation, _ = world.conversation(message.conversation)
    present = conversation.messages.get(message.id, message)
    shown = conversation.put(replace(present, views={**present.views, who.id: value}))
    return Played(delivery, message=shown)


def after_fetch(world: World, who: Account, origin: Origin, delivery: Delivery) -> Played:
    """Open the dialog that was asked for."""
    played = _after_task(world, who, origin, delivery)
    if played.dialog is None and played.notice is None:
        return replace(played, notice=UNREACHABLE, problems=["answer: there is no dialog in it"])
    return played


def after_submit(world: World, dialog: Dialog, who: Account, delivery: Delivery) -> Played:
    """Close the dialog, or show the next one; what was typed stays when the bot is not reached."""
    if not delivery.ok:
        world.dialogs[who.id] = replace(dialog, errors={"": UNREACHABLE})
        return Played(
            delivery,
            UNREACHABLE,
            {"": UNREACHABLE},
            dialog=world.dialogs[who.id],
            problems=_unanswered(delivery),
        )
    world.dialogs.pop(who.id, None)
    return _after_task(world, who, dialog.origin, delivery)


def after_query(delivery: Delivery) -> Played:
    """List what was found."""
    found = delivery.answer.get("composeExtension")
    if not delivery.ok or not isinstance(found, Mapping):
        return Played(delivery, UNREACHABLE, problems=_unanswered(delivery) or ["answer: empty"])
    if found.get("type") == "message" and isinstance(found.get("text"), str):
        return Played(delivery, found["text"])
    attachments = found.get("attachments")
    problems = _problems_in_hits(found, attachments)
    if problems or not isinstance(attachments, list):
        return Played(delivery, UNREACHABLE, problems=problems)
    return Played(delivery, hits=tuple(map(_hit, attachments)))


def _after_task(world: World, who: Account, origin: Origin, delivery: Delivery) -> Played:
    answer = delivery.answer
    if not delivery.ok or (delivery.body.strip() and delivery.body.strip()[0] != "{"):
        return Played(delivery, UNREACHABLE, problems=_unanswered(delivery) or ["answer: no JSON"])
    if origin.command and "composeExtension" in answer:
        return after_query(delivery)
    task = answer.get("task")
    if not answer:
        return Played(delivery)
    match task:
        case {"type": "message", "value": str(text)} if text:
            return Played(delivery, text)
        case {"type": "continue"}:
            return _shown(world, who, origin, delivery)
        case _:
            return Played(delivery, UNREACHABLE, problems=["answer: there is no task in it"])


def _shown(world: World, who: Account, origin: Origin, delivery: Delivery) -> Played:
    task = delivery.answer["task"]
    problems = problems_in_task(task)
    if problems:
        return Played(delivery, UNREACHABLE, problems=problems)
    dialog = opened(task, who.id, origin)
    world.dialogs[who.id] = dialog
    return Played(delivery, errors=dialog.errors, dialog=dialog)


def _unanswered(delivery: Delivery) -> list[str]:
    if delivery.ok:
        return []
    return [f"answer: {delivery.failure} ({delivery.status})"]


def _problems_in_hits(found: Mapping[str, Any], attachments: object) -> list[str]:
    if found.get("type") != "result" or found.get("attachmentLayout") not in {"list", "grid"}:
        return ["composeExtension: must be a result with a layout"]
    if not isinstance(attachments, list):
        return ["composeExtension: must have attachments"]
    if len(attachments) > MOST_HITS:
        return [f"composeExtension: shows {MOST_HITS} results, not {len(attachments)}"]
    problems = [found for one in attachments for found in problems_in_attachment(one)[1]]
    bare = [one for one in attachments if not _preview(one)]
    return problems + ["composeExtension: a result needs a preview with a title" for _ in bare]


def _preview(attachment: object) -> Mapping[str, Any] | None:
    preview = attachment.get("preview") if isinstance(attachment, Mapping) else None
    if not isinstance(preview, Mapping) or preview.get("contentType") not in PREVIEWS:
        return None
    content = preview.get("content")
    return content if isinstance(content, Mapping) and content.get("title") else None


def _hit(attachment: Json) -> Hit:
    preview = _preview(attachment) or {}
    card = {name: value for name, value in attachment.items() if name != "preview"}
    return Hit(str(preview.get("title")), str(preview.get("text", "")), card)
