"""What a vote's card says, and what several parts of votes say."""

from collections.abc import Mapping

from workflows.votes.rules import Dispute, Mode, Result, State, Trigger

SUMMARY = "Disagreements become a vote with a rule, a deadline and one named decider."

ABOUT = "About"
WHY = "Why"
RULE = "Rule"
DECIDES = "Decides"
CLOSES = "Closes"
ANSWERED = "Answered"
RESULT = "Result"
DECIDED = "Decided"
STATE = "Now"

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
    Result.PASSED: "Passed",
    Result.TIED: "A tie: two answers have the same share.",
    Result.INCONCLUSIVE: "Inconclusive: no answer has the share that it needs.",
    Result.NO_QUORUM: "No quorum: too few answered, or one side did not really vote.",
}
STATES: Mapping[State, str] = {
    State.OPEN: "Open. How it stands is shown to nobody before the close.",
    State.EVIDENCE: "Closed. New evidence can open it once more; otherwise the decider decides.",
    State.DECIDER: "Closed. The decider is asked.",
    State.DIRECTORS: "Closed. The decider did not answer; both directors are asked together.",
    State.SPONSOR: "Closed. The executive sponsor is asked.",
    State.VETOED: "Vetoed. The decider upholds or rejects the veto.",
    State.ON_HOLD: "On hold: nobody has decided, and nothing is decided by silence.",
    State.DECIDED: "Decided.",
    State.CANCELLED: "Cancelled.",
    State.ARCHIVED: "Decided, and in the archive.",
}


def heading(code: str, question: str) -> str:
    """Return the first line of a card."""
    return f"{code}: {question}"


def asked_by(opener: str) -> str:
    """Say that a person, not a rule, asked for a vote."""
    return f"{opener} asked for it." if opener else "Somebody who has left asked for it."


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
