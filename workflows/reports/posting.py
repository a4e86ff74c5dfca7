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
    reporter, account = filing.reporter_of(ctx)
    wanted = Filing(
        source=Source.POST,
        text=text[:LONGEST_TEXT],
        seen=Circumstances(),
        reporter=reporter,
        account=account,
        place=replace(post.place, thread=post.message or None),
    )
    report = reporting.take_in(ctx, wanted)
    report.posted_as = _digest(ctx, post.place, post.message)
    for start in range(LONGEST_TEXT, len(text), LONGEST_TEXT):
        rest = text[start : start + LONGEST_TEXT]
        keeping.add_remark(ctx, report, Remark.DETAIL, secrecy.hidden(rest))
    calls.evidence_came(ctx, report, post)
    receipts.post(ctx, report)
    return Message(text=texts.DELETE_POST) if secrecy.has_secret(text) else None


def _add(ctx: Context, post: Post) -> Reply:
    digest = _digest(ctx, post.place, post.place.thread or "")
    report = tables.lock_by_post(ctx.session, digest)
    text = _words(post)
    if report is None or report.state is State.WITHDRAWN or not text:
        return None
    _keep(ctx, report, text)
    calls.evidence_came(ctx, report, post)
    return Message(text=texts.DELETE_POST) if secrecy.has_secret(text) else None


def _keep(ctx: Context, report: Report, text: str) -> None:
    """Add what its reporter wrote, or what a colleague did: triage alone reads who that was."""
    if access.is_own(ctx, report):
        detailing.add_detail(ctx, report, text[:LONGEST_TEXT])
        return
    detailing.check_open(ctx, report)
    by = ctx.person.id or None
    detailing.add_remark(ctx, report, Remark.NOTE, text[:LONGEST_TEXT], by=by)
    calls.report_changed(ctx, report.id or 0)


def _words(post: Post) -> str:
    """Return what was written; of files alone, their names."""
    return post.text.strip() or ", ".join(file.name for file in post.files)


def _digest(ctx: Context, place: Place, message: str) -> str:
    where = ":".join((place.platform, place.tenant, place.channel, message))
    return ctx.sealer.digest(where, purpose="reported post")
