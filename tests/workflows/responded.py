"""An incident that somebody leads, under a number that nothing else in a test gets."""

from sqlmodel import Session

from bot.context import unasked
from storage.secrets import Sealer
from tests.workflows.engine import MONDAY
from workflows.incidents import access, keeping
from workflows.incidents.rules import Reason, State, Tlp
from workflows.incidents.tables import Incident
from workflows.reports.rules import Category, Severity

#: The number of the incident, and one that no incident has.
RESPONDED, UNHEARD_OF = 900, 990


def respond(session: Session, lead: int, sealer: Sealer) -> None:
    """Let somebody alone act on an incident."""
    incident = Incident(
        id=RESPONDED,
        codename="copper heron",
        category=Category.UNSURE,
        severity=Severity.S3,
        tlp=Tlp.AMBER_STRICT,
        state=State.RESPONDING,
        lead_id=lead,
        declared_at=MONDAY,
        touched_at=MONDAY,
    )
    ctx = unasked(session, sealer, MONDAY)
    keeping.seal_title(ctx, incident, "Odd calls")
    access.let_in(ctx, incident, [lead], Reason.LEADS)
