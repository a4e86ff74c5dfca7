"""Dialogs: a card in a window of its own, opened by a button or by a message extension."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.simulator.teams.cards import Surface, problems_in_attachment
from adapters.simulator.teams.reading import Card, words_of

Json = dict[str, Any]

SIZES = {"small", "medium", "large"}


@dataclass(frozen=True, slots=True)
class Origin:
    """What opened a dialog, which says where its submission goes.

    Attributes:
        message: the message whose button was pressed, or on which a command was used.
        command: the command of a message extension, with which the bot is asked again.
    """

    conversation: str
    message: str | None = None
    command: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Dialog:
    """A dialog before somebody.

    Attributes:
        errors: id of an input → what stands above it in the colour of a warning, or what the
            client itself found wrong.
        answers: what the person has typed, kept when the client refuses to send it.
    """

    person: str
    origin: Origin
    title: str
    card: Card
    errors: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)

    def words(self) -> str:
        """Return everything readable in it."""
        return "\n".join([self.title, *words_of(self.card)]).strip()


def problems_in_task(task: object) -> list[str]:
    """Return why Teams would not show the dialog that *task* describes."""
    value = task.get("value") if isinstance(task, Mapping) else None
    if not isinstance(value, Mapping):
        return ["task: must have a value"]
    found = [
        f"task: {side} must be small, medium, large or a number"
        for side in ("height", "width")
        if not isinstance(size := value.get(side, "medium"), int) and size not in SIZES
    ]
    if not isinstance(value.get("title"), str) or not value["title"]:
        found.append("task: must have a title")
    return found + problems_in_attachment(value.get("card"), Surface.DIALOG)[1]


def opened(task: Mapping[str, Any], person: str, origin: Origin) -> Dialog:
    """Return the dialog that a sound *task* describes."""
    card = task["value"]["card"]["content"]
    return Dialog(person, origin, task["value"]["title"], card, warnings_in(card))


def warnings_in(card: Card) -> dict[str, str]:
    """Return what stands right above an input in the colour of a warning, by the input's id."""
    found: dict[str, str] = {}
    warning = ""
    for element in card.get("body", []):
        kind = str(element.get("type"))
        if kind.startswith("Input.") and warning:
            found[element["id"]] = warning
        warning = _warning(element)
    return found


def _warning(element: Mapping[str, Any]) -> str:
    runs = [run for run in element.get("inlines", []) if isinstance(run, Mapping)]
    colours = [str(part.get("color", "")).casefold() for part in (element, *runs)]
    return " ".join(words_of(element)) if "attention" in colours else ""
