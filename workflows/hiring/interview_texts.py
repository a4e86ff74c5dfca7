"""What hiring says of interviews and their panels."""

from collections.abc import Sequence

from workflows.hiring.rules import InterviewStatus

HELP_INTERVIEW = "Show an interview, with its panel."
HELP_ADD = "Plan an interview with a candidate."
HELP_MOVE = "Give an interview another time."
HELP_ENDINGS = {
    "cancel": "Cancel an interview.",
    "no-show": "Say that the candidate did not come.",
    "done": "Say that an interview took place.",
}
HELP_PANEL_ADD = "Put somebody on a panel."
HELP_PANEL_DROP = "Take somebody off a panel."
USAGE_INTERVIEW = "I-881"
USAGE_ADD = "C-104 [--at=2026-11-30T14:00 --panel=@who,@who --kind=…]"
USAGE_MOVE = "I-881 [--at=2026-11-30T14:00]"
USAGE_PANEL = "I-881 @who"

FORM_ADD = "Plan an interview"
FORM_MOVE = "Move an interview"
SUBMIT_ADD = "Plan it"
SUBMIT_MOVE = "Move it"
KIND = "What kind of interview"
HINT_KIND = "Such as technical, case or values."
STARTS = "Starts"
MINUTES = "Minutes"
LEAD = "Panel lead"
HINT_LEAD = "The most senior one; in the debrief they speak last."
MEMBER = "Also on the panel"
CRITERIA = "Looks at"
DEBRIEF = "The panel talks"
HINT_DEBRIEF = "Scorecards are due two hours before."
KIND_MAX = 60

STATUSES = {
    InterviewStatus.SCHEDULED: "Scheduled",
    InterviewStatus.DONE: "Done",
    InterviewStatus.CANCELLED: "Cancelled",
    InterviewStatus.NO_SHOW: "Nobody came",
    InterviewStatus.RESCHEDULED: "Waits for a new time",
}
FACTS = {
    "candidate": "Candidate",
    "search": "Search",
    "kind": "Kind",
    "stage": "Stage",
    "status": "Status",
    "starts": "Starts",
    "ends": "Ends",
    "debrief": "The panel talks",
    "panel": "Panel",
    "criteria": "Looks at",
    "template": "Scorecard",
}
EMPTY_PANEL = "nobody yet"
MOVE, SEE = "Move", "See it"
END_BUTTONS = {
    "cancel": "Cancel the interview",
    "no-show": "The candidate did not come",
    "done": "It took place",
}
SAY_PANEL = "Say who meets the candidate, such as --panel=@ada,@ben; the first one leads."
TWICE = "This person is on the panel already. Choose somebody else, or leave it empty."
SAY_WHOM = "Say which interview and whom, such as `interview panel add I-881 @ada`."
LEAD_NOT_ON_PANEL = "The lead is not on the panel. Name the lead in --panel as well."
KIND_MISSING = "Please say what kind of interview it is, such as --kind=technical."


def no_template(role: str) -> str:
    """Say what comes before the first interview."""
    return (
        f"No scorecard is in force for {role}, so nothing says what to judge. Owners of security "
        "and talent acquisition agree on one: `template propose`, then `template sign`."
    )


def not_open(search: str, status: str) -> str:
    """Say that a search has to go on first."""
    return (
        f"{search} is {status.casefold()}, so no interview is planned in it. "
        f"If it goes on, say `search reopen {search}` first."
    )


def cannot_meet(name: str) -> str:
    """Say that somebody must not meet this candidate."""
    return (
        f"{name} cannot be on this panel: it would be their own interview, or they are kept out "
        "of it. Choose somebody else."
    )


def panel_full(limit: int) -> str:
    """Say how many can be on a panel."""
    return f"A panel has at most {limit} people. Take somebody off it first."


def no_criteria(unknown: Sequence[str], offered: Sequence[str]) -> str:
    """Say which criteria there are."""
    named = ", ".join(unknown)[:60]
    return f"The scorecard has no “{named}”. Use {', '.join(offered)}."


def planned(interview: str, candidate: str) -> str:
    """Confirm a new interview."""
    return f"{interview} with {candidate} is planned. The panel is asked for scorecards after it."


def moved(interview: str) -> str:
    """Confirm another time."""
    return f"{interview} has its new time, and the scorecards a new due time."


def ended(interview: str, status: InterviewStatus) -> str:
    """Confirm how an interview ended."""
    return f"{interview}: {STATUSES[status].casefold()}."


def cannot_end(interview: str, status: InterviewStatus) -> str:
    """Say that this does not fit how an interview stands."""
    return (
        f"{interview} stands as “{STATUSES[status].casefold()}”, so this cannot be done. "
        f"Nothing was changed; say `interview {interview}` to see it."
    )


def not_begun(interview: str) -> str:
    """Say that nobody can know this yet."""
    return f"{interview} has not begun, so nobody can know yet. `interview cancel` calls it off."


def seated(interview: str, name: str) -> str:
    """Confirm a new place on a panel."""
    return f"{name} is on the panel of {interview}."


def unseated(interview: str, name: str, *, is_empty: bool) -> str:
    """Confirm that somebody left a panel."""
    said = f"{name} is not on the panel of {interview} any more."
    return f"{said} Nobody is left on it: say `interview panel add`." if is_empty else said


def not_seated(interview: str, name: str) -> str:
    """Say that somebody is not on a panel."""
    return f"{name} is not on the panel of {interview}. Say `interview {interview}` to see who is."


def lead(name: str) -> str:
    """Mark who leads a panel."""
    return f"{name} (lead)"
