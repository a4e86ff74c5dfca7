"""Reports that somebody has filed, open or answered."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.context import unasked
from bot.inbound import UserRef
from storage.secrets import Sealer
from workflows.reports import filing, tables
from workflows.reports.filing import Filing
from workflows.reports.rules import Circumstances, Source, State


def report(session: Session, sealer: Sealer, now: datetime, **by: Any) -> int:
    """File a report *by* a `reporter` or an `account`; return its number."""
    ctx = unasked(session, sealer, now, user=by.get("account") or UserRef("slack", "T1", "U1"))
    wanted = Filing(source=Source.POST, text="An odd call", seen=Circumstances(), **by)
    return filing.file(ctx, wanted).id or 0


def answer(session: Session, id: int) -> int:
    """Let a report be closed; return its number."""
    found = tables.report(session, id)
    if found is not None:
        found.state = State.CLOSED
        session.add(found)
    return id
