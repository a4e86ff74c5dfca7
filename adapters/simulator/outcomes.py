"""What a Slack client shows once the bot has answered, or has not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.simulator.api.responses import say
from adapters.simulator.blocks import problems_in_suggestions
from adapters.simulator.channels import Channel
from adapters.simulator.errors import Refusal
from adapters.simulator.line import Delivery
from adapters.simulator.messages import Message
from adapters.simulator.people import Member
from adapters.simulator.views import View
from adapters.simulator.workspace import SlackWorkspace

Json = dict[str, Any]

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True)
class Played:
    """What came of an act.

    Attributes:
        delivery: what was sent and answered; None when the client sent nothing.
        notice: what Slack itself tells the person now.
        errors: block id → what stands beside that input; "" is about the whole form.
        message: what the person wrote, when they wrote something all can see.
        options: what an external select offers.
    """

    delivery: Delivery | None = None
    notice: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    message: Message | None = None
    options: tuple[Json, ...] = ()

    @property
    def ok(self) -> bool:
        """Say whether the bot acknowledged and refused nothing."""
        return self.delivery is not None and self.delivery.ok and not self.errors


def after_command(
    workspace: SlackWorkspace, person: Member, channel: Channel, name: str, delivery: Delivery
) -> Played:
    """Show what a slash command was answered with."""
    if not delivery.ok:
        text = f'{name} failed with the error "{delivery.failure}"'
        workspace.slackbot_says(channel, person.id, text)
        return Played(delivery, notice=text)
    answer = delivery.answer or {"text": delivery.body}
    if not delivery.body or not (answer.get("text") or answer.get("blocks")):
        return Played(delivery)
    try:
        message = say(workspace, channel, person.id, answer)
    except Refusal as refusal:
        text = f'{name} failed with the error "{refusal.code}"'
        workspace.slackbot_says(channel, person.id, text)
        return Played(delivery, notice=text)
    return Played(delivery, message=message)


def after_press(delivery: Delivery) -> Played:
    """Show the small warning Slack shows beside a button that was not answered."""
    if delivery.ok:
        return Played(delivery)
    return Played(delivery, notice=f"The app did not respond ({delivery.failure}). Try again.")


def after_submission(workspace: SlackWorkspace, view: View, delivery: Delivery) -> Played:
    """Do what `response_action` says; without one the view closes."""
    if not delivery.ok:
        return _trouble(workspace, view, delivery)
    answer = delivery.answer
    if delivery.body and not answer:
        return _trouble(workspace, view, delivery)
    try:
        return _obey(workspace, view, delivery, answer)
    except Refusal:
        return _trouble(workspace, view, delivery)


def after_suggestion(delivery: Delivery) -> Played:
    """Offer the options the bot suggested."""
    answer = delivery.answer
    if not delivery.ok or problems_in_suggestions(answer):
        return Played(delivery, notice="The app suggested nothing that can be shown.")
    groups = answer.get("option_groups") or [{"options": answer.get("options") or []}]
    options = tuple(option for group in groups for option in group["options"])
    return Played(delivery, options=options)


def _obey(workspace: SlackWorkspace, view: View, delivery: Delivery, answer: Json) -> Played:
    match answer.get("response_action"):
        case None:
            workspace.views.close(view)
        case "clear":
            workspace.views.clear(view.user)
        case "update":
            workspace.views.update(view, answer.get("view") or {})
        case "push":
            workspace.views.push(view.user, answer.get("view") or {})
        case "errors":
            return _beside_inputs(workspace, view, delivery, answer.get("errors"))
        case _:
            return _trouble(workspace, view, delivery)
    return Played(delivery)


def _beside_inputs(
    workspace: SlackWorkspace, view: View, delivery: Delivery, errors: object
) -> Played:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        return _trouble(workspace, view, delivery)
    workspace.views.refuse(view, errors)
    return Played(delivery, errors=errors)


def _trouble(workspace: SlackWorkspace, view: View, delivery: Delivery) -> Played:
    errors = {"": TROUBLE}
    workspace.views.refuse(view, errors)
    return Played(delivery, notice=TROUBLE, errors=errors)
