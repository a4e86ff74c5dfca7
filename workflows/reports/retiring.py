"""Erasing what people wrote in a report when its time is over."""

from bot.context import Context
from workflows.reports import calls, card_views, codes, evidence_tables, retention, tables
from workflows.reports import workflow as it


@it.timer("retire", every="daily 04:00")
def retire(ctx: Context) -> None:
    """Have the words of old reports erased, each in a transaction of its own."""
    for id in evidence_tables.with_old_words(ctx.session, ctx.now):
        if not calls.is_kept(ctx, id):
            key = f"{codes.entity(id)}:erase:{ctx.now:%Y%m%d}"
            ctx.schedule(erase, ctx.now, key=key, report=id)


@it.timer("erase")
def erase(ctx: Context, report: int) -> None:
    """Erase what people wrote in a report that nobody may keep any longer.

    Its number, its dates and how it ended stay, and so does what the audit says of it.
    """
    found = tables.lock_report(ctx.session, report)
    if found is None or not retention.is_past(found, ctx.now) or calls.is_kept(ctx, report):
        return
    kept = evidence_tables.evidence_of(ctx.session, report)
    for row in (*kept, *evidence_tables.indicators_of(ctx.session, report)):
        ctx.session.delete(row)
    found.text = None
    for said in tables.said(ctx.session, report):
        said.text = None
    entity = codes.entity(report)
    ctx.record(f"{entity}:evidence", after="erased")
    ctx.take_down(card_views.erased(found), about=entity)
