"""A post in a reporting channel is a report at once, and what is written below it adds to it."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.inbound import Place, Post
from bot.ui import Message, Reply
from workflows.reports import (
    access,
    calls,
    detailing,
    filing,
    keeping,
    receipts,
    reporting,
    secrecy,
    tables,
)
from workflows.reports import reporting_texts as texts
from workflows.reports import workflow as it
from workflows.reports.filing import Filing
from workflows.reports.rules import (
    LONGEST_TEXT,
    REPORTING_ROOM,
    Circumstances,
    Remark,
    Source,
    State,
)
from workflows.reports.tables import Report


@it.post(REPORTING_ROOM)
def hear(ctx: Context, post: Post) -> Reply:
    """Take a post as a report, or as an addition to the one it stands below."""
    return _add(ctx, post) if post.is_reply else _file(ctx, post)


def _file(ctx: Context, post: Post) -> Reply:
    text = _words(post)
    if not text:
        return None
    shown = secrecy.hidden(text)
    reporter, account = filing.reporter_of(ctx)
    wanted = Filing(
        source=Source.POST,
        text=shown[:LONGEST_TEXT],
        seen=Circumstances(),
        reporter=reporter,
        account=account,
        place=replace(post.place, thread=post.message or None),
    )
    report = reporting.take_in(ctx, wanted)
    report.posted_as = _digest(ctx, post.place, post.message)
    _keep_all(ctx, report, Remark.DETAIL, shown[LONGEST_TEXT:])
    if shown != text:
        _keep_all(ctx, report, Remark.AS_SENT, text)
    calls.evidence_came(ctx, report, post)
    receipts.post(ctx, report)
    return Message(text=texts.DELETE_POST) if shown != text else None


def _keep_all(ctx: Context, report: Report, kind: Remark, text: str) -> None:
    """Add a text of any length: what is posted cannot be refused for that."""
    for start in range(0, len(text), LONGEST_TEXT):
        keeping.add_remark(ctx, report, kind, text[start : start + LONGEST_TEXT])


def _add(ctx: Context, post: Post) -> Reply:
    digest = _digest(ctx, post.place, post.place.thread or "")
    report = tables.lock_by_post(ctx.session, digest)
    text = _words(post)
    if report is None or report.state is State.WITHDRAWN or not text:
        return None
    shown = secrecy.hidden(text)
    if shown != text:
        _keep_all(ctx, report, Remark.AS_SENT, text)
    for start in range(0, len(shown), LONGEST_TEXT):
        _keep(ctx, report, shown[start : start + LONGEST_TEXT])
    calls.evidence_came(ctx, report, post)
    return Message(text=texts.DELETE_POST) if shown != text else None


def _keep(ctx: Context, report: Report, text: str) -> None:
    """Add what its reporter wrote, or what a colleague did: triage alone reads who that was.

    A word of thanks below what is closed opens nothing again: a button does that.
    """
    is_own = access.is_own(ctx, report)
    if is_own and report.state is not State.CLOSED:
        detailing.add_detail(ctx, report, text)
        return
    detailing.check_open(ctx, report)
    kind, by = (Remark.DETAIL, None) if is_own else (Remark.NOTE, ctx.person.id or None)
    detailing.add_remark(ctx, report, kind, text, by=by)
    calls.report_changed(ctx, report.id or 0)


def _words(post: Post) -> str:
    """Return what was written; of files alone, their names."""
    return post.text.strip() or ", ".join(file.name for file in post.files)


def _digest(ctx: Context, place: Place, message: str) -> str:
    where = ":".join((place.platform, place.tenant, place.channel, message))
    return ctx.sealer.digest(where, purpose="reported post")
