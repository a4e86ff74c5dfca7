"""Buttons as a card's actions: what a press brings back, and what is asked before it."""

from __future__ import annotations

from adapters.teams.limits import CARD_VERSION
from adapters.teams.richtext import Json, paragraph
from adapters.teams.text import inert_line
from adapters.teams.ticket import Ticket
from bot.ui import Button, ButtonStyle

_STYLES = {ButtonStyle.PRIMARY: "positive", ButtonStyle.DANGER: "destructive"}


def draw_button(button: Button, instance: str = "") -> Json:
    """Return *button* as an action; in a dialog, with the dialog's *instance*.

    No action of Teams asks before it acts. What has to be confirmed unfolds its question and a
    second button below itself, which no client has to ask us for.
    """
    title = inert_line(button.label)
    if not button.confirm:
        return _styled(button, _action(button, title, instance))
    asked = {
        "type": "AdaptiveCard",
        "version": CARD_VERSION,
        "body": paragraph(button.confirm),
        "actions": [_styled(button, _action(button, f"Yes: {title}", instance))],
    }
    return _styled(button, {"type": "Action.ShowCard", "title": title, "card": asked})


def _action(button: Button, title: str, instance: str) -> Json:
    """Return what is sent: a dialog knows submissions only, and only they open one."""
    ticket = Ticket.of_button(button, instance)
    if instance:
        return {"type": "Action.Submit", "title": title, "data": ticket.data()}
    if button.opens_form:
        return {"type": "Action.Submit", "title": title, "data": ticket.opening_data()}
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": button.route,
        "data": ticket.data(),
    }


def _styled(button: Button, action: Json) -> Json:
    style = _STYLES.get(button.style)
    return {**action, "style": style} if style else action
