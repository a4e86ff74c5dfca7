"""Who people are in the table of rights, and one line of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.workflows.everybody import Who

UNKNOWN_TO_US = {Who.STRANGER, Who.GUEST, Who.FOREIGN, Who.LEAVER}

ANYBODY = frozenset(Who)
MEMBERS = ANYBODY - UNKNOWN_TO_US
OWNERS = frozenset({Who.OWNER, Who.OTHER})
ITS_OWNER = frozenset({Who.OWNER})
OTHERS_OWNER = frozenset({Who.OTHER})
ADMIN = frozenset({Who.ADMIN})
RECRUITER = frozenset({Who.RECRUITER})
OF_THE_SEARCH = RECRUITER | OWNERS | {Who.MANAGER}
WHO_RECRUITS = ITS_OWNER | RECRUITER
PANEL = frozenset({Who.MEMBER})
READERS = PANEL | ADMIN | RECRUITER
NOBODY: frozenset[Who] = frozenset()


@dataclass(frozen=True)
class Line:
    """An act on a route, and for whom it is done; for all others it reads as if it were not there.

    *ids* are a button's payload or a form's state, *answers* what the form is filled with. Who is
    *told* learns beside the form's inputs why not. What was offered to one account alone is *over*
    for all others whom the route hears, in these words.
    """

    does: str
    may: frozenset[Who]
    ids: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    told: frozenset[Who] = NOBODY
    over: str = ""
