"""How what people report is kept: sealed, each text to its own row."""

import json
from dataclasses import asdict

from pydantic import TypeAdapter

from bot.context import Context
from bot.errors import Invalid
from bot.inbound import QuotedMessage, UserRef
from storage.secrets import Column, Sealer
from workflows.reports import secrecy, tables, texts
from workflows.reports.retention import kept_for
from workflows.reports.rules import LONGEST_TEXT, Remark
from workflows.reports.tables import Quote, Report, Said

TEXT = tables.Report.__table__.c.text  # type: ignore[attr-defined]  # SQLModel does not declare it
ACCOUNT = tables.Report.__table__.c.account  # type: ignore[attr-defined]  # SQLModel does not declare it
QUOTE = tables.Quote.__table__.c.content  # type: ignore[attr-defined]  # SQLModel does not declare it
SAID = tables.Said.__table__.c.text  # type: ignore[attr-defined]  # SQLModel does not declare it

_QUOTED = TypeAdapter(QuotedMessage)


def text(sealer: Sealer, report: Report) -> str:
    """Return what was reported; of what was erased, that it was."""
    if report.text is None:
        return texts.erased(kept_for(report.state, report.outcome))
    return opened(sealer, report.text, at=TEXT, row=report.id)


def seal_report(ctx: Context, report: Report, text: str, account: UserRef | None) -> None:
    """Store a report with its text, and with the account of a reporter whom nobody knows."""
    ctx.session.add(report)
    ctx.session.flush()
    report.text = ctx.sealer.seal(text, at=TEXT, row=str(report.id))
    if account is not None:
        written = json.dumps(asdict(account))
        report.account = ctx.sealer.seal(written, at=ACCOUNT, row=str(report.id))
        report.account_digest = account_digest(ctx, account)


def account_of(sealer: Sealer, report: Report) -> UserRef | None:
    """Return the account of a reporter whom Parley does not know; None of everybody else."""
    written = opened(sealer, report.account, at=ACCOUNT, row=report.id)
    return UserRef(**json.loads(written)) if written else None


def account_digest(ctx: Context, account: UserRef) -> str:
    """Return by what the reports of an account are found."""
    return ctx.sealer.digest(str(account), purpose="reporter")


def remark(sealer: Sealer, said: Said) -> str:
    """Return what was added to a report; "" of what was erased."""
    return opened(sealer, said.text, at=SAID, row=said.id)


def told(ctx: Context, report: Report) -> list[str]:
    """Return what a reporter was told, the first first; where that was erased, that it was."""
    kept = [one for one in tables.said(ctx.session, report.id or 0, Remark.TOLD) if one.text]
    if report.text is None and not kept:
        return [text(ctx.sealer, report)]
    return [remark(ctx.sealer, one) for one in kept]


def add_remark(
    ctx: Context, report: Report, kind: Remark, text: str, *, by: int | None = None
) -> Said:
    """Add something to a report; *by* is never the reporter.

    Raises:
        Invalid: it is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise Invalid(texts.addition_too_long(LONGEST_TEXT))
    said = Said(report_id=report.id or 0, kind=kind, by=by, at=ctx.now)
    ctx.session.add(said)
    ctx.session.flush()
    said.text = ctx.sealer.seal(text, at=SAID, row=str(said.id))
    return said


def keep_secret(ctx: Context, report: Report, text: str) -> str:
    """Return a text with a password or a key in it hidden, and keep all of it apart.

    Raises:
        Invalid: it is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise Invalid(texts.addition_too_long(LONGEST_TEXT))
    shown = secrecy.hidden(text)
    if shown != text:
        add_remark(ctx, report, Remark.AS_SENT, text)
    return shown[:LONGEST_TEXT]


def keep_quote(ctx: Context, quoted: QuotedMessage) -> Quote:
    """Keep a message that whoever asks is about to report."""
    quote = Quote(account_digest=account_digest(ctx, ctx.user), at=ctx.now)
    ctx.session.add(quote)
    ctx.session.flush()
    written = _QUOTED.dump_json(quoted).decode()
    quote.content = ctx.sealer.seal(written, at=QUOTE, row=str(quote.id))
    return quote


def quoted(ctx: Context, id: int) -> QuotedMessage | None:
    """Return the message that whoever asks was about to report; None when it is gone."""
    quote = ctx.session.get(Quote, id)
    if quote is None or quote.account_digest != account_digest(ctx, ctx.user):
        return None
    return _QUOTED.validate_json(opened(ctx.sealer, quote.content, at=QUOTE, row=id))


def opened(
    sealer: Sealer, text: str | None, *, at: Column, row: int | None, without: str = ""
) -> str:
    """Return a sealed text, or *without* when there is none."""
    return sealer.open(text, at=at, row=str(row)) if text else without
