"""How evidence is kept: sealed, hashed, and with a line for each thing that was done with it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable

from bot.context import Context
from storage.secrets import Sealer
from workflows.reports import evidence, evidence_tables
from workflows.reports.evidence import Facts, Handling, Kind, Standing
from workflows.reports.evidence_tables import Custody, Evidence, Indicator, Piece
from workflows.reports.indicators import Found
from workflows.reports.keeping import opened
from workflows.reports.tables import Report

FACTS = evidence_tables.Evidence.__table__.c.facts  # type: ignore[attr-defined]  # SQLModel does not declare it
CONTENT = evidence_tables.Piece.__table__.c.content  # type: ignore[attr-defined]  # SQLModel does not declare it
VALUE = evidence_tables.Indicator.__table__.c.value  # type: ignore[attr-defined]  # SQLModel does not declare it
#: Small enough that a rotation of the key, which takes many rows at once, stays small as well.
PIECE_BYTES = 128 * 1024


def entity(evidence_id: int) -> str:
    """Return under what the audit keeps the hash of a piece of evidence."""
    return f"evidence:{evidence_id}"


def add(ctx: Context, report: Report, kind: Kind, standing: Standing) -> Evidence:
    """Store that there is a piece of evidence, and that it was captured."""
    row = Evidence(report_id=report.id or 0, kind=kind, standing=standing, captured_at=ctx.now)
    ctx.session.add(row)
    ctx.session.flush()
    note(ctx, row, Handling.CAPTURED)
    return row


def seal_facts(ctx: Context, row: Evidence, facts: Facts) -> str:
    """Store what is known of a piece of evidence, and return it as it is hashed."""
    written = evidence.written(facts)
    row.facts = ctx.sealer.seal(written, at=FACTS, row=str(row.id))
    return written


def facts(sealer: Sealer, row: Evidence) -> dict[str, object]:
    """Return what is known of a piece of evidence."""
    return evidence.read(facts_text(sealer, row) or "{}")


def facts_text(sealer: Sealer, row: Evidence) -> str:
    """Return what is known of a piece of evidence as it was hashed."""
    return opened(sealer, row.facts, at=FACTS, row=row.id)


def seal_hash(ctx: Context, row: Evidence, content: bytes | str) -> None:
    """Keep by what it is told whether *content* is still the same; the audit confirms it."""
    row.sha256 = evidence.sha256(content)
    row.size = len(content.encode() if isinstance(content, str) else content)
    row.standing = Standing.KEPT
    ctx.record(entity(row.id or 0), after=row.sha256)


def seal_content(ctx: Context, row: Evidence, content: bytes) -> None:
    """Store what is in a file, in pieces."""
    for start in range(0, len(content), PIECE_BYTES):
        piece = Piece(evidence_id=row.id or 0)
        ctx.session.add(piece)
        ctx.session.flush()
        part = b64encode(content[start : start + PIECE_BYTES]).decode()
        piece.content = ctx.sealer.seal(part, at=CONTENT, row=str(piece.id))


def content(sealer: Sealer, pieces: Iterable[Piece]) -> bytes:
    """Return what is in a file."""
    parts = (opened(sealer, piece.content, at=CONTENT, row=piece.id) for piece in pieces)
    return b"".join(map(b64decode, parts))


def note(ctx: Context, row: Evidence, handling: Handling, *, by: int | None = None) -> None:
    """Add a line to the custody log of a piece of evidence; *by* is never the reporter."""
    line = Custody(evidence_id=row.id or 0, handling=handling, by=by, at=ctx.now)
    ctx.session.add(line)
    ctx.session.flush()


def add_indicator(ctx: Context, report: Report, found: Found) -> None:
    """Store by what a report may be recognised."""
    row = Indicator(report_id=report.id or 0, trace=found.trace, digest=digest(ctx, found))
    ctx.session.add(row)
    ctx.session.flush()
    row.value = ctx.sealer.seal(found.value, at=VALUE, row=str(row.id))


def indicator(sealer: Sealer, row: Indicator) -> str:
    """Return what an indicator is, as it was found."""
    return opened(sealer, row.value, at=VALUE, row=row.id)


def digest(ctx: Context, found: Found) -> str:
    """Return by what the same indicator is found in other reports."""
    return ctx.sealer.digest(f"{found.trace}:{found.value}", purpose="indicator")


def source(ctx: Context, *name: str) -> str:
    """Return by what the same message is found again, whoever reports it."""
    return ctx.sealer.digest("\n".join(name), purpose="reported message")
