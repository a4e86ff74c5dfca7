"""What those who are called about a report see."""

from collections.abc import Sequence
from datetime import datetime

from bot.ui import Button, Message
from workflows.reports import card_texts, chain_texts, texts, views
from workflows.reports.codes import code
from workflows.reports.tables import Report


def call(report: Report, buttons: Sequence[Button], *, due: datetime) -> Message:
    """Return what somebody reads who is called; what was reported is a press away."""
    severity = card_texts.severity(texts.SEVERITIES[report.severity], is_urgent=report.is_urgent)
    category = texts.CATEGORIES[report.category]
    said = chain_texts.waits(code(report), category, severity)
    shown = views.timed(said, card_texts.RECEIVED, report.received_at, buttons)
    return shown.model_copy(update={"due": due})


def over(report: Report) -> Message:
    """Return what stands there once nobody waits for them any more."""
    return Message(text=chain_texts.over(code(report), texts.STATES[report.state]))


def nobody(report: Report) -> Message:
    """Return what admins read when there is nobody to call."""
    return Message(text=chain_texts.nobody(code(report)))
