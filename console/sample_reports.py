"""Where the simulated company reports what it noticed, and who looks at it and responds."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from adapters.simulator import sample as slack
from adapters.simulator.teams import sample as teams
from bot.roles import Role
from storage import places
from storage.people import Grant
from storage.places import RoomPlace
from workflows.reports.rules import REPORTING_ROOM, SECURITY, TRIAGE_ROOM

#: Chiara is on duty, Dev is her deputy; their director leads when nobody else does.
TRIAGE = ("chiara", "dev")
#: A small company: some act for a department that is not their own, the first before the second.
RESPONDERS: Mapping[str, tuple[str, ...]] = {
    "it": ("dev", "chiara"),
    "hr": ("hana",),
    "legal": ("luis",),
    "ta": ("ada", "ben"),
    "comms": ("elena",),
    "finance": ("ben",),
    "facilities": ("grace",),
    "exec": ("hana",),
}
ROOMS = {
    REPORTING_ROOM: (slack.SECURITY_REPORTS, teams.SECURITY_REPORTS),
    TRIAGE_ROOM: (slack.SECURITY_TRIAGE, teams.SECURITY_TRIAGE),
}


def bind_rooms(session: Session, tenant: str) -> None:
    """Let people report in a channel of each platform, and triage read in another one."""
    for room, (on_slack, on_teams) in ROOMS.items():
        places.bind_room(session, room, RoomPlace("slack", tenant, on_slack))
        places.bind_room(session, room, RoomPlace("teams", teams.TENANT, on_teams))


def roles_of(handle: str) -> Iterator[Grant]:
    """Yield what somebody does for security, or for a department in an incident."""
    for role, department, handles in (
        (Role.TRIAGE, SECURITY, TRIAGE),
        *((Role.RESPONDER, each, who) for each, who in RESPONDERS.items()),
    ):
        if handle in handles:
            yield Grant(role, department, handles.index(handle) + 1)
