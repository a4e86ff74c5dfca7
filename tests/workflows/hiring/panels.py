"""What imports need around them: people who meet candidates, and a scorecard in force."""

from datetime import UTC, datetime

from sqlmodel import Session

from storage import people
from workflows.hiring.rules import TemplateState
from workflows.hiring.tables import Criterion, Template

ADA, BEN = "ada@example.com", "ben@example.com"
ROLE, LEVEL = "SOC analyst", "junior"
AT = datetime(2026, 11, 1, tzinfo=UTC)


def furnish(session: Session) -> None:
    """Make two interviewers known, and put a scorecard in force."""
    for name, email in (("Ada", ADA), ("Ben", BEN)):
        people.add_person(session, name, email=email)
    add_template(session)


def add_template(session: Session) -> None:
    """Put a scorecard of two criteria in force."""
    template = Template(role_family=ROLE, level=LEVEL, state=TemplateState.IN_FORCE, created_at=AT)
    session.add(template)
    session.flush()
    for position, key in enumerate(("tech", "comm")):
        session.add(
            Criterion(
                template_id=template.id or 0,
                position=position,
                key=key,
                label=key,
                department="security",
                weight=50,
                anchors=["", "", "", ""],
            )
        )
