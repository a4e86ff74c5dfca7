"""Reporting by the form, which `report` opens, also for a colleague."""

from __future__ import annotations

from datetime import timedelta

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid
from bot.inbound import QuotedMessage
from bot.roles import Role
from bot.ui import Block, Buttons, Form, Message, Note, Reply, Text
from bot.workflow import traceless
from storage import people, roster
from storage.people import Account
from workflows.reports import (
    calls,
    filing,
    keeping,
    letter_texts,
    letters,
    policy,
    receipts,
    rules,
    secrecy,
    tables,
    unnamed,
)
from workflows.reports import reporting_texts as texts
from workflows.reports import reporting_views as views
from workflows.reports import workflow as it
from workflows.reports.defanging import defang
from workflows.reports.filing import Filing
from workflows.reports.rules import LONGEST_TEXT, Privacy, Scope, Source
from workflows.reports.tables import Report

#: A button carries that much from one step to the next, whatever characters it has.
LONGEST_CARRIED = 900
#: A form shows so much of the message that is reported.
LONGEST_SHOWN = 600
#: Reports within a day of somebody whom nobody knows here.
MOST_A_DAY = 10


@traceless
@it.command(
    "report",
    help=texts.HELP_REPORT,
    usage=texts.USAGE_REPORT,
    allow=Role.STRANGER,
    read_only=True,
)
def report(ctx: Context, text: str) -> Reply:
    """Open the form, with what was typed."""
    if len(text) > LONGEST_CARRIED:
        raise Invalid(texts.TOO_LONG_TO_CARRY)
    if not text and not ctx.inline:
        return doors()
    return tell.open(ctx, noticed=text)


@traceless
@it.command("report anonymously", help=texts.HELP_UNNAMED, allow=Role.STRANGER, read_only=True)
def report_anonymously(ctx: Context, text: str) -> Reply:
    """Open the same form for those who give no name, with what was typed in it."""
    if not ctx.inline:
        return doors()
    if len(text) > LONGEST_CARRIED:
        raise Invalid(texts.TOO_LONG_TO_CARRY)
    asked = views.form(noticed=text, privacy=Privacy.ANONYMOUS)
    promise = Note(text=policy.statement(ctx))
    return tell.open(ctx).model_copy(update={"inputs": (*asked.inputs, promise)})


@traceless
@it.form("tell", allow=Role.STRANGER)
def tell(ctx: Context, noticed: str = "", quote: int = 0) -> Form:
    """Ask what somebody noticed."""
    quoted = keeping.quoted(ctx, quote) if quote else None
    shown = defang(quoted.text[:LONGEST_SHOWN]) if quoted else ""
    # What was typed in a chat, or quoted, has already been said under a name.
    is_own = quoted is not None and quoted.author == ctx.user.user
    asked = views.form(
        noticed=noticed,
        quoted=shown,
        is_own=is_own,
        takes_unnamed=not (noticed or quote),
    )
    promise = Note(text=policy.statement(ctx))
    return asked.model_copy(update={"inputs": (*asked.inputs, promise)})


@tell.submit
def told(ctx: Context, answers: Answers, noticed: str = "", quote: int = 0) -> Reply:
    """File what was filled in, and say first what to do now."""
    quoted = keeping.quoted(ctx, quote) if quote else None
    source = Source.SHORTCUT if quoted else Source.FORM
    return _file(ctx, answers, source, quoted=quoted)


tell.again(letters.left_before)


@it.home
def on_home(_ctx: Context) -> tuple[Block, ...]:
    """Offer to report, and to read an answer by code: a press here leaves nothing."""
    return (_ways(),)


def doors() -> Message:
    """Offer both where words in a chat would be answered by a message, whatever they were."""
    return Message(text=letter_texts.DOORS, blocks=(Text(text=letter_texts.DOORS), _ways()))


def _ways() -> Buttons:
    opens = (tell.button(texts.FORM), unnamed.look_up.button(letter_texts.LOOK_UP))
    return Buttons(buttons=opens)


@it.command("report for", help=texts.HELP_FOR, read_only=True)
def report_for(ctx: Context, _text: str) -> Reply:
    """Open the form for what a colleague noticed."""
    return tell_for.open(ctx)


@it.form("tell_for")
def tell_for(ctx: Context) -> Form:
    """Ask what a colleague noticed."""
    return views.form_for(people.departments(ctx.session))


