"""Departments that respond, and incidents that are open without anybody having declared them."""

from typing import Any

from bot.context import Context
from tests.workflows.reports import house as reporting
from tests.workflows.reports.house import IDS
from workflows.incidents import access, keeping
from workflows.incidents.rules import Reason, State, first_tlp
from workflows.incidents.tables import Incident
from workflows.reports.rules import Category, Severity

TITLE = "Somebody calls staff and asks for sign-in codes"


class House(reporting.House):
    """The engine with what stands around it."""

    async def opens(self, *readers: str, lead: str = "Hugo", **changed: Any) -> int:
        """Let an incident be open, as declaring it would leave it; return its number."""
        return await self.within(lambda ctx: _open(ctx, (lead, *readers), changed))

    async def incident(self, id: int) -> Incident:
        """Return an incident as it is stored."""
        return await self.database.read(lambda session: session.get_one(Incident, id))


def _open(ctx: Context, readers: tuple[str, ...], changed: dict[str, Any]) -> int:
    category = changed.get("category", Category.IMPERSONATION)
    fields: dict[str, Any] = {
        "codename": "copper heron",
        "category": category,
        "severity": Severity.S3,
        "tlp": first_tlp(category),
        "state": State.RESPONDING,
        "lead_id": IDS[readers[0]],
        "declared_at": ctx.now,
        "touched_at": ctx.now,
        **changed,
    }
    incident = Incident(**fields)
    keeping.seal_title(ctx, incident, TITLE)
    access.let_in(ctx, incident, [IDS[readers[0]]], Reason.LEADS)
    access.let_in(ctx, incident, [IDS[name] for name in readers[1:]], Reason.INVITED)
    return incident.id or 0
