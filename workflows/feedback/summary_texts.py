"""What is said of rounds: their summary, who is waited for, and break-glass."""

from collections.abc import Mapping, Sequence

from workflows.feedback.rules import Overall, Rating

HELP_SUMMARY = "Read what a panel thinks of a candidate, as far as it is open to you."
USAGE_SUMMARY = "<C-104> [--search=S-12]"
HELP_STATUS = "See which scorecards of a search are still waited for."
USAGE_STATUS = "<S-12>"
HELP_OPEN = "Open scorecards before their time, with a reason; the panel is told."
USAGE_OPEN = '<C-104> --reason="why" [--search=S-12]'

WHICH_CANDIDATE = (
    "Please name the candidate by code, such as “feedback summary C-104”. "
    "“feedback” shows the interviews that you have yourself."
)
WHICH_SEARCH = "Please name the search by code, such as “feedback status S-12”."
WHICH_TO_OPEN = (
    "Please name the candidate by code and say why, such as "
    '“feedback open C-104 --reason="The debrief was moved ahead and Ben is in hospital."”. '
    "Nothing was opened."
)
SEVERAL_TO_OPEN = (
    "This candidate is in several searches. Please name one, such as --search=S-12. "
    "Nothing was opened."
)
SEVERAL = "This candidate is in several searches. Which one do you mean?"

READ_SUMMARY = "Read the summary"
HEADER = ("No.", "Criterion", "Weight", "Low / median / high", "Spread", "Ratings")
HEADER_VOICES = ("Interviewer", "Overall", "Score")
NOT_RATED = "not assessed"
NOTHING_COUNTED = "nothing that counts yet"

OVERALLS: Mapping[Overall, str] = {
    Overall.STRONG_YES: "strong yes",
    Overall.YES: "yes",
    Overall.NO: "no",
    Overall.STRONG_NO: "strong no",
    Overall.NO_DECISION: "no decision, not counted",
}
RATINGS: Mapping[int, str] = {
    Rating.WELL_BELOW: "well below the bar",
    Rating.BELOW: "below the bar",
    Rating.MEETS: "meets the bar",
    Rating.EXCEEDS: "exceeds the bar",
}

SCORE, COVERAGE, TALLY, AGREEMENT = "Score", "Coverage", "Overall", "Agreement"
MUST_PASS, MISSING, HIDDEN = "Must-pass not met", "Still waited for", "In, but not open to you yet"
FOR, AGAINST = "Strongest evidence for", "Strongest evidence against"
DEBRIEF = "An order for the debrief: what is furthest apart comes first."
LATE = "Written after the panel had read:"
DECIDES_NOTHING = "Parley rejects and advances nobody: people decide."
NOTHING_OPEN = "No scorecard is open to you yet. You read them as soon as the panel may."
CLOSE, SPLIT, FAR_APART = "close", "split (!)", "far apart (!!)"


def title(candidate: str, search: str, stage: str) -> str:
    """Name a round."""
    return f"{candidate} in {search}, stage {stage}" if stage else f"{candidate} in {search}"


def label(name: str, code: str) -> str:
    """Name a scorecard by its author and interview."""
    return f"{name} ({code})"


def ready(about: str) -> str:
    """Say that a panel can read."""
    return f"The summary on {about} is ready. Each of you reads what is open to you."


def coverage(percent: str) -> str:
    """Say how much of the weight was assessed."""
    return f"{percent} % of the weight assessed"


def insufficient(enough: int) -> str:
    """Say why there is no number."""
    return f"insufficient coverage: no number below {enough} %"


def tallied(counts: Mapping[Overall, int]) -> str:
    """Say how many would do what."""
    order = [each for each in OVERALLS if each in counts]
    return ", ".join(f"{counts[each]} {OVERALLS[each]}" for each in order) or NOTHING_COUNTED


def agreement(favour: int, against: int) -> str:
    """Say how far the panel agrees."""
    total = favour + against
    if not total:
        return "Nobody has recommended anything yet."
    if total == 1:
        return "One recommendation is not an agreement yet."
    if not favour or not against:
        return f"All {total} lean towards {'yes' if favour else 'no'}."
    if favour == against:
        return f"The panel is split in halves: {favour} lean towards yes, {against} towards no."
    most, word = max((favour, "yes"), (against, "no"))
    return f"{most} of {total} lean towards {word}; hear the others first."


def range_of(low: int, median: str, high: int) -> str:
    """Show a spread in short."""
    return f"{low} / {median} / {high}"


def must_pass(criterion: str, median: str, needed: int) -> str:
    """Say by how much a must-pass criterion is missed."""
    return f"{criterion} (median {median}, needed {needed})"


