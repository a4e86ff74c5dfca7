"""The roles that code asks for; which person holds one is data, see storage/people.py."""

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
