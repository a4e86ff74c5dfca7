"""Every text about reports that several parts of it say, in English, ready for translation."""

from datetime import timedelta

from workflows.reports.retention import HARMLESS_KEPT, REAL_KEPT, WITHDRAWN_KEPT
from workflows.reports.rules import Category, Interaction, Outcome, Scope, Severity, State

SUMMARY = "Say that something looks odd; somebody looks within minutes and always answers."

SAY_WHAT = "Say in a sentence what you noticed, and send it again. Nothing was filed."
WHICH_REPORT = "Name one report by its number, such as R-123. Nothing was changed."

CATEGORIES = {
    Category.PHISH: "An odd message or link",
    Category.IMPERSONATION: "Somebody pretending to be somebody else",
    Category.ACCOUNT: "An odd login or sign-in prompt",
    Category.DEVICE: "A device that is lost, stolen or behaves oddly",
    Category.DATA: "Data that went to the wrong place, or is missing",
    Category.CANDIDATE: "A candidate who may not be who they say",
    Category.PAYMENT: "An odd invoice or bank change",
    Category.PHYSICAL: "A visitor, a badge, a door",
    Category.CONDUCT: "A worry about somebody's behaviour",
    Category.UNSURE: "Not sure",
}
INTERACTIONS = {
    Interaction.NONE: "No",
    Interaction.CLICKED: "I clicked a link",
    Interaction.ENTERED_CREDENTIALS: "I typed a password",
    Interaction.APPROVED_MFA: "I approved a sign-in prompt",
    Interaction.OPENED_FILE: "I opened a file",
    Interaction.PAID: "I paid, or changed bank details",
    Interaction.UNSURE: "Not sure",
}
SCOPES = {
    Scope.UNKNOWN: "I do not know",
    Scope.ME: "One person alone",
    Scope.MY_TEAM: "My team",
    Scope.MANY: "Many people",
}
STATES = {
    State.RECEIVED: "received",
    State.ACKNOWLEDGED: "being looked at",
    State.NEEDS_INFO: "waiting for an answer from the reporter",
    State.LINKED: "part of an incident",
    State.CLOSED: "closed",
    State.WITHDRAWN: "withdrawn",
}
OUTCOMES = {
    Outcome.INCIDENT: "It became part of an incident",
    Outcome.STOPPED: "Real, and stopped in triage",
    Outcome.HARMLESS_EXPECTED: "Harmless, and meant to be there",
    Outcome.HARMLESS_UNCLEAR: "Harmless as far as we can tell",
    Outcome.POLICY_QUESTION: "A question about a policy",
    Outcome.ROUTED: "Passed on to another department",
    Outcome.DUPLICATE: "Reported before",
    Outcome.INSUFFICIENT_INFO: "Not enough to go on",
    Outcome.DRILL: "An exercise",
}
SEVERITIES = {
    Severity.S1: "S1, critical",
    Severity.S2: "S2, high",
    Severity.S3: "S3, medium",
    Severity.S4: "S4, low",
}


#: How people say for how long something was kept.
SPANS = {WITHDRAWN_KEPT: "30 days", HARMLESS_KEPT: "90 days", REAL_KEPT: "24 months"}


def erased(kept: timedelta | None) -> str:
    """Say that the words of a report are gone; None of one that is open again since."""
    after = "when its time was over" if kept is None else f"{SPANS[kept]} after it was over"
    return (
        f"What was written in this report was erased {after}. Its number, its dates and how it "
        "ended are kept."
    )


def too_long(longest: int) -> str:
    """Say how much fits into one report."""
    return (
        f"A report holds {longest:,} characters. Send the most important part now, and add the "
        "rest as details afterwards. Nothing was filed."
    )


def addition_too_long(longest: int) -> str:
    """Say how much fits into one addition."""
    return f"{longest:,} characters fit at once. Please send it in parts. Nothing was changed."


def not_now(code: str, state: State) -> str:
    """Say that this is done at another time, or that somebody was first."""
    return (
        f"{code} is {STATES[state]} now, and this cannot be done as long as it is. Nothing was "
        "changed."
    )
