"""What changes the published glossary; each change makes a new edition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.errors import Conflict, NotFound
from bot.workflow import NO_SUCH_THING
from workflows.glossary import proposal_texts, rules, tables, texts
from workflows.glossary.rules import Status, key_norm
from workflows.glossary.tables import Alias, Sense, SenseVersion, Term
from workflows.glossary.transfer import Row
from workflows.glossary.wording import Wording


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changes the glossary, when, and in which edition."""

    session: Session
    number: int
    now: datetime
    person: int | None = None  #: None when it is done from the command line


def begin(session: Session, now: datetime, *, person: int | None = None) -> Edit:
    """Begin an edition: from here on nobody else changes the glossary until this is saved."""
    return Edit(session, tables.next_edition(session), now, person)


def add_sense(edit: Edit, row: Row) -> Sense:
    """Publish a new sense, with its term and aliases where they are new.

    Raises:
        Conflict: the department has a sense of this term, or a name leads elsewhere.
    """
    term = term_for(edit, row.term)
    if tables.sense_of(edit.session, term, row.department):
        raise Conflict(proposal_texts.sense_exists(term.label, row.department))
    sense = Sense(
        term_id=term.id or 0,
        department=row.department,
        wording={},
        owner_group=row.owner or rules.owner_group(row.department),
        status=row.status or Status.APPROVED,
        version=0,
        approved_at=edit.now,
    )
    edit.session.add(sense)
    _set_down(edit, sense, row.wording, row.due())
    for alias in row.aliases:
        add_alias(edit, term, alias)
    return sense


def reword(edit: Edit, sense: Sense, wording: Wording, *, due: datetime | None = None) -> None:
    """Publish a new version of a sense, freshly approved."""
    sense.status = Status.APPROVED
    sense.replaced_by = ""
    _set_down(edit, sense, wording, due)


def deprecate(edit: Edit, sense: Sense, replaced_by: str) -> None:
    """Mark a sense as no longer in use; readers are led to what replaced it."""
    sense.status = Status.DEPRECATED
    sense.replaced_by = replaced_by
    _set_down(edit, sense, sense.words(), None)
    sense.review_due = None


def go_back(edit: Edit, sense: Sense, version: int) -> None:
    """Publish an earlier version again, as a new one.

    Raises:
        NotFound: there is no such version.
    """
    earlier = edit.session.get(SenseVersion, (sense.id, version))
    if earlier is None:
        raise NotFound(NO_SUCH_THING)
    if earlier.status is Status.DEPRECATED:
        deprecate(edit, sense, sense.replaced_by)
    else:
        reword(edit, sense, Wording.from_json(earlier.wording))


def confirm(edit: Edit, sense: Sense) -> None:
    """Note that a sense was read again and still holds."""
    sense.status = Status.APPROVED
    sense.review_due = rules.review_due(sense.words().kind, edit.now)
    sense.reminded_at = None
    sense.keeper_id = edit.person
    _touch(edit, sense.term_id)


def mark_stale(edit: Edit, senses: Iterable[Sense]) -> None:
    """Mark approved senses as due for a review."""
    for sense in senses:
        sense.status = Status.STALE
        _touch(edit, sense.term_id)


def withdraw(edit: Edit, sense: Sense) -> None:
    """Take a sense out altogether, as if it had never been added."""
    for version in tables.history(edit.session, sense.id or 0):
        edit.session.delete(version)
    edit.session.flush()
    edit.session.delete(sense)
    edit.session.flush()
    if not tables.senses_of(edit.session, sense.term_id):
        for alias in tables.aliases_of(edit.session, sense.term_id):
            edit.session.delete(alias)
    _touch(edit, sense.term_id)


def term_for(edit: Edit, label: str) -> Term:
    """Return the term that *label* leads to, made when there is none."""
    key = key_norm(label)
    term = tables.term_named(edit.session, key)
    if term is None:
        term = Term(label=label, key_norm=key)
        edit.session.add(term)
    term.changed = edit.number
    edit.session.flush()
    return term


def add_alias(edit: Edit, term: Term, label: str) -> None:
    """Let *label* lead to *term*, too.

    Raises:
        Conflict: it leads to another term.
    """
    holder = tables.term_named(edit.session, key_norm(label))
    if holder is not None and holder.id != term.id:
        raise Conflict(texts.name_taken(label))
    if holder is None:
        edit.session.add(Alias(key_norm=key_norm(label), label=label, term_id=term.id or 0))
        _touch(edit, term.id or 0)


def remove_alias(edit: Edit, label: str) -> None:
    """Let *label* lead nowhere again."""
    alias = edit.session.get(Alias, key_norm(label))
    if alias:
        edit.session.delete(alias)
        _touch(edit, alias.term_id)


def apply_row(edit: Edit, sense: Sense, row: Row) -> None:
    """Publish what a file says about a sense that is there already."""
    term = term_for(edit, row.term)
    term.label = row.term if term.key_norm == key_norm(row.term) else term.label
    reword(edit, sense, row.wording, due=row.due() or sense.review_due)
    sense.status = row.status or sense.status
    sense.owner_group = row.owner or sense.owner_group
    for alias in row.aliases:
        add_alias(edit, term, alias)


def _set_down(edit: Edit, sense: Sense, wording: Wording, due: datetime | None) -> None:
    """Store a version and what follows from it."""
    sense.wording = wording.as_json()
    sense.version += 1
    sense.approver_id = sense.keeper_id = edit.person
    sense.approved_at = edit.now
    sense.review_due = due or rules.review_due(wording.kind, edit.now)
    sense.reminded_at = None
    edit.session.flush()
    edit.session.add(
        SenseVersion(
            sense_id=sense.id or 0,
            version=sense.version,
            wording=sense.wording,
            status=sense.status,
            approver_id=edit.person,
            at=edit.now,
        )
    )
    _touch(edit, sense.term_id)


def _touch(edit: Edit, term_id: int) -> None:
    term = edit.session.get_one(Term, term_id)
    term.changed = edit.number
    edit.session.flush()