def source(who: str, criterion: str, rating: int) -> str:
    """Say whose words these are, and on what."""
    return f"{who} on {criterion}: {rating}, {RATINGS[rating]}"


def chart(about: str, lines: Sequence[str]) -> str:
    """Say everything that the picture shows."""
    return f"Ratings of {about} from 1 to 4, lowest / median / highest. {' '.join(lines)}"


def chart_line(number: int, criterion: str, spread: str) -> str:
    """Say what one row of the picture shows."""
    return f"{number}: {criterion} {spread}."


def speaks_last(names: str) -> str:
    """Say in what order people speak."""
    return f"{names} led the panel and should speak last."


def revised(who: str, changes: Sequence[str], *, counts: bool) -> str:
    """Say what somebody changed after the reveal."""
    said = "; ".join(changes) or "other words, the same ratings"
    return f"{who}: {said}. {'This is counted.' if counts else 'The figures do not count it.'}"


def first_was_late(who: str, overall: Overall, *, counts: bool) -> str:
    """Say that somebody's first version came after the reveal."""
    said = "This is counted." if counts else "The figures do not count it."
    return f"{who}: the scorecard came in, overall {OVERALLS[overall]}. {said}"


def changed(what: str, before: str, after: str) -> str:
    """Show one change."""
    return f"{what} {before} → {after}"


def read_card(who: str) -> str:
    """Label the button that shows one scorecard."""
    return f"Read {who}"


def other_stage(stage: str) -> str:
    """Label the button that shows another stage."""
    return f"Stage {stage}" if stage else "The stage without a name"


def count_version(who: str, number: int) -> str:
    """Label the button by which a lead says what counts."""
    return f"Count version {number} of {who}"


def counted(who: str, number: int) -> str:
    """Tell a lead that another version counts."""
    return f"The figures now count version {number} of {who}. The others stay readable."


def card_heading(who: str, about: str, version: int) -> str:
    """Head one scorecard."""
    return f"{who} on {about}, version {version}"


def rating(value: int | str) -> str:
    """Show a rating in words."""
    return f"{value}, {RATINGS[value]}" if isinstance(value, int) else NOT_RATED


# Who is waited for -------------------------------------------------------------------------


def nobody_pending(search: str) -> str:
    """Say that nothing is missing."""
    return f"No scorecard of {search} that you may know of is waited for."


def pending(count: int, search: str) -> str:
    """Say how many are missing."""
    return (
        f"{count} scorecards of {search} are waited for:"
        if count > 1
        else (f"1 scorecard of {search} is waited for:")
    )


def late_by(hours: int) -> str:
    """Say how late somebody is."""
    if hours < 1:
        return "late by less than an hour"
    days, rest = divmod(hours, 24)
    parts = [f"{days} d" if days else "", f"{rest} h" if rest else ""]
    return f"late by {' '.join(filter(None, parts))}"


def more(count: int) -> str:
    """Say that a list goes on."""
    return f"and {count} more"


# Break-glass -------------------------------------------------------------------------------


def reason_too_short(wanted: int) -> str:
    """Ask for a reason that says something."""
    return (
        f'Please say why in {wanted} characters or more: --reason="…". The panel reads it. '
        "Nothing was opened."
    )


GIVE_YOURS_FIRST = (
    "You still owe a scorecard on this candidate yourself, so the others stay closed to you. "
    "Please give yours first. Nothing was opened."
)
OPEN_ALREADY = "All that is in is open to you already, so nothing was recorded."


def opened(about: str) -> str:
    """Tell an admin what they opened."""
    return f"The scorecards on {about} are open to you for an hour. The panel was told."


def glass_broken(who: str, about: str) -> str:
    """Tell a panel that an admin reads."""
    return (
        f"{who} opened the scorecards on {about} before their time, as an admin, for an hour. "
        "This is in the audit. Nothing changes for you. The reason that was given:"
    )


# Disagreement -----------------------------------------------------------------------------

ESCALATE = "Escalate disagreement"


def question(candidate: str, search: str, stage: str) -> str:
    """Ask in plain words what a vote that opens by itself decides."""
    return f"The panel disagrees about {title(candidate, search, stage)}. What comes next?"


def suggested(about: str, trigger: str, why_not: str) -> str:
    """Offer a vote to the one who leads a panel."""
    offer = (
        f"The panel on {about} disagrees. {trigger} You can put it to a vote; only you were told."
    )
    return f"{offer} It did not open by itself: {why_not}" if why_not else offer


def vote_must_wait(about: str) -> str:
    """Say why a vote has to wait, and until when."""
    return (
        f"Somebody on {about} still judges alone, and a vote now would tell them what others "
        "think. Please come back when the summary can be read; nothing was opened."
    )
