"""The glossary as a file, in chat: import after a dry run and with two people, and export."""

import json

from bot.answers import Answers
from bot.context import Context
from bot.errors import Conflict, Invalid, NotFound
from bot.roles import Role
from bot.text import parse
from bot.ui import Form, LongText, Reply
from bot.workflow import NO_SUCH_THING
from workflows.glossary import (
    deciding,
    importing,
    proposal_views,
    rules,
    tables,
    texts,
    typed,
    views,
)
from workflows.glossary import workflow as it
from workflows.glossary.rules import Act
from workflows.glossary.tables import Proposal, Standing
from workflows.glossary.transfer import Plan, Row

JSON = "json"


@it.form("import", allow=Role.OWNER)
def import_form(ctx: Context) -> Form:
    """Ask for the lines of a file."""
    csv = LongText(name="csv", label=texts.CSV, hint=texts.HINT_CSV)
    return Form(title=texts.FORM_IMPORT, inputs=(csv,), submit=texts.DRY_RUN)


@import_form.submit
def dry_run(ctx: Context, answers: Answers) -> Reply:
    """Show what an import would do; nothing is changed yet."""
    csv = answers.text("csv")
    plan = importing.plan_import(ctx.session, csv)
    departments = {row.department for row in plan.work()}
    seats = rules.seats(sorted(departments))
    if not all(ctx.person.holds(Role.OWNER, department=seat) for seat in seats):
        raise Invalid(fields={"csv": texts.NOT_YOURS})
    if not plan.is_ready():
        return proposal_views.dry_run(plan, ())
    draft = _draft(ctx, csv, plan, list(seats))
    ask = ask_import.button(texts.ASK_IMPORT, proposal=draft.id or 0)
    return proposal_views.dry_run(plan, [ask])


@it.command("term import", help=texts.HELP_IMPORT, allow=Role.OWNER, read_only=True)
def import_named(ctx: Context, text: str) -> Reply:
    """Open the form for an import."""
    return import_form.open(ctx)


@it.action("ask_import", allow=Role.OWNER)
def ask_import(ctx: Context, proposal: int) -> Reply:
    """Ask the other owners to approve one's import."""
    draft = tables.lock_proposal(ctx.session, proposal)
    if draft is None or draft.proposer_id != ctx.person.id:
        raise NotFound(NO_SUCH_THING)
    if draft.standing is not Standing.DRAFT:
        raise Conflict(texts.IMPORT_SENT)
    draft.standing, draft.created_at = Standing.OPEN, ctx.now
    return deciding.propose(ctx, draft)


@it.command(
    "term export",
    help=texts.HELP_EXPORT,
    usage="[--format=csv|json] [--dept=…]",
    read_only=True,
)
def export(ctx: Context, text: str) -> Reply:
    """Give out as much of the glossary as one message holds."""
    line = parse(text)
    department = typed.department(line)
    if line.flags.get("format", "").casefold() == JSON:
        rows = tables.rows(ctx.session, department=department)
        return views.exported([json.dumps(_as_json(row), ensure_ascii=False) for row in rows])
    header, *lines = importing.export(ctx.session, department=department).splitlines()
    return views.exported(lines, header=header)


def _draft(ctx: Context, csv: str, plan: Plan, seats: list[str]) -> Proposal:
    count = len(plan.work())
    draft = Proposal(
        act=Act.IMPORT,
        label=texts.import_label(count),
        department="",
        content={"csv": csv, "count": count},
        seats=seats,
        standing=Standing.DRAFT,
        proposer_id=ctx.person.id,
        created_at=ctx.now,
    )
    ctx.session.add(draft)
    ctx.session.flush()
    return draft


def _as_json(row: Row) -> dict[str, object]:
    return {
        "term": row.term,
        "department": row.department,
        "aliases": list(row.aliases),
        "status": row.status,
        "review_due": row.review_due.isoformat() if row.review_due else None,
        **row.wording.as_json(),
    }
