"""What a vote's card says, and what several parts of votes say."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction

from workflows.votes.rules import (
    Authority,
    Basis,
    Dispute,
    Ground,
    Mode,
    Resolution,
    Result,
    State,
    Trigger,
)

SUMMARY = "Disagreements become a vote with a rule, a deadline and one named decider."

ABOUT = "About"
WHY = "Why"
RULE = "Rule"
DECIDES = "Decides"
CLOSES = "Closes"
CLOSED = "Closed"
ANSWERED = "Answered"
RESULT = "Result"
SHARES = "Shares"
VETO = "Veto"
DECIDED = "Decided"
CHANGED = "Changed"
STATE = "Now"

#: Instead of shares where they would tell on somebody.
WITHHELD = "The split is withheld, because it would tell on a voter."
SOMEBODY = "Somebody who has left"
SEVERAL = 2
#: Follows the names of the threads.
EACH_BY_ITSELF = ". Each goes on by itself; this card says the same in all of them."
NEW_EVIDENCE = "New evidence"
WHY_CANCELLED = "Why it was cancelled"
EXTENDED = "The deadline was moved once."
REOPENED = "It was opened once more, for new evidence."

MODES: Mapping[Mode, str] = {
    Mode.NAMED: "Who voted what can be read by name after the close, not before.",
    Mode.CONFIDENTIAL: "Names are hidden from colleagues; the auditor role can see them.",
    Mode.SECRET: "Nobody can see who voted what; who has voted is known.",
}
DISPUTES: Mapping[Dispute, str] = {
    Dispute.TECHNICAL: "suitability: technical",
    Dispute.PERSONAL: "suitability: communication or motivation",
    Dispute.TIMELINE: "timeline",
    Dispute.PROCESS: "process",
    Dispute.REQUIREMENT: "requirement",
}
TRIGGERS: Mapping[Trigger, str] = {
    Trigger.EXTREMES: "One says a strong yes and another a strong no.",
    Trigger.MUST_PASS: (
        "A criterion that must be met was met for some and not for others, while most would hire."
    ),
    Trigger.DEPARTMENTS: "The two departments lean to opposite sides.",
    Trigger.RANGE: "The panel is two steps apart or more.",
    Trigger.MINORITY: "Two or more see it differently from the rest.",
}
RESULTS: Mapping[Result, str] = {
    Result.PASSED: "Passed.",
    Result.TIED: "A tie: two answers have the same share.",
    Result.INCONCLUSIVE: "Inconclusive: no answer has the share that it needs.",
    Result.NO_QUORUM: "No quorum: too few answered, or one side did not really vote.",
}
STATES: Mapping[State, str] = {
    State.OPEN: "Open. How it stands is shown to nobody before the close.",
    State.EVIDENCE: "Closed. New evidence can open it once more; otherwise the decider decides.",
    State.DECIDER: "Closed. The decider is asked.",
    State.DIRECTORS: "Closed. The decider has not decided; both directors are asked together.",
    State.SPONSOR: "Closed. The executive sponsor is asked.",
    State.VETOED: "Vetoed. The decider upholds or rejects the veto.",
    State.ON_HOLD: "On hold: nobody has decided, and nothing is decided by silence.",
    State.DECIDED: "Decided.",
    State.CANCELLED: "Cancelled.",
    State.ARCHIVED: "Decided, and in the archive.",
}
AUTHORITIES: Mapping[Authority, str] = {
    Authority.ADVISORY: "confirms the result, or overrides it with reasons",
    Authority.BINDING: "decides where it comes to nothing; what passes is decided",
}
BASES: Mapping[Basis, str] = {
    Basis.BLOCK: "Each side speaks with its weight, however many of it vote",
    Basis.PER_PERSON: "Each vote has the weight of its side",
}
GROUNDS: Mapping[Ground, str] = {
    Ground.CLEARANCE: "clearance",
    Ground.BACKGROUND: "background check",
    Ground.INSIDER_RISK: "insider risk",
    Ground.LEGAL: "law",
    Ground.PROCESS: "process",
}
RESOLUTIONS: Mapping[Resolution, str] = {
    Resolution.WAITING: "waits for the decider",
    Resolution.UPHELD: "upheld",
    Resolution.REJECTED: "rejected",
    Resolution.EXPIRED: "expired without an answer",
}


def heading(code: str, question: str) -> str:
    """Return the first line of a card."""
    return f"{code}: {question}"


def asked_by(opener: str) -> str:
    """Say that a person, not a rule, asked for a vote."""
    return f"{opener or SOMEBODY} asked for it."


def rule(weights: Mapping[str, int], threshold: int, quorum: int, fewest: int) -> str:
    """Say the whole rule in words."""
    shares = ", ".join(f"{name} {weight}" for name, weight in weights.items())
    real = "one real vote" if fewest == 1 else f"{fewest} real votes"
    return (
        f"{shares}. Needs {threshold} %. At least {quorum} % must answer, "
        f"and {real} from each side."
    )


def answered(count: int, electors: int) -> str:
    """Say how many have answered, and nothing of what."""
    return f"{count} of {electors}"


def decides(name: str, authority: Authority) -> str:
    """Say who decides in the end, and what the result is to them."""
    return f"{name}, who {AUTHORITIES[authority]}" if name else "Nobody is named any more"


def shares(each: Iterable[tuple[str, Fraction]]) -> str:
    """Say what each answer came to, in percent with two decimals."""
    return ", ".join(f"{label} {percent(share)}" for label, share in each)


def percent(share: Fraction) -> str:
    """Return an exact percentage with two decimals, rounded to the nearest."""
    hundredths = round(share * 100)
    return f"{hundredths // 100}.{hundredths % 100:02} %"


def passed(label: str) -> str:
    """Say which answer passed."""
    return f"Passed: {label}"


def veto(holder: str, ground: Ground, resolution: Resolution) -> str:
    """Say who vetoed on which ground, and what became of it."""
    return f"{holder or SOMEBODY}, ground: {GROUNDS[ground]}; {RESOLUTIONS[resolution]}"


def decided(label: str, by: str, *, is_override: bool) -> str:
    """Say what was decided and by whom, and that it is not what the vote recommended."""
    whole = f"{label}, by {by}" if by else label
    return f"{whole}, against the recommendation of the vote" if is_override else whole


def changed(version: int, *, is_extended: bool, is_reopened: bool) -> str:
    """Say how a vote came to differ from how it was opened, "" when it does not."""
    reworded = version - 1 - is_reopened
    said = [
        f"Its terms were changed, so all vote anew (wording {version})." if reworded > 0 else "",
        EXTENDED if is_extended else "",
        REOPENED if is_reopened else "",
    ]
    return " ".join(filter(None, said))


def talked_about(threads: int) -> str:
    """Begin to say where the talk goes on when it goes on in several threads."""
    return f"It is talked about in {threads} threads: "


def thread_names(platforms: Sequence[str]) -> list[str]:
    """Return what each thread is called: by its platform, numbered where that has several."""
    counted: Counter[str] = Counter()
    names = []
    for platform in platforms:
        counted[platform] += 1
        number = f" {counted[platform]}" if platforms.count(platform) > 1 else ""
        names.append(f"{platform.title()}{number}")
    return names


def moment(at: datetime) -> str:
    """Return an instant for readers whose screen shows no local time."""
    at = at.astimezone(UTC)
    return f"{at:%A} {at.day} {at:%B %Y}, {at:%H:%M} UTC"


def taken_down(code: str) -> str:
    """Say where a card stood that a vote goes on elsewhere."""
    return (
        f"{code} goes on in private messages, and is shown here no more. "
        f"Whoever takes part can say `vote status {code}` in our own chat."
    )
