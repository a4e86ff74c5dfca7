"""Departments that respond, and incidents that are open without anybody having declared them."""

from datetime import timedelta
from typing import Any

from bot.context import Context
from tests.workflows.acting import said
from tests.workflows.reports import house as reporting
from tests.workflows.reports.house import IDS
from workflows.incidents import access, calls, keeping
from workflows.incidents.rules import Reason, State, first_tlp
from workflows.incidents.tables import Incident
from workflows.reports.rules import Category, Severity

#: Until a card has been sent.
SOON = timedelta(seconds=5)
TITLE = "Somebody calls staff and asks for sign-in codes"


class House(reporting.House):
    """The engine with what stands around it."""

    async def opens(self, *readers: str, lead: str = "Hugo", **changed: Any) -> int:
        """Let an incident be open, as declaring it would leave it; return its number."""
        return await self.within(lambda ctx: _open(ctx, (lead, *readers), changed))

    async def changes(self, id: int) -> None:
        """Let everybody who watches hear that an incident changed, and its cards be sent."""
        await self.within(lambda ctx: calls.incident_changed(ctx, id))
        await self.passes(SOON)

    async def declares(self, report: int, name: str = "Tess", **answers: str) -> int:
        """Let somebody declare an incident from a report, by the form; return its number."""
        form = await self.says(name, f"security declare R-{report}")
        filled = {"title": TITLE, "impact": "2", "certainty": "confirmed", **answers}
        answer = said(await self.sends(name, form, filled))
        assert "is declared" in answer, answer
        await self.passes(SOON)
        return int(answer.split()[0].removeprefix("SI-"))

    async def told(self, name: str) -> list[str]:
        """Return what somebody was sent, in order."""
        return [parcel.message.text for parcel in await self.sent(name)]

    async def readers(self, id: int) -> set[str]:
        """Return who may read an incident now."""
        return await self.within(lambda ctx: {one.name for one in access.readers(ctx, id)})

    async def incident(self, id: int) -> Incident:
        """Return an incident as it is stored."""
        return await self.database.read(lambda session: session.get_one(Incident, id))


def _open(ctx: Context, readers: tuple[str, ...], changed: dict[str, Any]) -> int:
    category = changed.get("category", Category.IMPERSONATION)
    fields: dict[str, Any] = {
        "codename": f"copper heron {ctx.request_id}",
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
