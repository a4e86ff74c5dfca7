"""How a report ended, as its reporter and a department that takes it over read it."""

from collections.abc import Sequence

from bot.ui import Button, Message, Quote
from workflows.reports import card_views, views
from workflows.reports import closing_texts as texts
from workflows.reports.codes import code
from workflows.reports.retention import REAL
from workflows.reports.rules import Outcome
from workflows.reports.tables import Report


def note(
    report: Report,
    outcome: Outcome,
    buttons: Sequence[Button],
    *,
    words: str,
    department: str,
    others: int,
) -> Message:
    """Return what a reporter is told at the end, with *words* of those who looked at it."""
    ending = texts.ENDINGS[outcome].format(
        code=code(report), department=department, others=texts.others(others)
    )
    last = texts.TIPS[report.category] if outcome in REAL else texts.KEEP_REPORTING
    text = " ".join(filter(None, (texts.THANKS, ending, words, last)))
    return views.with_buttons(text, buttons)


def passed_on(report: Report, text: str, reporter: str) -> Message:
    """Return what a department reads of a report that is theirs now; *text* holds no link."""
    said = texts.passed_on(code(report))
    return Message(
        text=f"{said} {views.cut(text, card_views.PLAIN)}",
        blocks=views.with_buttons(said, (), Quote(text=text, source=reporter)).blocks,
    )
