"""The roles that code asks for; which person holds one is data, see storage/people.py."""

from dataclasses import dataclass
from enum import StrEnum

from storage.people import Person


class Role(StrEnum):
    """Who may use a route; a grant of the same name gives the role to a person."""

    STRANGER = "stranger"  #: everybody, known to Parley or not
    MEMBER = "member"  #: every person Parley knows, without a grant
    OWNER = "owner"  #: of a department's vocabulary: approves what its members propose
    RECRUITER = "recruiter"  #: keeps searches, candidates and interviews
    DIRECTOR = "director"  #: of a department: may veto, and decides when a decider is silent
    SPONSOR = "sponsor"  #: decides what the directors could not
    AUDITOR = "auditor"  #: reads who voted what where colleagues do not
    TRIAGE = "triage"  #: looks at what colleagues report, and answers them
    RESPONDER = "responder"  #: of a department: acts for it in an incident, and speaks for it
    ADMIN = "admin"  #: configures; reads no confidential content by virtue of the role


#: Who may use a route: a role, or any of several.
Allowed = Role | tuple[Role, ...]

#: Whom Parley does not know.
STRANGER = Person(
    id=0, name="", email=None, department=None, timezone="UTC", locale="en", active=True, grants=()
)


@dataclass(frozen=True)
class Rules:
    """Who may use a route, and what it touches.

    A *read_only* route leaves nothing behind. A *quick* one is read-only as well, takes less
    than a millisecond, and is answered from memory when `ctx.recall` has all that it needs.
    What it says is no secret: it does not wait until the platform has said who is a guest.

    Nobody can be found by having used a *traceless* one: the log has no line of it, and the audit
    an entry only where the handler recorded a change; nobody is welcomed, and it is not kept that
    their account was heard from, nor what the platform says of it.
    """

    allow: Allowed = Role.MEMBER
    read_only: bool = False
    quick: bool = False
    traceless: bool = False
