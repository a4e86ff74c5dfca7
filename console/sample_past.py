"""What has happened at the simulated company already: two incidents, as people there told them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from workflows.incidents.review_keeping import Learned
from workflows.incidents.review_tables import Cause
from workflows.incidents.rules import Kind, Tlp
from workflows.reports.rules import Category, Interaction, Severity

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A report: who made it, what it says, and what they had done; *after* the first one."""

    who: str
    after: timedelta
    text: str
    did: Interaction = Interaction.NONE
    is_helpful: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline, by somebody in a role; *after* the first report."""

    after: timedelta
    who: str
    role: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """What was to be done after the review: done so long after it, or still due *within* a span."""

    department: str
    owner: str
    what: str
    done_after: timedelta | None = None
    within: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An incident that is over; spans count from the first report, which came so long *ago*."""

    ago: timedelta
    codename: str
    title: str
    category: Category
    severity: Severity
    reason: str
    tlp: Tlp
    cause: Cause
    lead: str
    reports: Sequence[Told]
    declared: timedelta
    #: Who acts for each department, and when they said that they are on it.
    engaged: Sequence[tuple[str, str, timedelta]]
    lines: Sequence[Line]
    contained: timedelta
    resolved: timedelta
    learned: Sequence[tuple[str, Learned]]
    actions: Sequence[ToDo]
    published: timedelta


PORTAL = Past(
    ago=34 * _DAY,
    codename="saffron heron",
    title="A copy of our applicant portal asks recruiters to sign in",
    category=Category.PHISH,
    severity=Severity.S2,
    reason="A password was typed into it, and the account reads candidates' data.",
    tlp=Tlp.AMBER_STRICT,
    cause=Cause.DECEPTION,
    lead="chiara",
    reports=(
        Told(
            "ben",
            0 * _MINUTE,
            "A mail said that my session on the applicant portal had ended. I typed my password, "
            "and then the page looked wrong.",
            Interaction.ENTERED_CREDENTIALS,
        ),
        Told("ada", 11 * _MINUTE, "The same mail about the portal; I have not opened the link."),
        Told("elena", 26 * _MINUTE, "Two of my team got a mail about the portal. Is it ours?"),
    ),
    declared=14 * _MINUTE,
    engaged=(("it", "dev", 22 * _MINUTE), ("comms", "elena", 40 * _MINUTE)),
    lines=(
        Line(
            19 * _MINUTE,
            "chiara",
            "lead",
            Kind.NOTE,
            "The page is a copy on a domain that is two days old.",
        ),
        Line(
            31 * _MINUTE,
            "dev",
            "it",
            Kind.NOTE,
            "The account's sessions are ended and its password is changed. No other sign-in since.",
        ),
        Line(
            45 * _MINUTE,
            "chiara",
            "lead",
            Kind.UPDATE,
            "One account was concerned. The domain is blocked, and the mail is taken out of all "
            "mailboxes.",
        ),
    ),
    contained=48 * _MINUTE,
    resolved=5 * _HOUR,
    learned=(
        (
            "security",
            Learned(
                well="The first report came two minutes after the password was typed.",
                slowed="Nobody knew at once who may take a mail out of all mailboxes.",
                change="Write down who does that, with a deputy.",
            ),
        ),
        (
            "it",
            Learned(
                well="Ending all sessions took one command.",
                slowed="The portal does not ask for a second factor.",
                change="Ask for one.",
            ),
        ),
    ),
    actions=(
        ToDo("it", "dev", "Have the applicant portal ask for a second factor.", 9 * _DAY),
        ToDo("security", "farid", "Name who takes mails out of all mailboxes.", 3 * _DAY),
    ),
    published=7 * _DAY,
)
HELP_DESK = Past(
    ago=13 * _DAY,
    codename="slate plover",
    title="Callers say that they are the help desk and want sign-in codes",
    category=Category.IMPERSONATION,
    severity=Severity.S3,
    reason="Two calls, and no code was given.",
    tlp=Tlp.GREEN,
    cause=Cause.DECEPTION,
    lead="farid",
    reports=(
        Told(
            "hana",
            0 * _MINUTE,
            "Somebody from the help desk, he said, asked for the code on my phone. I hung up.",
        ),
        Told(
            "grace",
            95 * _MINUTE,
            "A caller knew my manager's name and wanted a sign-in code to repair my account.",
        ),
    ),
    declared=40 * _MINUTE,
    engaged=(("finance", "ben", 3 * _HOUR),),
    lines=(
        Line(
            55 * _MINUTE,
            "farid",
            "lead",
            Kind.NOTE,
            "The help desk calls nobody without a ticket. Both callers hid their number.",
        ),
        Line(
            2 * _HOUR,
            "farid",
            "lead",
            Kind.UPDATE,
            "Two calls so far, no code given. Everybody was told how the help desk really calls.",
        ),
    ),
    contained=2 * _HOUR,
    resolved=_DAY,
    learned=(
        (
            "security",
            Learned(
                well="Both who were called hung up and reported it.",
                slowed="There is no number at which one can ask whether a call is ours.",
                change="Print that number where people look when the phone rings.",
            ),
        ),
        ("finance", Learned(well="Nothing was paid or changed by phone that day.")),
    ),
    actions=(
        ToDo(
            "security",
            "chiara",
            "Print the number for calling back on every badge.",
            within=3 * _DAY,
        ),
        ToDo("finance", "ben", "Confirm that no bank details changed that week.", 2 * _DAY),
    ),
    published=7 * _DAY,
)
#: The older one first.
INCIDENTS = (PORTAL, HELP_DESK)
