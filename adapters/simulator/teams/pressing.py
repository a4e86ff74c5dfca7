"""What people do with cards: press buttons, and fill in and submit dialogs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from adapters.simulator.errors import Unplayable
from adapters.simulator.line import Delivery
from adapters.simulator.teams.cards import opens_dialog
from adapters.simulator.teams.dialogs import Dialog, Origin
from adapters.simulator.teams.inputs import Answers, filled, refused_by_client
from adapters.simulator.teams.messages import Message
from adapters.simulator.teams.outcomes import Played, after_fetch, after_press, after_submit
from adapters.simulator.teams.people import Account
from adapters.simulator.teams.reading import Card, Standing, actions_of, inputs_for
from adapters.simulator.teams.stage import Json, Stage

EXECUTE, FETCH, SUBMIT = "adaptiveCard/action", "task/fetch", "task/submit"
EXTENSION_SUBMIT = "composeExtension/submitAction"
THEME = {"theme": "default"}
#: How often the client repeats a message extension's submission that was not taken.
REPEATS = 2
#: Buttons with which the client does something by itself.
SILENT = {"Action.ShowCard", "Action.OpenUrl", "Action.ToggleVisibility"}
#: How a button is called: by its title, id or verb, or as it stands in the card.
Button = str | Mapping[str, Any]


class Pressing(Stage):
    """Cards and dialogs. Inputs go by label or id."""

    async def press(
        self, person: str, message: Message, what: Button, answers: Answers | None = None
    ) -> Played:
        """Press a button of a posted card, with *answers* in the card's inputs.

        The message is taken as it was seen: pressing on an older copy is a late press. A button
        below a question that another button unfolds is pressed at once.
        """
        who, conversation = self.person(person), self.inside(person, message.conversation)
        card = message.card_for(who.id)
        if card is None:
            raise Unplayable("There is no card in this message.")
        action = _action(card, what)
        if action.kind in SILENT:
            return Played()
        held, errors = self._held(card, action, answers or {})
        if errors:
            return Played(errors=errors)
        title = f"press {action.item['title']}"
        if opens_dialog(action.item):
            asked = {"data": {"type": FETCH, **_data(action.item), **held}, "context": THEME}
            activity = self.activities.invoke(FETCH, asked, who, conversation, message)
            delivery = await self.tell(activity, title, who)
            origin = Origin(conversation.id, message.id)
            return self.done(after_fetch(self.world, who, origin, delivery))
        value = {"action": _executed(action.item, held), "trigger": "manual"}
        activity = self.activities.invoke(EXECUTE, value, who, conversation, message)
        delivery = await self.tell(activity, title, who)
        return self.done(after_press(self.world, who, message, delivery))

    async def submit(
        self,
        person: str,
        dialog: Dialog,
        answers: Answers | None = None,
        *,
        button: Button | None = None,
    ) -> Played:
        """Fill in inputs and press a button of a dialog, the first one unless another is named.

        The dialog is taken as it was seen. What the client itself refuses is not sent.
        """
        who = self.person(person)
        action = _action(dialog.card, button or _first_submit(dialog))
        if action.kind in SILENT:
            return Played(dialog=dialog)
        typed = {**dialog.answers, **(answers or {})}
        held, errors = self._held(dialog.card, action, typed)
        filled_in = replace(dialog, answers=typed, errors=errors)
        self.world.dialogs[who.id] = filled_in
        if errors:
            return self.done(Played(errors=errors, dialog=filled_in))
        delivery = await self._send(who, dialog, {**_data(action.item), **held})
        return self.done(after_submit(self.world, filled_in, who, delivery))

    def dismiss(self, person: str) -> None:
        """Close the dialog; the bot does not hear of it."""
        self.world.dialogs.pop(self.person(person).id, None)
        self.changed()

    async def _send(self, who: Account, dialog: Dialog, data: Json) -> Delivery:
        origin = dialog.origin
        name = EXTENSION_SUBMIT if origin.command else SUBMIT
        value = {**(origin.command or {"context": THEME}), "data": data}
        delivery = await self._ask(who, origin, name, value)
        for _ in range(REPEATS if origin.command else 0):
            if delivery.ok:
                break
            delivery = await self._ask(who, origin, name, value)
        return delivery

    async def _ask(
        self, who: Account, origin: Origin, name: str, value: Mapping[str, Any]
    ) -> Delivery:
        conversation, _ = self.world.conversation(origin.conversation)
        about = None if origin.command else conversation.messages.get(origin.message or "")
        activity = self.activities.invoke(name, value, who, conversation, about)
        return await self.tell(activity, "submit a dialog", who)

    def _held(
        self, card: Card, action: Standing, answers: Answers
    ) -> tuple[dict[str, str], dict[str, str]]:
        inputs = inputs_for(card, action)
        held = filled(inputs, answers, self._directory_id)
        return held, refused_by_client(inputs, held)

    def _directory_id(self, name: str) -> str:
        return str(self.person(name).aad_object_id)


def _action(card: Card, what: Button) -> Standing:
    standing = actions_of(card)
    if isinstance(what, Mapping):
        found = next((action for action in standing if action.item == what), None)
    else:
        found = _named(standing, what)
    if found is None or not found.item.get("isEnabled", True):
        name = what.get("title") if isinstance(what, Mapping) else what
        raise Unplayable(f"There is nothing called {name} here to press.")
    return found


def _named(standing: Sequence[Standing], what: str) -> Standing | None:
    # A button and the one below its question may share a title: the one that sends wins.
    sending_first = sorted(standing, key=lambda one: one.kind in SILENT)
    for name in ("title", "id", "verb"):
        for action in sending_first:
            if action.item.get(name) == what:
                return action
    return None


def _first_submit(dialog: Dialog) -> str:
    for action in actions_of(dialog.card):
        if action.kind == "Action.Submit":
            return str(action.item["title"])
    raise Unplayable("There is nothing to submit in this dialog.")


def _data(action: Mapping[str, Any]) -> Json:
    """Return what a button carries; what is meant for the client stays with it."""
    data = action.get("data")
    items = data.items() if isinstance(data, Mapping) else ()
    return {name: value for name, value in items if name != "msteams"}


def _executed(action: Mapping[str, Any], held: Mapping[str, str]) -> Json:
    kept = {name: action[name] for name in ("type", "id", "title", "verb") if name in action}
    return {**kept, "data": {**_data(action), **held}}
