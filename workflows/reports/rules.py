"""The closed sets of reports, and what follows from them; times stand in `paces.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

#: The letter before a report's number, as people type it.
REPORT = "R"
#: The rooms that an admin makes of channels: where people post what they saw, and where triage is.
REPORTING_ROOM, TRIAGE_ROOM = "security-reports", "security-triage"
SECURITY, LEGAL, HR = "security", "legal", "hr"
LONGEST_TEXT = 3000  #: characters


class Severity(IntEnum):
    """How bad it is: 1 is the worst."""

    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4

    @property
    def is_high(self) -> bool:
        """Say whether people are called outside of their hours."""
        return self <= Severity.S2

    def __str__(self) -> str:
        return self.name


class Category(StrEnum):
    """What kind of thing somebody noticed."""

    PHISH = "phish"
    IMPERSONATION = "impersonation"
    ACCOUNT = "account"
    DEVICE = "device"
    DATA = "data"
    CANDIDATE = "candidate"
    PAYMENT = "payment"
    PHYSICAL = "physical"
    CONDUCT = "conduct"  #: worry about a colleague's behaviour
    UNSURE = "unsure"


class Interaction(StrEnum):
    """What the reporter had already done."""

    NONE = "none"
    CLICKED = "clicked"
    ENTERED_CREDENTIALS = "entered"
    APPROVED_MFA = "approved_mfa"
    OPENED_FILE = "opened_file"
    PAID = "paid"
    UNSURE = "unsure"


#: After one of these every minute counts.
HARMFUL = frozenset(
    {
        Interaction.ENTERED_CREDENTIALS,
        Interaction.APPROVED_MFA,
        Interaction.OPENED_FILE,
        Interaction.PAID,
    }
)


class Scope(StrEnum):
    """Whom it concerns, as far as the reporter knows."""

    ME = "me"
    MY_TEAM = "my_team"
    MANY = "many"
    UNKNOWN = "unknown"


class Privacy(StrEnum):
    """Who learns who reported it."""

    NAMED = "named"  #: those who triage it
    CONFIDENTIAL = "confidential"  #: the incident's lead, and HR or Legal when they are engaged
    ANONYMOUS = "anonymous"  #: nobody; it is stored nowhere


class Source(StrEnum):
    """By which door it came."""

    POST = "channel_post"
    SHORTCUT = "message_action"
    COMMAND = "command"
    CHAT = "dm"
    FORM = "form"
    ON_BEHALF = "on_behalf"


class State(StrEnum):
    """Where a report stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    NEEDS_INFO = "needs_info"
    LINKED = "linked"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


#: Nothing is waited for any more.
OVER = frozenset({State.CLOSED, State.WITHDRAWN})
#: A person has still to decide what it is.
UNDECIDED = frozenset({State.RECEIVED, State.ACKNOWLEDGED, State.NEEDS_INFO})


class Move(StrEnum):
    """What happens to a report."""

    TAKE = "take"
    LINK = "link"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    ASK = "ask"
    ANSWER = "answer"
    FALL_SILENT = "fall_silent"  #: nobody answered, and it is not serious: it is closed
    CALL_BACK = "call_back"  #: nobody answered, and it is serious: back to triage
    RELEASE = "release"  #: whoever took it went quiet, or gave it back
    UNLINK = "unlink"
    END = "end"  #: its incident is over
    REOPEN = "reopen"


_FRESH = (State.RECEIVED, State.ACKNOWLEDGED)
_OPEN = (*_FRESH, State.NEEDS_INFO)
_MOVES: dict[Move, tuple[tuple[State, ...], State]] = {
    Move.TAKE: ((State.RECEIVED,), State.ACKNOWLEDGED),
    Move.LINK: (_OPEN, State.LINKED),
    Move.CLOSE: (_OPEN, State.CLOSED),
    Move.WITHDRAW: (_OPEN, State.WITHDRAWN),
    Move.ASK: ((State.ACKNOWLEDGED,), State.NEEDS_INFO),
    Move.ANSWER: ((State.NEEDS_INFO,), State.ACKNOWLEDGED),
    Move.FALL_SILENT: ((State.NEEDS_INFO,), State.CLOSED),
    Move.CALL_BACK: ((State.NEEDS_INFO,), State.ACKNOWLEDGED),
    Move.RELEASE: ((State.ACKNOWLEDGED,), State.RECEIVED),
    Move.UNLINK: ((State.LINKED,), State.ACKNOWLEDGED),
    Move.END: ((State.LINKED,), State.CLOSED),
    Move.REOPEN: ((State.CLOSED,), State.ACKNOWLEDGED),
}


def after(state: State, move: Move) -> State | None:
    """Return where a report stands after a move; None when it cannot be made from *state*."""
    sources, target = _MOVES[move]
    return target if state in sources else None


class Outcome(StrEnum):
    """How a report ended."""

    INCIDENT = "incident"
    STOPPED = "stopped"  #: real, and dealt with in triage
    HARMLESS_EXPECTED = "expected"
    HARMLESS_UNCLEAR = "unclear"
    POLICY_QUESTION = "policy_question"
    ROUTED = "routed"  #: not a matter of security: passed on to a department
    DUPLICATE = "duplicate"
    INSUFFICIENT_INFO = "insufficient"
    DRILL = "drill"


#: What the outcomes are called where incidents are exchanged with others (MISP's workflow states).
EXCHANGED: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.INCIDENT: "confirmed",
        Outcome.STOPPED: "confirmed",
        Outcome.HARMLESS_EXPECTED: "refuted",
        Outcome.HARMLESS_UNCLEAR: "unidentified",
        Outcome.POLICY_QUESTION: "refuted",
        Outcome.ROUTED: "transferred",
        Outcome.DUPLICATE: "duplicate",
        Outcome.INSUFFICIENT_INFO: "insufficient-data",
    }
)


class Remark(StrEnum):
    """What was added to a report, and by whom it is read."""

    DETAIL = "detail"  #: the reporter added it
    QUESTION = "question"  #: triage asked it
    ANSWER = "answer"  #: the reporter answered it
    TOLD = "told"  #: what the reporter was told, for whoever comes back with a claim code
    NOTE = "note"  #: a colleague added it: one who triages, or wrote below a post
    AS_SENT = "as_sent"  #: all of it, where the report hides a secret; read when asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What decides how urgent a report is, before anybody has looked at it."""

    category: Category = Category.UNSURE
    interaction: Interaction = Interaction.NONE
    is_ongoing: bool | None = None
    #: A device that is lost or was stolen.
    is_missing: bool = False


def is_urgent(seen: Circumstances) -> bool:
    """Say whether somebody must look at any hour."""
    is_gone = seen.category is Category.DEVICE and seen.is_missing
    return seen.interaction in HARMFUL or bool(seen.is_ongoing) or is_gone


def has_acted(interaction: Interaction) -> bool:
    """Say whether a reporter had a part in what happened, and says so."""
    return interaction not in {Interaction.NONE, Interaction.UNSURE}


def first_severity(seen: Circumstances) -> Severity:
    """Return how serious a report counts until a person has decided."""
    if is_urgent(seen):
        return Severity.S2
    is_unclear = seen.interaction in {Interaction.CLICKED, Interaction.UNSURE}
    sensitive = seen.category in {Category.DATA, Category.CONDUCT, Category.PAYMENT}
    return Severity.S3 if is_unclear or sensitive else Severity.S4


def is_restricted(category: Category) -> bool:
    """Say whether only named people may read it: worry about a colleague is nobody else's."""
    return category is Category.CONDUCT
