"""Northwind Shipping on Teams: the same people as on Slack, in teams like its channels."""

from dataclasses import dataclass

from adapters.simulator.sample import COLLEAGUES, GUS, OTTO, STELLA
from adapters.simulator.teams.conversations import ChannelType, Conversation, Scope, Team
from adapters.simulator.teams.people import Account, UserRole, stable_id

TENANT = stable_id("tenant", "northwind")
HARBOUR_TENANT = stable_id("tenant", "harbour")
APP = stable_id("app", "parley")


@dataclass(frozen=True, slots=True)
class Sample:
    """What a tenant starts with.

    Attributes:
        installed: the accounts that have the bot in their own chats.
    """

    name: str
    bot_name: str
    accounts: tuple[Account, ...]
    teams: tuple[Team, ...]
    conversations: tuple[Conversation, ...]
    installed: frozenset[str]
    tenant_id: str = TENANT
    app_id: str = APP


_PEOPLE = {member.handle: Account.of(member, TENANT) for member in (*COLLEAGUES, OTTO)}
_GUEST = Account.of(GUS, TENANT, UserRole.GUEST)
_FEDERATED = Account.of(STELLA, HARBOUR_TENANT)
_ANONYMOUS = Account(
    f"29:{stable_id('account', 'anon').replace('-', '')}",
    None,
    TENANT,
    "Candidate (Unverified)",
    "anon",
    role=UserRole.ANONYMOUS,
)


def _ids(*handles: str) -> set[str]:
    return {_PEOPLE[handle].id for handle in handles}


def _thread_id(name: str, suffix: str = "tacv2") -> str:
    return f"19:{stable_id('thread', name).replace('-', '')}@thread.{suffix}"


def _team(
    name: str, members: set[str], *, has_bot: bool = True, is_overheard: bool = False
) -> Team:
    return Team(_thread_id(name), name, stable_id("group", name), members, has_bot, is_overheard)


EVERYBODY = _ids(*(member.handle for member in COLLEAGUES))
COMPANY = _team("Northwind Shipping", EVERYBODY)
SECURITY = _team("Security", _ids("chiara", "dev", "farid", "grace"))
TALENT = _team(
    "Talent Acquisition",
    {*_ids("ada", "ben", "chiara", "dev", "elena", "farid", "grace"), _GUEST.id},
)
SOCIAL = _team("Social", _ids("ada", "ben", "chiara", "dev", "grace"), has_bot=False)
#: Its owners let the bot hear what does not mention it: whatever is posted there is a report.
REPORTS = _team("Reports", EVERYBODY, is_overheard=True)
#: A team of its own, since a channel is read by the whole team: only who triages is in it.
TRIAGE = _team("Triage", _ids("chiara", "dev"))
TEAMS = (COMPANY, SECURITY, TALENT, SOCIAL, REPORTS, TRIAGE)


def _channel(team: Team, name: str) -> Conversation:
    return Conversation(_thread_id(f"{team.name}/{name}"), name, Scope.CHANNEL, team.id)


def _general(team: Team, name: str) -> Conversation:
    return Conversation(team.id, name, Scope.CHANNEL, team.id)


SECURITY_REPORTS, SECURITY_TRIAGE = REPORTS.id, TRIAGE.id
CONVERSATIONS = (
    _general(COMPANY, "general"),
    _general(SECURITY, SECURITY.name),
    _general(TALENT, TALENT.name),
    _general(SOCIAL, SOCIAL.name),
    _general(REPORTS, "security-reports"),
    _general(TRIAGE, "security-triage"),
    _channel(TALENT, "hiring-security"),
    _channel(TALENT, "ta-sourcing"),
    _channel(SECURITY, "soc"),
    _channel(SOCIAL, "random"),
    Conversation(
        _thread_id("harbour-search"),
        "harbour-search",
        Scope.CHANNEL,
        TALENT.id,
        {*_ids("ada", "elena"), _FEDERATED.id},
        ChannelType.SHARED,
    ),
    Conversation(
        _thread_id("panel C-104", "v2"),
        "Panel C-104",
        Scope.GROUP_CHAT,
        None,
        {*_ids("ben", "farid", "grace"), _ANONYMOUS.id},
        has_bot=True,
    ),
)

SAMPLE = Sample(
    "Northwind Shipping",
    "Parley",
    (*_PEOPLE.values(), _GUEST, _FEDERATED, _ANONYMOUS),
    TEAMS,
    CONVERSATIONS,
    frozenset(EVERYBODY),
)
