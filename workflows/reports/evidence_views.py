"""What is shown of evidence: people's words set apart, and no address that a click opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.shown import cut, pieces
from bot.ui import Block, Items, Line, Link, Message, Note, Quote, Span, Text, TextStyle, When
from workflows.reports import codes, secrecy
from workflows.reports import evidence_texts as texts
from workflows.reports.defanging import defang
from workflows.reports.duplicates import Alike
from workflows.reports.evidence import Handling, Kind, Standing
from workflows.reports.evidence_tables import Evidence
from workflows.reports.retention import kept_for
from workflows.reports.tables import Report
from workflows.reports.texts import erased

#: A card names so many of each; the command shows more.
FEW = 5
#: What fits into one message on every platform: characters, and entries of a list.
LONGEST, LONGEST_BEFORE, LONGEST_LIST = 2000, 300, 30


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence with what is known of it, and what whose accounts are called.

    Of a message that is longer than one message can show, it is the *part* of that number.
    """

    row: Evidence
    facts: dict[str, Any]
    authors: dict[str, str]
    part: int = 1


@dataclass(frozen=True, slots=True)
class Handled:
    """A line of a custody log."""

    handling: Handling
    who: str
    at: datetime


def whole(
    report: Report, found: Sequence[Shown], alike: Sequence[Alike], indicators: Sequence[str]
) -> Message:
    """Return what is kept of a report, what it is recognised by, and what is like it."""
    code = codes.code(report)
    said = texts.kept(code) if found else _nothing(report)
    blocks = [*told(found), *_alike(alike), *_recognised(indicators)]
    shown: list[Block] = [Text(text=said), *blocks]
    if blocks:
        shown.append(Note(text=texts.STAYS_HERE))
    return Message(text=said, blocks=tuple(shown), about=codes.entity(report.id or 0))


def _nothing(report: Report) -> str:
    """Say why there is no evidence of a report."""
    if report.text is None:
        return erased(kept_for(report.state, report.outcome))
    return texts.nothing_kept(codes.code(report))


def told(found: Sequence[Shown]) -> list[Block]:
    """Return the message, what was said before it, and the files."""
    blocks: list[Block] = []
    for piece in found:
        if piece.row.kind is Kind.BEFORE:
            blocks += [_heading(texts.BEFORE), *_talk(piece)]
        if piece.row.kind is Kind.MESSAGE:
            blocks += [_heading(texts.MESSAGE), *_message(piece)]
    files = [_file(piece) for piece in found if piece.row.kind is Kind.FILE]
    return [*blocks, _heading(texts.FILES), Items(items=tuple(files))] if files else blocks


def brief(report: Report, found: Sequence[Shown], alike: Sequence[Alike]) -> list[str]:
    """Return what a card says of evidence: what there is, and the reports alike."""
    files = [_file(piece) for piece in found if piece.row.kind is Kind.FILE]
    lines = [*files[:FEW], *map(_because, alike[:FEW])]
    if found or len(alike) > FEW:
        lines.append(texts.more(codes.code(report)))
    return lines


def verdicts(
    report: Report, found: Sequence[tuple[Shown, bool]], custody: Sequence[Sequence[Handled]]
) -> Message:
    """Return whether evidence is as it was captured, and what was done with each piece."""
    code, about = codes.code(report), codes.entity(report.id or 0)
    if not found:
        gone = _nothing(report) if report.text is None else texts.nothing_to_verify(code)
        return Message(text=gone, about=about)
    changed = [_name(piece) for piece, is_intact in found if not is_intact]
    said = texts.broken(code, changed) if changed else texts.intact(code, len(found))
    blocks: list[Block] = [Text(text=said)]
    for (piece, _), log in zip(found, custody, strict=True):
        blocks += [_heading(_name(piece)), Items(items=tuple(map(_handled, log)))]
    return Message(text=said, blocks=tuple(blocks), about=about)


def _handled(line: Handled) -> Line:
    return (When(at=line.at), f": {texts.HANDLINGS[line.handling]}, {line.who}")


def _message(piece: Shown) -> list[Block]:
    facts = piece.facts
    if not facts:
        return [Note(text=texts.UNREADABLE)]
    who = piece.authors.get(facts["author"]["user"], texts.NOBODY_KNOWN)
    parts = pieces(_inert(facts["text"]), LONGEST) or [texts.NO_WORDS]
    part = min(max(piece.part, 1), len(parts))
    blocks: list[Block] = [Quote(text=parts[part - 1], source=who)]
    if len(parts) > 1:
        blocks.append(Note(text=texts.part(part, len(parts))))
    line: list[str | Span] = []
    if facts["sent_at"]:
        line.append(When(at=datetime.fromisoformat(facts["sent_at"])))
    if facts["link"]:
        line += [". ", Link(label=texts.OPEN_IT, url=facts["link"])]
    return [*blocks, Note(text=tuple(line))] if line else blocks


def _talk(piece: Shown) -> list[Block]:
    match piece.row.standing:
        case Standing.KEPT if not piece.facts:
            return [Note(text=texts.UNREADABLE)]
        case Standing.AWAITED:
            return [Note(text=texts.NOT_FETCHED_YET)]
        case Standing.KEPT if piece.facts["said"]:
            return [
                _brief_quote(one["text"], piece.authors.get(one["author"], texts.NOBODY_KNOWN))
                for one in piece.facts["said"]
            ]
        case Standing.KEPT:
            return [Note(text=texts.NOTHING_BEFORE)]
        case _:
            return [Note(text=texts.no_talk(piece.row.why))]


def _file(piece: Shown) -> str:
    row = piece.row
    named = texts.file(_name(piece), row.size, row.sha256)
    return named if row.standing is Standing.KEPT else f"{named}. {texts.STANDINGS[row.standing]}"


def _name(piece: Shown) -> str:
    if piece.row.kind is Kind.FILE:
        return defang(str(piece.facts.get("name", ""))) or texts.KINDS[Kind.FILE]
    return texts.KINDS[piece.row.kind]


def _alike(alike: Sequence[Alike]) -> list[Block]:
    if not alike:
        return []
    return [_heading(texts.ALIKE), _listed([_because(one) for one in alike])]


def _because(one: Alike) -> str:
    return " ".join(filter(None, (codes.code(one.report), texts.WHY[one.why], defang(one.what))))


def _recognised(indicators: Sequence[str]) -> list[Block]:
    if not indicators:
        return []
    return [_heading(texts.INDICATORS), _listed([defang(one) for one in indicators])]


def _inert(text: str) -> str:
    """Return people's words without a link and without what looks like a password."""
    return defang(secrecy.hidden(text))


def _brief_quote(text: str, who: str) -> Quote:
    shown, rest = cut(_inert(text), LONGEST_BEFORE)
    said = f"{shown}{texts.more_characters(len(rest))}" if rest else shown
    return Quote(text=said or texts.NO_WORDS, source=who)


def _listed(lines: Sequence[str]) -> Items:
    shown = list(lines[:LONGEST_LIST])
    if len(lines) > LONGEST_LIST:
        shown.append(texts.more_entries(len(lines) - LONGEST_LIST))
    return Items(items=tuple(shown))


def _heading(text: str) -> Text:
    return Text(text=text, style=TextStyle.HEADING)
