"""The company that lives in the simulator: its people in Parley's own tables, and its menu."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from adapters.simulator.demo import Scenes, lines
from adapters.simulator.menu import CommandLine, Menu, SearchLine, ShortcutLine
from adapters.simulator.sample import COLLEAGUES
from adapters.simulator.teams.people import stable_id
from adapters.simulator.teams.sample import TENANT as TEAMS_TENANT
from adapters.simulator.tour import TOUR
from adapters.slack.manifest import slash
from bot.manifest import HELP
from bot.roles import Role
from bot.routes import Routes
from bot.workflow import CommandRoute
from console import sample_reports
from storage import people
from storage.people import Account
from workflows import glossary, hiring

TENANT = "T0PARLEY"
DEPARTMENTS = {
    "ada": "ta",
    "ben": "ta",
    "chiara": "security",
    "dev": "security",
    "elena": "ta",
    "farid": "security",
    "grace": "security",
    "hana": "hr",
    "luis": "legal",
}
#: Who approves what their department's words mean: two where there are two, so that each of
#: them can suggest something and the other decides.
OWNERS = ("elena", "ben", "farid", "chiara", "luis")
ADMIN = "farid"
#: Who keeps searches, candidates and interviews.
RECRUITERS = ("ada", "ben")
#: Who vetoes for their department, and decides with each other when a decider is silent.
DIRECTORS = ("farid", "elena", "luis")
#: Who decides when the directors differ, and who may read a confidential vote by name.
SPONSOR, AUDITOR = "hana", "luis"
#: This department lives on Teams, and everybody else on Slack.
AT_HOME_ON_TEAMS = "security"


def seed(session: Session, now: datetime) -> None:
    """Add the sample people, rooms, terms and scorecards; doing so again changes nothing."""
    if people.by_email(session, COLLEAGUES[0].email or "", now=now) is None:
        sample_reports.bind_rooms(session, TENANT)
    for colleague in COLLEAGUES:
        if people.by_email(session, colleague.email or "", now=now) is not None:
            continue
        department = DEPARTMENTS[colleague.handle]
        person = people.add_person(
            session,
            colleague.name,
            email=colleague.email,
            department=department,
            timezone=colleague.tz,
        )
        accounts = [
            Account("slack", TENANT, colleague.id),
            Account("teams", TEAMS_TENANT, stable_id("person", colleague.handle)),
        ]
        # Somebody of two platforms is written to on the one that was linked first.
        for one in reversed(accounts) if department == AT_HOME_ON_TEAMS else accounts:
            people.link_account(session, person.id, one.platform, one.tenant, one.user)
        for role, of in _roles(colleague.handle, department):
            people.grant(session, person.id, role, department=of)
        for each in sample_reports.roles_of(colleague.handle):
            people.grant(session, person.id, each.role, department=each.department, rank=each.rank)
    glossary.seed(session, now)
    hiring.seed(session, now)


def _roles(handle: str, department: str) -> Iterator[tuple[Role, str | None]]:
    """Yield the roles of somebody, each for their department or for the whole company."""
    if handle in OWNERS:
        yield Role.OWNER, department
    if handle in DIRECTORS:
        yield Role.DIRECTOR, department
    if handle == ADMIN:
        yield Role.ADMIN, None
    if handle in RECRUITERS:
        yield Role.RECRUITER, None
    if handle == SPONSOR:
        yield Role.SPONSOR, None
    if handle == AUDITOR:
        yield Role.AUDITOR, None


def menu(routes: Routes, scenes: Scenes) -> Menu:
    """Return what the page offers: our commands, shortcuts and searches, and the first tour."""
    known: dict[str, CommandRoute] = {}
    for name, line in sorted(routes.commands.items()):
        known.setdefault(name.split()[0], line)
    words = [CommandLine(verb, line.help, line.usage) for verb, line in known.items()]
    slashed = [
        CommandLine(f"/{slash(routes, verb)}", line.help, line.usage)
        for verb, line in routes.verbs().items()
    ]
    everything = CommandLine("/parley", HELP, "[help]")
    return Menu(
        commands=(everything, *slashed),
        shortcuts=tuple(ShortcutLine(id, line.title) for id, line in routes.shortcuts.items()),
        tour=lines(scenes, TOUR),
        words=tuple(words),
        searches=tuple(SearchLine(id, line.title) for id, line in routes.searches.items()),
    )
