"""Taking in and giving out the whole glossary: files, and the terms it begins with."""

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files

import sqlalchemy as sa
from sqlmodel import Session

from bot.errors import Invalid
from workflows.glossary import publishing, rules, tables, texts, transfer
from workflows.glossary.publishing import Edit
from workflows.glossary.rules import Status, key_norm
from workflows.glossary.tables import Alias, Sense, SenseVersion, Term
from workflows.glossary.transfer import Fate, Plan, Row


def plan_import(session: Session, text: str) -> Plan:
    """Return what an import of *text* would do, without doing it."""
    rows, problems = transfer.read(text)
    changes = transfer.compare(rows, tables.rows_by_key(session), tables.names(session))
    return Plan(changes, tuple(problems))


def apply_import(session: Session, plan: Plan, now: datetime, *, person: int | None = None) -> None:
    """Publish everything in *plan*, or nothing.

    Raises:
        Invalid: it holds problems or conflicts, or there is nothing to do.
    """
    apply_plan(publishing.begin(session, now, person=person), plan)


def apply_plan(edit: Edit, plan: Plan) -> None:
    """Publish everything in *plan* in the edition that *edit* began.

    Raises:
        Invalid: it holds problems or conflicts, or there is nothing to do.
    """
    if not plan.is_ready():
        raise Invalid(texts.IMPORT_NOT_READY)
    _add_rows(edit, plan.rows(Fate.ADD))
    for row in plan.rows(Fate.CHANGE):
        term = tables.term_named(edit.session, key_norm(row.term))
        sense = tables.sense_of(edit.session, term, row.department) if term else None
        if sense is None:
            raise Invalid(texts.IMPORT_NOT_READY)
        publishing.apply_row(edit, sense, row)


def export(session: Session, *, department: str | None = None) -> str:
    """Return the glossary as comma-separated values."""
    return transfer.write(tables.rows(session, department=department))


def seed(session: Session, now: datetime) -> int:
    """Add the terms that the glossary begins with, where they are not there; return how many."""
    changes = transfer.compare(seeds(), tables.rows_by_key(session), tables.names(session))
    if added := Plan(changes).rows(Fate.ADD):
        _add_rows(publishing.begin(session, now), added)
    return len(added)


def seeds() -> list[Row]:
    """Return the terms that the glossary begins with."""
    text = files(__package__).joinpath("seeds.csv").read_text(encoding="utf-8")
    return transfer.read(text)[0]


def _add_rows(edit: Edit, rows: Sequence[Row]) -> None:
    """Write new senses in bulk: thousands of them take a second, not a minute."""
    if not rows:
        return
    session = edit.session
    _add_terms(edit, rows)
    terms = tables.term_ids(session)
    session.execute(sa.insert(Sense), [_sense(edit, row, terms[row.key[0]]) for row in rows])
    senses = tables.sense_ids(session)
    session.execute(
        sa.insert(SenseVersion),
        [_first_version(edit, row, senses[terms[row.key[0]], row.department]) for row in rows],
    )
    _add_aliases(edit, rows, terms)


def _add_terms(edit: Edit, rows: Sequence[Row]) -> None:
    known = tables.term_ids(edit.session)
    labels = {row.key[0]: row.term for row in rows}
    new = [
        {"label": label, "key_norm": key, "changed": edit.number}
        for key, label in labels.items()
        if key not in known
    ]
    if new:
        edit.session.execute(sa.insert(Term), new)
    for key in labels.keys() & known.keys():
        edit.session.get_one(Term, known[key]).changed = edit.number
    edit.session.flush()


def _add_aliases(edit: Edit, rows: Sequence[Row], terms: dict[str, int]) -> None:
    known = tables.names(edit.session)
    aliases = {
        key: {"key_norm": key, "label": label, "term_id": terms[row.key[0]]}
        for row in rows
        for label in row.aliases
        if (key := key_norm(label)) not in known
    }
    if aliases:
        edit.session.execute(sa.insert(Alias), list(aliases.values()))


def _sense(edit: Edit, row: Row, term_id: int) -> dict[str, object]:
    return {
        "term_id": term_id,
        "department": row.department,
        "wording": row.wording.as_json(),
        "owner_group": row.owner or rules.owner_group(row.department),
        "approver_id": edit.person,
        "keeper_id": edit.person,
        "status": row.status or Status.APPROVED,
        "replaced_by": "",
        "version": 1,
        "approved_at": edit.now,
        "review_due": row.due() or rules.review_due(row.wording.kind, edit.now),
    }


def _first_version(edit: Edit, row: Row, sense_id: int) -> dict[str, object]:
    return {
        "sense_id": sense_id,
        "version": 1,
        "wording": row.wording.as_json(),
        "status": row.status or Status.APPROVED,
        "approver_id": edit.person,
        "at": edit.now,
    }
