"""Files that somebody sends Parley in their own chat: offered to be reported, or added to a report.

A platform hands out such a file for a while and to the bot alone, so nothing is lost by asking.
"""

from dataclasses import replace

from bot.context import Context
from bot.errors import Conflict
from bot.inbound import Post
from bot.roles import Role
from bot.ui import Button, Message, Reply
from bot.workflow import OWN_CHAT
from workflows.reports import (
    access,
    calls,
    capturing,
    codes,
    detailing,
    keeping,
    minding,
    quoting,
    reporting,
    tables,
    views,
)
from workflows.reports import handing_in_texts as texts
from workflows.reports import workflow as it

#: So many of one's own open reports are offered, the newest.
MOST_OFFERED = 3


@it.post(OWN_CHAT)
def hear_files(ctx: Context, post: Post) -> Reply:
    """Ask what is to be done with files; nothing is filed before a button is pressed."""
    names = ", ".join(file.name for file in post.files)
    quoted = capturing.as_quoted(post, ctx.now)
    id = quoting.keep(ctx, replace(quoted, text=post.text.strip() or names))
    report = reporting.tell.button(texts.REPORT_THEM, quote=id).primary()
    return views.with_buttons(texts.what_now(names), [report, *_additions(ctx, id)])


@it.action("add_files", allow=Role.STRANGER)
def add_files(ctx: Context, report: int, quote: int) -> Reply:
    """Add files to one's own report, with what was written beside them."""
    found = access.own(ctx, report)
    quoted = keeping.quoted(ctx, quote)
    if quoted is None:
        raise Conflict(texts.GONE)
    detailing.add_detail(ctx, found, quoted.text)
    calls.evidence_came(ctx, found, quoted)
    ctx.session.delete(ctx.session.get_one(tables.Quote, quote))
    return Message(text=texts.added(codes.code(found)))


def _additions(ctx: Context, quote: int) -> list[Button]:
    return [
        add_files.button(texts.add_to(codes.code(one)), report=one.id or 0, quote=quote)
        for one in minding.open_ones(ctx)[:MOST_OFFERED]
    ]
