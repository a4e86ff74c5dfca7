"""Many scorecards at once, for measuring how reading one panel's grows with all the others."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from benchmarks.people import add_colleague
from storage import people
from storage.secrets import Sealer
from workflows.feedback.keeping import WORDS
from workflows.feedback.rules import CardState, Overall
from workflows.feedback.tables import Round, Scorecard, Submission
from workflows.hiring.tables import (
    Application,
    Candidate,
    Criterion,
    Interview,
    PanelSeat,
    Search,
    Template,
)

PANEL = 5
DAY = timedelta(days=1)
CRITERIA = ("tech", "case", "talk", "grow", "team")
_SEARCHED = 100  #: candidates of one search
_RATINGS = dict.fromkeys(CRITERIA, 3)
_EVIDENCE = "Found the second domain without a hint, and said how to block it."

Number = sa.ColumnElement[int]


def add_scorecards(session: Session, count: int, now: datetime) -> None:
    """Add *count* scorecards, all in and open to read: panels of five, one for each candidate."""
    for number in range(PANEL):
        people.add_person(session, f"Interviewer {number}")
    _add_template(session, now)
    panels = count // PANEL
    _fill(session, Search, panels // _SEARCHED + 1, lambda _: _search(now))
    _fill(session, Candidate, panels, lambda _: {"created_at": now})
    _fill(session, Application, panels, lambda n: _application(n, now))
    _fill(session, Interview, panels, lambda n: _interview(n, now))
    _fill(session, Round, panels, lambda n: {"application_id": n, "stage": "", "revealed_at": now})
    _fill(session, PanelSeat, count, lambda n: {"interview_id": _of(n), "person_id": _who(n)})
    _fill(session, Scorecard, count, lambda n: _card(n, now))
    _fill(session, Submission, count, lambda n: _said(n, now))


def add_requests(session: Session, count: int, now: datetime) -> None:
    """Ask somebody on Slack for *count* scorecards; a colleague owes each panel theirs as well."""
    author = add_colleague(session, "Author", now)
    other = people.add_person(session, "Colleague")
    _add_template(session, now)
    _fill(session, Search, 1, lambda _: _search(now))
    _fill(session, Candidate, count, lambda _: {"created_at": now})
    _fill(session, Application, count, lambda n: {**_application(n, now), "search_id": 1})
    _fill(session, Interview, count, lambda n: _interview(n, now))
    for someone in (author.id, other.id):
        _ask(session, count, someone, now)


def _ask(session: Session, count: int, person: int, now: datetime) -> None:
    asked = {"interviewer_id": person, "requested_at": now, "due_at": now + DAY}
    _fill(session, PanelSeat, count, lambda n: {"interview_id": n, "person_id": person})
    _fill(session, Scorecard, count, lambda n: {"interview_id": n, **asked})


def seal_words(session: Session, sealer: Sealer, candidate: int) -> None:
    """Write the evidence of a candidate's panel, which takes too long to do for all."""
    words = json.dumps({"evidence": dict.fromkeys(CRITERIA, _EVIDENCE), "reason": _EVIDENCE})
    for id in range((candidate - 1) * PANEL + 1, candidate * PANEL + 1):
        said = session.get_one(Submission, id)
        said.words = sealer.seal(words, at=WORDS, row=str(id))


def _add_template(session: Session, now: datetime) -> None:
    session.add(Template(id=1, role_family="soc", level="senior", created_at=now))
    session.flush()
    for position, key in enumerate(CRITERIA):
        session.add(
            Criterion(
                template_id=1,
                position=position,
                key=key,
                label=key.title(),
                department="security",
                weight=100 // len(CRITERIA),
                anchors=[],
            )
        )
    session.flush()


def _fill(
    session: Session,
    model: type[SQLModel],
    count: int,
    row: Callable[[Number], Mapping[str, Any]],
) -> None:
    """Add *count* rows in one statement; *row* gives the values for a number, from 1 on."""
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    counted = sa.select(sa.literal(1).label("n")).cte(recursive=True)
    counted = counted.union_all(sa.select(counted.c.n + 1).where(counted.c.n < count))
    values = {
        name: value
        if isinstance(value, sa.ColumnElement)
        else sa.literal(value, table.c[name].type)
        for name, value in row(counted.c.n).items()
    }
    rows = sa.select(*values.values()).select_from(counted)
    session.execute(sa.insert(table).from_select(list(values), rows))


def _of(card: Number) -> Number:
    return (card - 1) // PANEL + 1


def _who(card: Number) -> Number:
    return (card - 1) % PANEL + 1


def _search(now: datetime) -> Mapping[str, Any]:
    named = {"title": "SOC analyst", "role_family": "soc", "level": "senior"}
    return {**named, "opened_on": now.date()}


def _application(number: Number, now: datetime) -> Mapping[str, Any]:
    search = (number - 1) // _SEARCHED + 1
    return {"candidate_id": number, "search_id": search, "stage_entered_at": now}


def _interview(number: Number, now: datetime) -> Mapping[str, Any]:
    times = {"starts_at": now, "ends_at": now, "created_at": now}
    return {"application_id": number, "template_id": 1, "criteria": [], **times}


def _card(number: Number, now: datetime) -> Mapping[str, Any]:
    return {
        "interview_id": _of(number),
        "interviewer_id": _who(number),
        "state": CardState.SUBMITTED,
        "version": 1,
        "counted": 1,
        "requested_at": now,
        "due_at": now,
    }


def _said(number: Number, now: datetime) -> Mapping[str, Any]:
    told = {"ratings": _RATINGS, "overall": Overall.YES, "hints": {}, "submitted_at": now}
    return {"scorecard_id": number, "version": 1, **told}