@tell_for.submit
def told_for(ctx: Context, answers: Answers) -> Reply:
    """File what a colleague noticed; whoever files it gets the answers."""
    return _file(ctx, answers, Source.ON_BEHALF)


def take_in(ctx: Context, wanted: Filing) -> Report:
    """File what whoever asks tells, unless nobody knows them and they told enough for a day.

    Raises:
        Conflict: they did.
        Invalid: nothing was said, or too much for one report.
    """
    if wanted.account is not None:
        own = keeping.account_digest(ctx, wanted.account)
        since = ctx.now - timedelta(days=1)
        if tables.count_by_account(ctx.session, own, since) >= MOST_A_DAY:
            raise Conflict(texts.too_many(MOST_A_DAY))
    return filing.file(ctx, wanted)


def _file(
    ctx: Context, answers: Answers, source: Source, *, quoted: QuotedMessage | None = None
) -> Message:
    happened = answers.instant("happened")
    if happened is not None and happened > ctx.now:
        raise Invalid(fields={"happened": texts.LATER})
    seen = views.seen(answers)
    lines, about = _about(ctx, answers, quoted)
    behalf = _for_whom(ctx, answers) if source is Source.ON_BEHALF else ("", "")
    reporter, account = filing.reporter_of(ctx)
    text = _text(answers, quoted, (*lines, behalf[1]))
    wanted = Filing(
        source=source,
        text=text,
        seen=seen,
        privacy=Privacy(answers.text("privacy")),
        reporter=reporter,
        account=account,
        on_behalf_of=behalf[0],
        about=about,
        scope=Scope(answers.text("scope")),
        event_at=happened,
        is_self_report=source is not Source.ON_BEHALF and rules.has_acted(seen.interaction),
    )
    return _answer(ctx, wanted, quoted)


def _answer(ctx: Context, wanted: Filing, quoted: QuotedMessage | None) -> Message:
    if wanted.privacy is Privacy.ANONYMOUS:
        return letters.leave(ctx, wanted)
    found = take_in(ctx, wanted)
    if quoted is not None:
        calls.evidence_came(ctx, found, quoted)
    notes = (texts.CHANGE_IT,) if secrecy.has_secret(wanted.text) else ()
    return receipts.answer(ctx, found, wanted.seen, notes=notes)


def _text(answers: Answers, quoted: QuotedMessage | None, more: tuple[str, ...]) -> str:
    """Return all that was said; of a quoted message as much as fits beside it."""
    link, contact = answers.text("link"), answers.text("contact")
    said = (
        answers.text("noticed"),
        f"{texts.LINE_LINK} {link}" if link else "",
        f"{texts.LINE_CONTACT} {contact}" if contact else "",
        *more,
    )
    text = "\n".join(filter(None, said))
    if quoted is None:
        return text
    return f"{text}\n{texts.LINE_QUOTED} {quoted.text}".strip()[:LONGEST_TEXT]


def _about(
    ctx: Context, answers: Answers, quoted: QuotedMessage | None
) -> tuple[list[str], list[int]]:
    """Return whom it is about: those who are known by number, the others by their account."""
    accounts = [answers.text("about")]
    if quoted is not None and "author" in answers and answers.on("author"):
        accounts.append(quoted.author)
    lines, numbers = [], []
    for user in filter(None, accounts):
        someone = _owner(ctx, user)
        if someone is None:
            lines.append(f"{texts.LINE_ABOUT} {user}")
        elif someone != ctx.person.id:
            numbers.append(someone)
    return lines, numbers


def _for_whom(ctx: Context, answers: Answers) -> tuple[str, str]:
    """Return the department of whoever it is for, and a line with their name, if it is said."""
    department, user = answers.text("department"), answers.text("whom")
    if not user:
        return department, ""
    someone = _owner(ctx, user)
    if someone is None:
        return department, f"{texts.LINE_FOR} {user}"
    known = people.by_id(ctx.session, someone, now=ctx.now)
    return known.department or department, f"{texts.LINE_FOR} {known.name}"


def _owner(ctx: Context, user: str) -> int | None:
    """Return the number of whoever has an account on the platform of whoever asks."""
    account = Account(ctx.user.platform, ctx.user.tenant, user)
    owner = roster.owner_of(ctx.session, account, now=ctx.now)
    return owner.id if owner else None
