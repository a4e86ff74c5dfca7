"""Keeping what was reported as it was: what the act carries at once, the rest after the commit."""

from __future__ import annotations

from datetime import datetime

from bot.context import Context
from bot.fetching import MOST_BYTES, Attached, Before, Fetched
from bot.inbound import FileRef, Place, Post, QuotedMessage
from bot.platform import TOO_LARGE
from workflows.reports import calls, duplicates, evidence, evidence_tables, recognising, tables
from workflows.reports import evidence_keeping as keeping
from workflows.reports import workflow as it
from workflows.reports.evidence import Author, Handling, Kind, Standing
from workflows.reports.rules import Privacy
from workflows.reports.tables import Report

#: What a platform has not handed out yet.
_NOTHING = Fetched()
#: A post is looked at for so many files; a platform takes no more in one.
_MOST_FILES = 20


@calls.evidence_comes
def capture(ctx: Context, report: Report, message: Post | QuotedMessage) -> None:
    """Keep what a report, or an addition to it, is about."""
    if isinstance(message, Post):
        capture_post(ctx, report, message)
    else:
        capture_message(ctx, report, message)


def capture_message(ctx: Context, report: Report, quoted: QuotedMessage) -> None:
    """Keep the message of *ctx.place* that somebody reported.

    Its text, author, time and address are stored in this transaction, and survive its deletion a
    second later. Of an anonymous report nothing is kept: where its reporter reads says who it is.
    """
    author = Author(ctx.user.platform, ctx.user.tenant, quoted.author)
    _capture(ctx, report, ctx.place, quoted, author)


def capture_post(ctx: Context, report: Report, post: Post) -> None:
    """Keep the post that is the report, as `capture_message` does."""
    author = Author(post.user.platform, post.user.tenant, post.user.user)
    _capture(ctx, report, post.place, as_quoted(post, ctx.now), author)


def as_quoted(post: Post, now: datetime) -> QuotedMessage:
    """Return a post as somebody quotes it who reports it."""
    return QuotedMessage(
        id=post.message,
        text=post.text,
        author=post.user.user,
        link=post.link,
        sent_at=now,
        files=post.files,
    )


@it.timer("keep talk")
def keep_talk(ctx: Context, evidence: int, fetched: Fetched = _NOTHING) -> None:
    """Keep what people read above a message, or why that cannot be known."""
    row = _awaited(ctx, evidence)
    if row is None:
        return
    if fetched.refused:
        _miss(ctx, row, fetched.refused)
    else:
        _keep_talk(ctx, row, fetched.said)
    calls.report_changed(ctx, row.report_id)


@it.timer("keep file")
def keep_file(ctx: Context, evidence: int, fetched: Fetched = _NOTHING) -> None:
    """Keep what is in a file, or why that cannot be known; then look for its twins."""
    row = _awaited(ctx, evidence)
    report = tables.lock_report(ctx.session, row.report_id) if row else None
    if row is None or report is None:
        return
    if fetched.refused:
        _miss(ctx, row, fetched.refused)
    else:
        keeping.seal_content(ctx, row, fetched.content)
        keeping.seal_hash(ctx, row, fetched.content)
        keeping.note(ctx, row, Handling.FETCHED)
        recognising.note_file(ctx, report, row)
        duplicates.look_for_twins(ctx, report)
    calls.report_changed(ctx, row.report_id)


def _capture(
    ctx: Context, report: Report, place: Place, quoted: QuotedMessage, author: Author
) -> None:
    if report.privacy is Privacy.ANONYMOUS or not quoted.id:
        return
    row = keeping.add(ctx, report, Kind.MESSAGE, Standing.AWAITED)
    row.source = keeping.source(ctx, place.platform, place.tenant, place.channel, quoted.id)
    facts = evidence.of_message(
        quoted.text,
        author,
        sent_at=quoted.sent_at,
        link=quoted.link,
        channel=place.channel,
    )
    keeping.seal_hash(ctx, row, keeping.seal_facts(ctx, row, facts))
    recognising.note_text(ctx, report, quoted.text)
    # What somebody said to Parley before is no evidence, and theirs alone.
    if not (ctx.one_to_one and quoted.author == ctx.user.user):
        _await_talk(ctx, report, place, quoted.id)
    for file in quoted.files[:_MOST_FILES]:
        _await_file(ctx, report, place, file)
    duplicates.look_for_twins(ctx, report)


def _await_talk(ctx: Context, report: Report, place: Place, message: str) -> None:
    row = keeping.add(ctx, report, Kind.BEFORE, Standing.AWAITED)
    key = f"{keeping.entity(row.id or 0)}:talk"
    ctx.fetch(Before(place, message), keep_talk, key=key, evidence=row.id or 0)


def _await_file(ctx: Context, report: Report, place: Place, file: FileRef) -> None:
    is_too_large = file.size > MOST_BYTES
    standing = Standing.TOO_LARGE if is_too_large else Standing.AWAITED
    row = keeping.add(ctx, report, Kind.FILE, standing)
    row.size, row.is_image = file.size, file.mime.startswith("image/")
    keeping.seal_facts(ctx, row, evidence.of_file(file))
    if not is_too_large:
        key = f"{keeping.entity(row.id or 0)}:file"
        ctx.fetch(Attached(place, file), keep_file, key=key, evidence=row.id or 0)


def _awaited(ctx: Context, id: int) -> evidence_tables.Evidence | None:
    row = evidence_tables.lock_evidence(ctx.session, id)
    return row if row is not None and row.standing is Standing.AWAITED else None


def _keep_talk(
    ctx: Context, row: evidence_tables.Evidence, said: tuple[QuotedMessage, ...]
) -> None:
    facts = keeping.seal_facts(ctx, row, evidence.of_talk(said))
    keeping.seal_hash(ctx, row, facts)
    keeping.note(ctx, row, Handling.FETCHED)


def _miss(ctx: Context, row: evidence_tables.Evidence, why: str) -> None:
    is_too_large = why == TOO_LARGE
    row.standing = Standing.TOO_LARGE if is_too_large else Standing.MISSED
    row.why = why
    keeping.note(ctx, row, Handling.NOT_FETCHED)
