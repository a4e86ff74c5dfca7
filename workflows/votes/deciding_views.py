"""What people see when a vote is closed, decided, vetoed, changed or called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ui import Block, Button, Buttons, Message, Note, Quote, Text, TextStyle, When
from workflows.votes import deciding_texts as texts
from workflows.votes import texts as common
from workflows.votes.reading import Asked
from workflows.votes.rules import Ground, Mode, Resolution


@dataclass(frozen=True, slots=True)
class Raised:
    """A veto as the decider reads it."""

    name: str
    ground: Ground
    reason: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What may follow the first sentence of a message."""

    quote: str = ""
    source: str = ""
    until: tuple[str, datetime] | None = None
    buttons: Sequence[Button] = ()


def asking(asked: Asked, until: datetime | None, buttons: Sequence[Button]) -> Message:
    """Return what those read who are asked in the state of a vote."""
    ends = (texts.OTHERWISE_THEN[asked.state], until) if until else None
    said = f"{_came_to(asked)} {texts.ASKS[asked.state]}"
    return _message(asked, said, _Parts(until=ends, buttons=buttons))


def complete(asked: Asked, button: Button) -> Message:
    """Return what the opener reads when everybody has answered."""
    # In a secret vote nobody can change their mind.
    said = [texts.COMPLETE] if asked.mode is Mode.SECRET else [texts.COMPLETE, texts.UNTIL_THEN]
    return _message(asked, " ".join(said), _Parts(buttons=[button]))


def for_holders(asked: Asked, until: datetime | None, buttons: Sequence[Button]) -> Message:
    """Return what those read who may veto."""
    ends = (texts.VETO_UNTIL, until) if until else None
    said = f"{_came_to(asked)} {texts.YOU_HOLD_A_VETO}".strip()
    return _message(asked, said, _Parts(until=ends, buttons=buttons))


def vetoed(asked: Asked, name: str, ground: Ground, reason: str) -> Message:
    """Return what everybody reads of a veto."""
    return _message(asked, texts.was_vetoed(name, ground), _Parts(quote=reason, source=name))


def asking_about_veto(asked: Asked, veto: Raised, buttons: Sequence[Button]) -> Message:
    """Return what the decider reads of a veto."""
    said = f"{_came_to(asked)} {texts.was_vetoed(veto.name, veto.ground)}".strip()
    ends = (texts.VETO_LAPSES, veto.expires_at)
    parts = _Parts(quote=veto.reason, source=veto.name, until=ends, buttons=buttons)
    return _message(asked, said, parts)


def resolved(asked: Asked, name: str, resolution: Resolution) -> Message:
    """Return what everybody reads when a veto is settled."""
    return _message(asked, texts.was_resolved(name, resolution), _Parts())


def decided(asked: Asked, decider: str, rationale: str) -> Message:
    """Return what everybody reads of a decision."""
    said = texts.was_decided(asked.decided, decider)
    return _message(asked, said, _Parts(quote=rationale, source=decider))


def asking_dissenters(
    asked: Asked, decider: str, rationale: str, buttons: Sequence[Button]
) -> Message:
    """Return what those read of a decision who would perhaps have decided otherwise."""
    said = f"{texts.was_decided(asked.decided, decider)} {texts.NOT_FOLLOWED}"
    return _message(asked, said, _Parts(quote=rationale, source=decider, buttons=buttons))


def extended(asked: Asked) -> Message:
    """Return what people read when there is more time."""
    return _message(asked, texts.EXTENDED, _Parts(until=(texts.CLOSES_NOW_AT, asked.closes_at)))


def amended(asked: Asked, *, is_void: bool) -> Message:
    """Return what people read when another question is asked."""
    said = texts.was_amended(is_void=is_void)
    return _message(asked, said, _Parts(until=(texts.CLOSES_NOW_AT, asked.closes_at)))


def more_private(asked: Asked, *, is_void: bool) -> Message:
    """Return what people read when a vote is more private."""
    said = texts.is_more_private(common.MODES[asked.mode], is_void=is_void)
    return _message(asked, said, _Parts())


def reopened(asked: Asked, name: str, note: str) -> Message:
    """Return what people read when a vote is open once more."""
    ends = (texts.CLOSES_NOW_AT, asked.closes_at)
    return _message(asked, texts.was_reopened(name), _Parts(quote=note, source=name, until=ends))


def cancelled(asked: Asked, name: str, reason: str) -> Message:
    """Return what people read when a vote is called off."""
    return _message(asked, texts.was_cancelled(name), _Parts(quote=reason, source=name))


def _came_to(asked: Asked) -> str:
    """Say what a vote came to; nothing of one that is open."""
    if asked.result is None:
        return ""
    if asked.recommended:
        return f"{common.passed(asked.recommended)}."
    return common.RESULTS[asked.result]


def _message(asked: Asked, said: str, parts: _Parts) -> Message:
    """Return a message whose text alone tells all of it."""
    heading = common.heading(asked.code, asked.question)
    blocks: list[Block] = [
        Text(text=heading, style=TextStyle.HEADING),
        Text(text=said),
    ]
    words = [heading, said]
    if parts.quote:
        blocks.append(Quote(text=parts.quote, source=parts.source))
        words.append(texts.said_why(parts.source, parts.quote))
    if parts.until:
        why, at = parts.until
        blocks.append(Note(text=(f"{why} ", When(at=at))))
        words.append(f"{why} {at:%Y-%m-%d %H:%M} UTC.")
    if parts.buttons:
        blocks.append(Buttons(buttons=tuple(parts.buttons)))
    return Message(text=" ".join(words), blocks=tuple(blocks))
