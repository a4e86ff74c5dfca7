"""Everything Teams refuses in an Adaptive Card, or takes and then does not show."""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from adapters.simulator.teams.elements import CARD, SINCE
from adapters.simulator.teams.reading import Card, Standing, everything

ADAPTIVE = "application/vnd.microsoft.card.adaptive"


class Surface(StrEnum):
    """Where a card is shown."""

    MESSAGE = "message"
    DIALOG = "dialog"


def problems_in_card(card: object, surface: Surface = Surface.MESSAGE) -> list[str]:
    """Return what is wrong with *card* on *surface*, nothing if it is shown whole."""
    found = list(CARD("card", card))
    if not isinstance(card, Mapping):
        return found
    standing = list(everything(card))
    found += _too_new(card, standing)
    found += _doubled_ids(standing)
    for one in standing:
        found += _misplaced(one, surface)
    return found


def problems_in_attachment(
    attachment: object, surface: Surface = Surface.MESSAGE
) -> tuple[Card | None, list[str]]:
    """Return the card of *attachment*, and what is wrong with either."""
    if not isinstance(attachment, Mapping):
        return None, ["attachment: must be an object"]
    if attachment.get("contentType") != ADAPTIVE:
        return None, [f"attachment: {attachment.get('contentType')} is not shown here"]
    card = attachment.get("content")
    return (card if isinstance(card, Mapping) else None), problems_in_card(card, surface)


def opens_dialog(action: Mapping[str, Any]) -> bool:
    """Say whether an `Action.Submit` asks for a dialog instead of sending what it holds."""
    data = action.get("data")
    teams = data.get("msteams") if isinstance(data, Mapping) else None
    return isinstance(teams, Mapping) and teams.get("type") == "task/fetch"


def _too_new(card: Card, standing: list[Standing]) -> Iterator[str]:
    version = str(card.get("version", ""))
    minor = version.removeprefix("1.")
    if not minor.isdigit():
        return
    for kind in sorted({one.kind for one in standing}):
        if SINCE.get(kind, 0) > int(minor):
            yield f"card: {kind} is not known to version {version}"


def _doubled_ids(standing: list[Standing]) -> Iterator[str]:
    elements = [one.item for one in standing if not one.kind.startswith("Action.")]
    ids = Counter(str(element["id"]) for element in elements if element.get("id"))
    for name, times in ids.items():
        if times > 1:
            yield f"card: id {name} stands {times} times"


def _misplaced(one: Standing, surface: Surface) -> Iterator[str]:
    if surface is Surface.DIALOG and one.kind == "Action.Execute":
        yield "card: Action.Execute does nothing in a dialog"
    if surface is Surface.MESSAGE and one.kind == "Action.Submit" and not opens_dialog(one.item):
        yield "card: Action.Submit in a message only opens dialogs (msteams: task/fetch)"
