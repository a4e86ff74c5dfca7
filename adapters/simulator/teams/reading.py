"""Reading an Adaptive Card: what stands in it, and in which card shown by a button."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Card = Mapping[str, Any]

#: What belongs to the bot or to other clients, and is not shown.
_UNSEEN = {"data", "msteams", "requires", "fallback", "choices.data", "refresh"}
_SHOWN = {"text", "title", "label", "altText"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Something in a card, with the cards around it from the outermost to its own."""

    item: Json
    cards: tuple[int, ...]

    @property
    def kind(self) -> str:
        """Return its type."""
        return str(self.item.get("type"))


def everything(card: Card) -> Iterator[Standing]:
    """Yield each object of *card* that has a type, in reading order."""
    yield from _inside(card, ())


def actions_of(card: Card) -> list[Standing]:
    """Return the actions, those of cards shown by a button included."""
    return [standing for standing in everything(card) if standing.kind.startswith("Action.")]


def inputs_of(card: Card) -> list[Standing]:
    """Return the inputs, those of cards shown by a button included."""
    return [standing for standing in everything(card) if standing.kind.startswith("Input.")]


def inputs_for(card: Card, action: Standing) -> list[Json]:
    """Return the inputs that *action* gathers: those of its own card and of the ones around it."""
    if str(action.item.get("associatedInputs", "")).casefold() == "none":
        return []
    return [
        standing.item
        for standing in inputs_of(card)
        if standing.cards == action.cards[: len(standing.cards)]
    ]


def words_of(card: Card) -> list[str]:
    """Return every text, label and alt text, in reading order."""
    return list(_words(card))


def _inside(value: object, cards: tuple[int, ...]) -> Iterator[Standing]:
    if isinstance(value, list):
        for item in value:
            yield from _inside(item, cards)
        return
    if not isinstance(value, Mapping):
        return
    if value.get("type") == "AdaptiveCard":
        cards = (*cards, id(value))
    if isinstance(value.get("type"), str):
        yield Standing(dict(value), cards)
    for name, item in value.items():
        if name not in _UNSEEN:
            yield from _inside(item, cards)


def _words(value: object, among: str = "") -> Iterator[str]:
    if isinstance(value, list) and among == "inlines":
        yield "".join(run if isinstance(run, str) else str(run["text"]) for run in value)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item, among)
    elif isinstance(value, Mapping):
        shown = _SHOWN | {"value"} if among == "facts" else _SHOWN
        for name, item in value.items():
            if name in shown and isinstance(item, str):
                yield item
            elif name not in _UNSEEN:
                yield from _words(item, name)
