"""What feedback says to those who give it, in English, ready for translation."""

from collections.abc import Iterable, Mapping, Sequence

from workflows.feedback.hints import Hint
from workflows.feedback.rules import NOT_ASSESSED, Overall, Rating

HELP = "See which scorecards wait for you, or open the one you name."
USAGE = "[I-881 | C-104]"
HELP_QUICK = "Give feedback in one line, without the form."
USAGE_QUICK = 'I-881 overall=yes tech=4 comm=2 -- "evidence"'
HELP_DECLINE = "Say that you cannot give this feedback, and why."
USAGE_DECLINE = 'I-881 "did not attend"'
HELP_REASSIGN = "Let a colleague give this feedback instead of you."
USAGE_REASSIGN = "I-881 @colleague"
HELP_SNOOZE = "Be reminded later."
USAGE_SNOOZE = "I-881 2h|tomorrow"
HELP_REVISE = "Change what you gave; the earlier version is kept."
USAGE_REVISE = "I-881"

GIVE = "Give feedback"
HELP_GIVE = "Open the scorecard for the interview that this message names."
SEND = "Send"

RATINGS: Mapping[int | str, str] = {
    Rating.WELL_BELOW: "1: well below the bar",
    Rating.BELOW: "2: below the bar",
    Rating.MEETS: "3: meets the bar",
    Rating.EXCEEDS: "4: exceeds the bar",
    NOT_ASSESSED: "Not assessed",
}
OVERALLS: Mapping[Overall, str] = {
    Overall.STRONG_YES: "Strong yes",
    Overall.YES: "Yes",
    Overall.NO: "No",
    Overall.STRONG_NO: "Strong no",
    Overall.NO_DECISION: "No decision (never counted)",
}
OVERALL = "Overall: would you hire?"
REASON = "Reason for the overall"
HINT_EVIDENCE = (
    "What did they do or say? At least 40 characters for 1, 2 and 4; why, if not assessed."
)
HINT_REASON = "What decided it? At least 40 characters; 20 are enough for no decision."
KEEP_WORDS = "I have read the hints and keep my words."
HINT_KEEP_WORDS = "Only that there was such a hint is kept with your feedback, as a count."
AS_DRAFT = "I am not done yet: keep this as a draft."
HINT_AS_DRAFT = "Nothing is checked and nobody else reads it; closing this window keeps nothing."
REVISING = "This was sent before. What you change makes a new version, and the earlier one is kept."
REVISING_LATE = (
    "You could read others by now. What you change stands beside the first, marked as later."
)

NOT_RATED = "Please rate this one, or choose “not assessed” and say why."
WHY_NOT_ASSESSED = "Please say in a few words why this was not assessed."
NOTHING_ASSESSED = (
    "Please rate at least one criterion. If there was nothing to judge, decline instead: "
    "`feedback decline` with the interview's code and the reason."
)
NO_OVERALL = "Please choose an overall, “no decision” if there is none."
NO_BEHAVIOUR = (
    "A fit alone says nothing that others can weigh. Please name what the person did or said."
)

THANKS = "Thank you. It is in; you read the others' once all are in."
THANKS_OWN = "Thank you. It is in; you may now read what the others have given."
THANKS_LATE = "Thank you. It is in, marked as written when you could already read others."
ALREADY_IN = "This is in already, word for word. Nothing more is needed, thank you."
DRAFT_KEPT = "Your draft is kept, and nobody else reads it. Go on whenever you like."
GO_ON = "Go on"
CHANGE = "Change my feedback"
OPEN_FORM = "Open the form"

NOTHING_PENDING = "No scorecard waits for you. Thank you for being on time."
WHICH = "Please name the interview, such as `feedback I-881`, or the candidate: `feedback C-104`."
WHICH_INTERVIEW = "Please name the interview by its code, such as I-881."
SEVERAL = "You have met this candidate more than once. Which interview is it about?"
HANDED_OVER = "A colleague gives this feedback instead of you. Nothing more is needed from you."
ON_TIME, LATE = "due ", "was due "

DECLINE = "Not mine"
FORM_DECLINE = "Decline to give feedback"
WHY_DECLINE = "Why?"
HINT_DECLINE = "The recruiter reads this. Please write nothing here about the candidate."
DECLINED = "Thank you for saying so. You are not asked for it any more; the recruiter is told."
GIVEN_ALREADY = "This feedback is in already, so it stays yours. You can still change it."
REASSIGN = "Ask a colleague"
FORM_REASSIGN = "Ask a colleague instead"
WHO = "Who gives this feedback instead?"
HINT_WHO = "Somebody who was there. They are told, and the seat on the panel is theirs."
SUBMIT_REASSIGN = "Hand over"
WHOM = "Please name one colleague after the interview, such as `feedback reassign I-881 @Ada`."
NOT_THEM = (
    "This colleague cannot give this feedback: they have left, are on the panel already, or may "
    "not see this candidate. Nothing was changed; please choose somebody else."
)
HOW_TO_KEEP = (
    "To keep your words in spite of a hint, repeat the line with `--keep` after the interview."
)
SNOOZE_HOW = "Please say for how long: `2h` for two hours, or `tomorrow`."

