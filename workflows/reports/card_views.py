"""The card by which those who triage see a report, and what is left of it at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.shown import words
from bot.ui import (
    Block,
    Button,
    Buttons,
    Facts,
    Line,
    Message,
    Note,
    Quote,
    Text,
    TextStyle,
    When,
)
from workflows.reports import card_texts, texts, views
from workflows.reports.codes import code
from workflows.reports.retention import kept_for
from workflows.reports.rules import Interaction, Outcome, Remark, Scope, State
from workflows.reports.tables import Report

#: So many bytes of a report fit on a card beside all else, and of what was added to it; so many
#: stand in what is read aloud. The smaller of the platforms takes 26 KiB at once.
TEXT, ADDITIONS, PLAIN = 12_000, 7_000, 1_500
#: So many of the newest additions stand on a card, and where a report is shown in full.
ON_CARD, IN_FULL = 4, 12
KINDS = {
    Remark.DETAIL: card_texts.DETAIL,
    Remark.QUESTION: card_texts.QUESTION,
    Remark.ANSWER: card_texts.ANSWER,
    Remark.NOTE: card_texts.NOTE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A report as triage reads it; all that people wrote is defanged."""

    report: Report
    text: str
    reporter: str
    holder: str = ""
    held_until: datetime | None = None
    additions: Sequence[tuple[Remark, str]] = ()
    remarks: Sequence[Line] = ()
    #: The reporter says that they had a part in it: for those who triage, and no others.
    is_self_report: bool = False


def card(shown: Shown, buttons: Sequence[Button] = (), *, at_most: int = ON_CARD) -> Message:
    """Return the card of a report that somebody has still to decide."""
    report = shown.report
    heading = card_texts.heading(code(report), texts.CATEGORIES[report.category])
    facts = tuple(_facts(shown))
    added = _added(shown, at_most)
    blocks: list[Block] = [
        Text(text=heading, style=TextStyle.HEADING),
        Facts(facts=facts),
        Quote(text=views.cut(shown.text, TEXT)),
        *added,
    ]
    if shown.is_self_report:
        blocks.append(Note(text=card_texts.SELF_REPORT))
    if len(shown.additions) > len(added):
        more = card_texts.TOO_MUCH if at_most == ON_CARD else card_texts.LEFT_OUT
        blocks.append(Note(text=more.format(code=code(report))))
    blocks += [Text(text=line) for line in shown.remarks]
    if buttons:
        blocks.append(Buttons(buttons=tuple(buttons)))
    plain = " ".join(f"{label}: {words(line)}." for label, line in facts)
    text = f"{heading}. {plain} {views.cut(shown.text, PLAIN)}"
    return Message(text=text, blocks=tuple(blocks))


def _added(shown: Shown, at_most: int) -> list[Quote]:
    last = shown.additions[-at_most:]
    fitting = views.newest([said for _, said in last], ADDITIONS)
    kept = last[len(last) - len(fitting) :]
    return [Quote(text=said, source=KINDS[kind]) for kind, said in kept]


def over(report: Report) -> Message:
    """Return what is left of the card once nobody has to decide: its number and how it ended."""
    if report.state is State.CLOSED:
        how = texts.OUTCOMES[report.outcome or Outcome.INSUFFICIENT_INFO]
        return Message(text=card_texts.ended(code(report), how))
    return Message(text=card_texts.over(code(report), texts.STATES[report.state]))


def erased(report: Report) -> Message:
    """Return what is left wherever a report was shown, once what was written in it is erased."""
    gone = texts.erased(kept_for(report.state, report.outcome))
    return Message(text=f"{over(report).text} {gone}")


def taken_down(report: Report) -> Message:
    """Return what stands where a report may not be read any more."""
    return Message(text=card_texts.taken_down(code(report)))


def _facts(shown: Shown) -> Iterator[tuple[str, Line]]:
    report = shown.report
    name = texts.SEVERITIES[report.severity]
    yield card_texts.SEVERITY, card_texts.severity(name, is_urgent=report.is_urgent)
    yield card_texts.STATE, texts.STATES[report.state]
    if shown.holder:
        yield card_texts.HELD_BY, shown.holder
    if shown.held_until is not None:
        yield card_texts.HELD_UNTIL, (When(at=shown.held_until),)
    yield card_texts.REPORTED_BY, shown.reporter
    yield card_texts.RECEIVED, (When(at=report.received_at),)
    if report.event_at is not None:
        yield card_texts.WHEN_IT_WAS, (When(at=report.event_at),)
    if report.interaction is not Interaction.NONE:
        yield card_texts.DID, texts.INTERACTIONS[report.interaction]
    if report.is_ongoing is not None:
        yield card_texts.STILL_GOING_ON, card_texts.YES if report.is_ongoing else card_texts.NO
    if report.scope is not Scope.UNKNOWN:
        yield card_texts.CONCERNS, texts.SCOPES[report.scope]
