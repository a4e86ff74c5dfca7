"""A panel that has judged, under numbers that nothing else in a test gets."""

from sqlmodel import Session, SQLModel, select

from tests.workflows.engine import MONDAY
from workflows.feedback.rules import CardState, Overall
from workflows.feedback.tables import Scorecard, Submission
from workflows.hiring.tables import (
    Application,
    Candidate,
    Interview,
    PanelSeat,
    Search,
    Template,
)

#: The number of the search, the candidate, the interview and its only scorecard.
JUDGED = 900


def judge(session: Session, interviewer: int) -> None:
    """Let somebody, who is alone on a panel and leads it, have judged a candidate."""
    rows: list[SQLModel] = [
        Search(
            id=JUDGED, title="SOC", role_family="Judged", level="senior", opened_on=MONDAY.date()
        ),
        Candidate(id=JUDGED, created_at=MONDAY),
        Application(id=JUDGED, candidate_id=JUDGED, search_id=JUDGED, stage_entered_at=MONDAY),
        Interview(
            id=JUDGED,
            application_id=JUDGED,
            template_id=_template(session),
            starts_at=MONDAY,
            ends_at=MONDAY,
            created_at=MONDAY,
        ),
        PanelSeat(interview_id=JUDGED, person_id=interviewer, is_lead=True),
        Scorecard(
            id=JUDGED,
            interview_id=JUDGED,
            interviewer_id=interviewer,
            state=CardState.SUBMITTED,
            version=1,
            counted=1,
            requested_at=MONDAY,
            due_at=MONDAY,
        ),
        Submission(
            scorecard_id=JUDGED, version=1, ratings={}, overall=Overall.YES, submitted_at=MONDAY
        ),
    ]
    for row in rows:
        session.add(row)
        session.flush()


def _template(session: Session) -> int:
    """Return any template, made when there is none: people count those that are made by them."""
    found = session.exec(select(Template)).first()
    if found is None:
        found = Template(role_family="Judged", level="senior", created_at=MONDAY)
        session.add(found)
        session.flush()
    return found.id or 0
