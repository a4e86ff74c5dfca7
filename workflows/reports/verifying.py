"""Showing what is kept of a report, and whether it is still as it was captured."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.context import Context
from bot.inbound import UserRef
from bot.text import parse
from bot.ui import Reply
from storage import audit, people
from storage.people import Person
from storage.secrets import Unreadable
from workflows.reports import (
    access,
    calls,
    codes,
    duplicates,
    evidence,
    evidence_tables,
    evidence_texts,
    tables,
)
from workflows.reports import evidence_keeping as keeping
from workflows.reports import evidence_views as views
from workflows.reports import keeping as reports_keeping
from workflows.reports import workflow as it
from workflows.reports.duplicates import Alike
from workflows.reports.evidence import Handling, Kind, Standing
from workflows.reports.evidence_tables import Evidence
from workflows.reports.evidence_views import Handled, Shown
from workflows.reports.rules import Privacy
from workflows.reports.tables import Report


@it.command(
    "security evidence", help=evidence_texts.EVIDENCE_HELP, usage=evidence_texts.EVIDENCE_USAGE
)
def show(ctx: Context, text: str) -> Reply:
    """Show all that is kept of a report, and note who has read it."""
    line = parse(text)
    report = access.readable(ctx, codes.named(line))
    pieces = _shown(ctx, report, part=_number(line.flags.get("part", "")))
    for piece in pieces:
        keeping.note(ctx, piece.row, Handling.READ, by=ctx.person.id)
    ctx.record(f"{codes.entity(report.id or 0)}:evidence", after="read")
    found = evidence_tables.indicators_of(ctx.session, report.id or 0)
    named = [f"{one.trace}: {keeping.indicator(ctx.sealer, one)}" for one in found]
    return views.whole(report, pieces, _alike(ctx, report), named)


@it.command("security verify", help=evidence_texts.VERIFY_HELP, usage=evidence_texts.VERIFY_USAGE)
def verify(ctx: Context, text: str) -> Reply:
    """Hash all that is kept of a report anew, and say whether it is as it was captured."""
    report = access.readable(ctx, codes.named(parse(text)))
    kept = [piece for piece in _shown(ctx, report) if piece.row.standing is Standing.KEPT]
    found = [(piece, _is_intact(ctx, piece.row)) for piece in kept]
    for piece, is_intact in found:
        verdict = Handling.VERIFIED if is_intact else Handling.BROKEN
        keeping.note(ctx, piece.row, verdict, by=ctx.person.id)
    return views.verdicts(report, found, [_custody(ctx, piece.row) for piece in kept])


@calls.triage_remarks
def brief(ctx: Context, report: Report) -> list[str]:
    """Say on the card that all who triage read which files there are, and which reports are alike.

    The message itself stands where evidence is read, so that its log names the readers.
    """
    alike = duplicates.alike(ctx, report, most=views.FEW + 1)
    return views.brief(report, _shown(ctx, report), alike)


def _alike(ctx: Context, report: Report) -> list[Alike]:
    """Return what is like a report, for those who triage; its incident's people see no other."""
    triages = access.reads(ctx.person, report, tables.parties(ctx.session, report.id or 0))
    return duplicates.alike(ctx, report) if triages else []


def _is_intact(ctx: Context, row: Evidence) -> bool:
    """Say whether a piece has the hash that it was captured with, as the audit confirms it."""
    try:
        now = evidence.sha256(_content(ctx, row))
    except (Unreadable, ValueError):
        return False
    then = audit.latest(ctx.session, ctx.sealer, keeping.entity(row.id or 0))
    is_confirmed = then is not None and then.entry.after == ctx.digest_of(now)
    return now == row.sha256 and is_confirmed


def _content(ctx: Context, row: Evidence) -> bytes | str:
    if row.kind is Kind.FILE:
        pieces = evidence_tables.pieces(ctx.session, row.id or 0)
        return keeping.content(ctx.sealer, pieces)
    return keeping.facts_text(ctx.sealer, row)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1  # noqa: PLR2004  # parts are few


def _shown(ctx: Context, report: Report, *, part: int = 1) -> list[Shown]:
    rows = evidence_tables.evidence_of(ctx.session, report.id or 0)
    known = {row.id: _facts(ctx, row) for row in rows}
    message = next((known[row.id] for row in rows if row.kind is Kind.MESSAGE), {})
    at = message.get("author") or {}
    return [_piece(ctx, report, at, Shown(row, known[row.id], {}, part)) for row in rows]


def _piece(ctx: Context, report: Report, at: dict[str, Any], piece: Shown) -> Shown:
    """Name the writers in a piece; what a reporter wrote who is not named has no address."""
    authors = _authors(ctx, report, at, piece.facts)
    is_secret = evidence_texts.THE_REPORTER in authors.values()
    facts = {**piece.facts, "link": None} if is_secret else piece.facts
    return replace(piece, facts=facts, authors=authors)


def _facts(ctx: Context, row: Evidence) -> dict[str, Any]:
    """Return what is known of a piece; what was changed by another hand reads as empty."""
    try:
        return keeping.facts(ctx.sealer, row)
    except Unreadable:
        return {}


def _authors(
    ctx: Context, report: Report, at: dict[str, Any], facts: dict[str, Any]
) -> dict[str, str]:
    """Return what the writers in a piece are called; they share the message's platform."""
    users = [one["author"] for one in facts.get("said", ())]
    if "author" in facts:
        users.append(facts["author"]["user"])
    return {user: _called(ctx, report, at, user) for user in users}


def _called(ctx: Context, report: Report, at: dict[str, Any], user: str) -> str:
    account = UserRef(at.get("platform", ""), at.get("tenant", ""), user)
    who = people.identify(ctx.session, account.platform, account.tenant, account.user, now=ctx.now)
    if report.privacy is not Privacy.NAMED and _has_reported(ctx, report, who, account):
        return evidence_texts.THE_REPORTER
    if who is not None:
        return who.name
    return f"{evidence_texts.NOBODY_KNOWN} ({user})" if user else evidence_texts.NOBODY_KNOWN


def _has_reported(ctx: Context, report: Report, who: Person | None, account: UserRef) -> bool:
    if who is not None and who.id == report.reporter_id:
        return True
    return reports_keeping.account_of(ctx.sealer, report) == account


def _custody(ctx: Context, row: Evidence) -> list[Handled]:
    lines = evidence_tables.custody_of(ctx.session, row.id or 0)
    return [Handled(one.handling, _who(ctx, one.by), one.at) for one in lines]


def _who(ctx: Context, id: int | None) -> str:
    found: Person | None = people.by_id(ctx.session, id, now=ctx.now) if id else None
    return found.name if found else evidence_texts.PARLEY