HINTS: Mapping[Hint, str] = {
    Hint.AGE: "somebody's age",
    Hint.FAMILY: "pregnancy, children or family plans",
    Hint.MARRIAGE: "being married or not",
    Hint.RELIGION: "religion",
    Hint.ORIGIN: "where somebody is from, or an accent",
    Hint.HEALTH: "health or a disability",
    Hint.ORIENTATION: "whom somebody loves, or their gender identity",
    Hint.UNION: "membership in a union",
    Hint.RECORD: "a criminal record",
}
IMPRESSION = "This is an impression; please add what the person did or said."


def more_evidence(wanted: int, there: int) -> str:
    """Say how much evidence is asked for."""
    return (
        f"Please say in at least {wanted} characters what you saw or heard; "
        f"so far there are {there}, without blanks."
    )


def too_long(length: int, limit: int) -> str:
    """Say that a text does not fit."""
    return f"Please shorten this by {length - limit} characters; it may have {limit}."


def why_no_decision(wanted: int, there: int) -> str:
    """Say that no decision needs a reason."""
    return (
        f"Please say in at least {wanted} characters why there is no decision; "
        f"so far there are {there}, without blanks."
    )


def hint(found: Iterable[Hint]) -> str:
    """Say what a text seems to be about, to its author alone."""
    topics = [HINTS[one] for one in sorted(found) if one in HINTS]
    said = [IMPRESSION] if Hint.IMPRESSION in found else []
    if topics:
        said.insert(
            0,
            f"This seems to mention {' and '.join(topics)}, which must not count here. "
            "Please say what the person did, or tick below that you keep your words.",
        )
    elif said:
        said.append("Or tick below that you keep your words.")
    return " ".join(said)


def criterion(label: str, weight: int, *, is_must: bool) -> str:
    """Return a criterion's heading."""
    return f"{label} ({weight} %{', must pass' if is_must else ''})"


def anchors(described: Sequence[str]) -> str:
    """Return what each rating looks like, one in a line."""
    lines = (f"{number}: {anchor}" for number, anchor in enumerate(described, start=1) if anchor)
    return "\n".join(lines)


def rate(label: str) -> str:
    """Ask for the rating of a criterion."""
    return f"Rating: {label}"


def tell(label: str) -> str:
    """Ask for the evidence behind a rating."""
    return f"Evidence: {label}"


def title(interview: str) -> str:
    """Return the title of the form."""
    return f"Feedback on {interview}"


def subject(interview: str, candidate: str, search: str, kind: str) -> str:
    """Return which interview is meant, as far as everybody on the panel may know it."""
    return f"{interview} with {candidate} for {search}{f', {kind}' if kind else ''}"


def pending(count: int) -> str:
    """Say how many scorecards wait."""
    return f"{count} {'scorecard waits' if count == 1 else 'scorecards wait'} for you:"


def more(count: int) -> str:
    """Say how many more wait than are shown."""
    return f"… and {count} more, when these are done."


def called_off(interview: str) -> str:
    """Say that nobody was met."""
    return f"Nobody asks for feedback on {interview} any more. Nothing is needed from you."


def unfinished(interview: str) -> str:
    """Say that typed feedback is not sent yet."""
    return (
        f"Not sent yet, and nothing is lost: what you typed on {interview} is kept as your draft. "
        "What is missing:"
    )


def too_early(interview: str, starts: str) -> str:
    """Say from when a scorecard can be sent."""
    return (
        f"The interview {interview} has not begun, so your feedback is not sent yet. What you "
        f"wrote is kept as your draft; you can send it from {starts} on."
    )


def no_criterion(word: str, known: Iterable[str]) -> str:
    """Say that a word names no criterion, or more than one."""
    return f"“{word}” does not name one criterion. Use {', '.join(known)}; nothing was sent."


def no_rating(word: str, key: str) -> str:
    """Say which ratings there are."""
    return f"“{word}” is no rating of {key}. Use 1, 2, 3, 4 or not_assessed; nothing was sent."


def no_overall(word: str) -> str:
    """Say which overalls there are."""
    words = ", ".join(one.value for one in Overall)
    return f"“{word}” is no overall. Use one of {words}; nothing was sent."


def snoozed(interview: str) -> tuple[str, str]:
    """Say until when nobody reminds, around the moment itself."""
    return f"You are not reminded of {interview} before ", ". When it is due stays as it was."


def declined(name: str, subject: str) -> str:
    """Tell the recruiter that a scorecard will not come."""
    return f"{name} does not give feedback on {subject}. What they say:"


def waived(name: str, interview: str) -> str:
    """Tell the recruiter that they let somebody off."""
    return f"{name} is not asked for feedback on {interview} any more."


def handed_over(name: str, interview: str) -> str:
    """Say that somebody else gives the feedback."""
    return f"{name} is asked for feedback on {interview} instead, and sits on the panel."
