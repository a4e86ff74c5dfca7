"""The company that lives in the simulator: its people in Parley's own tables, and its menu."""

from __future__ import annotations

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
#: This department lives on Teams, and everybody else on Slack.
AT_HOME_ON_TEAMS = "security"


def seed(session: Session, now: datetime) -> None:
    """Add the sample people, terms and scorecards; doing so again changes nothing."""
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
        if colleague.handle in OWNERS:
            people.grant(session, person.id, Role.OWNER, department=department)
        if colleague.handle == ADMIN:
            people.grant(session, person.id, Role.ADMIN)
        if colleague.handle in RECRUITERS:
            people.grant(session, person.id, Role.RECRUITER)
    glossary.seed(session, now)
    hiring.seed(session, now)


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
