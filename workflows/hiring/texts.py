"""What hiring says of searches and candidates."""

from collections.abc import Sequence

from workflows.hiring.rules import (
    ANY_LEVEL,
    CANDIDATE,
    INTERVIEW,
    SEARCH,
    TEMPLATE,
    Reveal,
    SearchStatus,
)

SUMMARY = "Searches, candidates, interviews, and what people are judged by."

LONGEST_ECHO = 60  #: characters of what somebody typed that an answer repeats
ITEMS_NAMED = 12  #: of a list that an answer spells out

WHICH = {
    SEARCH: "Say which search, such as `search S-12`. `search list` shows them all.",
    CANDIDATE: "Say which candidate, such as `candidate C-104`.",
    INTERVIEW: "Say which interview, such as `interview I-881`.",
    TEMPLATE: "Say which template, such as `template show T-3`. `template list` shows them all.",
}
STATUSES = {
    SearchStatus.DRAFT: "Draft",
    SearchStatus.OPEN: "Open",
    SearchStatus.ON_HOLD: "On hold",
    SearchStatus.FILLED: "Filled",
    SearchStatus.CANCELLED: "Cancelled",
    SearchStatus.CLOSED: "Closed",
}
REVEALS = {
    Reveal.AFTER_ALL: "When all are in, or the debrief begins",
    Reveal.AFTER_OWN: "When one's own is in",
}

NOBODY_KNOWN = (
    "I do not know this account as a colleague's. Choose somebody else, or ask an admin to add "
    "them with `people add`."
)
NONE, YES = "nobody", "yes"
UNNAMED = "not given"
BUTTONS_SHOWN = 3
NEXT_PAGE = "Next page"

# Searches -------------------------------------------------------------------------------------

HELP_SEARCH = "Show a search with its candidates."
HELP_LIST = "List the searches."
HELP_ADD = "Open a search for a role that has a scorecard."
HELP_MOVES = {
    "hold": "Put a search on hold.",
    "reopen": "Go on with a search that was on hold or filled.",
    "fill": "Say that a search has found somebody.",
    "cancel": "Cancel a search and its interviews, for good.",
    "close": "Close a search and cancel its interviews, for good.",
}
HELP_CREW = "Say who looks after a search, and when its interviewers read each other."
USAGE_SEARCH = "S-12"
USAGE_CREW = "S-12 [--security=@who] [--ta=@who] [--manager=@who] [--reveal=after_all]"
USAGE_LIST = "[--status=open]"
USAGE_ADD = '["<title>" --role="…" --security=@who --ta=@who --manager=@who]'

FORM_ADD = "Open a search"
SUBMIT_ADD = "Open it"
TITLE = "Title"
ROLE = "Role and level"
HINT_ROLE = "It decides what people are judged by; these have a scorecard in force."
SECURITY_OWNER = "Owner in security"
TA_OWNER = "Owner in talent acquisition"
MANAGER = "Hiring manager"
TARGET_START = "Wanted from"
REVEAL = "Interviewers read each other"
FORM_CREW = "Who looks after it?"
SUBMIT_CREW = "Save"
CREW = "Owners and manager"
SEE = "See the search"
ADD_CANDIDATE = "Add a candidate"
TITLE_MISSING = "Please give the search a title, such as “Senior SOC analyst, Berlin”."
TITLE_MAX = 120

FACTS = {
    "role": "Role",
    "status": "Status",
    "opened": "Opened on",
    "start": "Wanted from",
    "security": "Security owner",
    "ta": "Talent acquisition owner",
    "manager": "Hiring manager",
    "reveal": "Interviewers read each other",
    "name": "Name",
    "source": "Found through",
    "consent": "Kept because of",
    "internal": "Works here",
}
SEARCH_COLUMNS = ("Search", "Title", "Role", "Status", "Candidates")
CANDIDATE_COLUMNS = ("Candidate", "Stage", "Interviews")
ENTRY_COLUMNS = ("Search", "Title", "Stage", "Since")
NO_SEARCHES = "There is no such search that you take part in."
NO_CANDIDATES = "No candidate is in this search yet."
NO_TEMPLATES = (
    "No scorecard is in force yet, so there is nothing to judge anybody by. Owners of security "
    "and talent acquisition agree on one with `template propose` and `template sign`."
)
TWO_OWNERS = "The two departments need two different owners. Please choose somebody else here."
WHO_IS_MISSING = (
    "Say who looks after it: --security=@who, --ta=@who and --manager=@who. "
    "`search add` without more words opens a form."
)
SURE = "Yes, for good"
MOVE_BUTTONS = {
    "hold": "Put on hold",
    "reopen": "Reopen",
    "fill": "Filled",
    "cancel": "Cancel",
    "close": "Close",
}


def no_such(what: str, given: str, offered: Sequence[str]) -> str:
    """Say that a word is none of the words on offer."""
    return f"There is no {what} “{given[:LONGEST_ECHO]}”. Use {', '.join(offered)}."


def room_note(room: str) -> str:
    """Say how the panel gets its channel."""
    return f"For the panel's private channel, say `room add {room}` there."


def role(family: str, level: str) -> str:
    """Name a role family and level, such as "SOC analyst, junior"."""
    return f"{family}, any level" if level == ANY_LEVEL else f"{family}, {level}"


def no_role(given: str, offered: Sequence[str]) -> str:
    """Say which roles can be sought."""
    if not offered:
        return NO_TEMPLATES
    shown = "; ".join(offered[:ITEMS_NAMED])
    named = f"No scorecard is in force for “{given[:LONGEST_ECHO]}”. " if given else ""
    return f'{named}Say which role with --role="…", one of: {shown}.'


def which_search(candidate: str, codes: Sequence[str]) -> str:
    """Ask which of several searches is meant."""
    listed = ", ".join(codes[:ITEMS_NAMED])
    return f"{candidate} is in {listed}. Say which one you mean, such as --search={codes[0]}."


def not_a_colleague(name: str) -> str:
    """Say that somebody does not work here."""
    return f"{name} has left or is a guest here. Please choose a colleague."


def search_added(code: str, title: str) -> str:
    """Confirm a new search."""
    return f"{code}, “{title}”, is open."


def owner_told(code: str, title: str, by: str) -> str:
    """Tell somebody that a search counts on them."""
    return f"{by} opened {code}, “{title}”, and named you in it. Say `search {code}` to see it."


def named_told(code: str, title: str, by: str) -> str:
    """Tell somebody that a search that goes on counts on them."""
    return f"{by} named you in {code}, “{title}”. Say `search {code}` to see it."


def seated_now(name: str) -> str:
    """Say who looks after a search, beside the question who does from now on."""
    return f"Now: {name}. Leave it empty to change nothing."


def crew_now(code: str, names: Sequence[str], reveal: Reveal) -> str:
    """Confirm who looks after a search."""
    security, ta, manager = names
    return (
        f"{code}: {security} owns it for security, {ta} for talent acquisition, and the hiring "
        f"manager is {manager}. {REVEAL}: {REVEALS[reveal].casefold()}."
    )


def moved(code: str, status: SearchStatus, cancelled: int = 0) -> str:
    """Confirm a step of a search."""
    said = f"{code} is {STATUSES[status].casefold()} now."
    return f"{said} {count(cancelled, 'interview')} cancelled with it." if cancelled else said


def cannot_move(code: str, status: SearchStatus) -> str:
    """Say that a step does not fit."""
    return (
        f"{code} is {STATUSES[status].casefold()}, so this cannot be done. "
        f"Nothing was changed; say `search {code}` to see it."
    )


def ask_to_end(code: str, verb: str, interviews: int) -> str:
    """Ask before a search is over for good."""
    lost = f" {count(interviews, 'planned interview')} would be cancelled." if interviews else ""
    return f"Do you want to {verb} {code}? There is no way back.{lost}"


def is_over(code: str, status: SearchStatus) -> str:
    """Say that nothing is added to a search any more."""
    return (
        f"{code} is {STATUSES[status].casefold()}, so nothing is added to it. "
        f"If it goes on, say `search reopen {code}`."
    )


def count(number: int, noun: str) -> str:
    """Say how many there are."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# Candidates -----------------------------------------------------------------------------------

HELP_CANDIDATE = "Show a candidate, by code."
HELP_CANDIDATE_ADD = "Add a candidate to a search."
HELP_STAGE = "Move a candidate to another stage."
HELP_RECUSE = "Keep somebody out of all that concerns a candidate, for good."
HELP_COLLEAGUE = "Say which colleague a candidate is: they see nothing about themselves."
HELP_COLLEAGUE_DROP = "Take back that a candidate is a colleague."
USAGE_CANDIDATE = "C-104"
USAGE_CANDIDATE_ADD = "S-12 [C-104]"
USAGE_STAGE = "C-104 <stage> [--search=S-12]"
USAGE_RECUSE = "C-104 [@who]"

FORM_CANDIDATE = "Add a candidate"
SUBMIT_CANDIDATE = "Add"
NAME = "Name"
HINT_NAME = "It is stored sealed; everybody speaks of the candidate by code."
SOURCE = "Found through"
HINT_SOURCE = "Such as a referral, an agency or the careers page."
STAGE = "Stage"
HINT_STAGE = "The interviews of one stage are judged together."
INTERNAL = "If they work here: who it is"
HINT_INTERNAL = "They never see anything about themselves."
CONSENT = "Kept because of"
CONSENTS = {
    "application": "Their application",
    "consent": "Their consent",
    "legitimate_interest": "Our legitimate interest",
}
FIRST_STAGE = "screening"
STAGE_MAX, NAME_MAX, SOURCE_MAX = 40, 120, 80
NAME_IN_FORM = (
    "I did not keep these words. A candidate's name is given in the form alone, where nobody "
    "reads along: say `candidate add {search}` without more words."
)
STAGE_MISSING = f"Please say to which stage, in at most {STAGE_MAX} characters, such as “onsite”."
OWN_CANDIDACY = "Nobody keeps their own candidacy. Ask another recruiter to do it."
RECUSE = "Recuse"
FORM_COLLEAGUE = "Who is it?"
SUBMIT_COLLEAGUE = "Go on"
WHO = "The colleague who applies"
MARK, UNMARK = "They work here", "They do not work here"
SURE_MARK, SURE_UNMARK = "Yes, it is them", "Yes, it is not them"
PLAN_INTERVIEW = "Plan an interview"


def candidate_added(candidate: str, search: str) -> str:
    """Confirm a new candidate."""
    return f"The candidate is {candidate} in {search}. Speak of them by this code."


def in_search_already(candidate: str, search: str) -> str:
    """Say that a candidate is there."""
    return f"{candidate} is in {search} already. Say `candidate {candidate}` to see where."


def known_already(candidate: str, search: str) -> str:
    """Say that a colleague is a candidate already."""
    return f"This colleague is known as {candidate}. Say `candidate add {search} {candidate}`."


def stage_now(candidate: str, search: str, stage: str) -> str:
    """Confirm a stage."""
    return f"{candidate} is at the stage “{stage}” in {search} now."


def ask_to_recuse(candidate: str, name: str) -> str:
    """Ask before somebody is kept out for good."""
    return (
        f"Keep {name} out of all that concerns {candidate}? They leave its panels and never see "
        "anything about it again. There is no way back."
    )


def recused(candidate: str, name: str, left: Sequence[str]) -> str:
    """Confirm a recusal, and name the interviews that miss somebody now."""
    said = f"{name} is kept out of all that concerns {candidate}."
    if not left:
        return said
    first = left[0]
    return f"{said} They left {', '.join(left)}: say `interview panel add {first} @who`."


def ask_to_mark(candidate: str, name: str) -> str:
    """Ask before a colleague is kept out of their own candidacy."""
    return (
        f"Is {candidate} {name}? They leave its panels, and from then on see nothing about "
        "themselves, whatever else they look after."
    )


def marked(candidate: str, name: str, left: Sequence[str]) -> str:
    """Confirm which colleague a candidate is, and name the interviews that miss somebody now."""
    said = f"{candidate} is {name}, who sees nothing of it from now on."
    if not left:
        return said
    return f"{said} They left {', '.join(left)}: say `interview panel add {left[0]} @who`."


def marked_already(candidate: str) -> str:
    """Say that a candidate is somebody already."""
    return (
        f"It is known already which colleague {candidate} is. Nothing was changed; if it is "
        f"somebody else, say `candidate colleague drop {candidate}` first."
    )


def another_already(other: str, name: str) -> str:
    """Say that a colleague is another candidate."""
    return (
        f"{name} is known as {other}. Nothing was changed; if that is wrong, say "
        f"`candidate colleague drop {other}` first."
    )


def not_marked(candidate: str) -> str:
    """Say that a candidate is no colleague."""
    return f"{candidate} is no colleague, as far as I know. Nothing was changed."


def ask_to_unmark(candidate: str, name: str) -> str:
    """Ask before somebody may read what they were kept out of."""
    return (
        f"Is {candidate} not {name}? They would read about {candidate} again wherever their "
        "roles let them, and come back to no panel by themselves."
    )


def unmarked(candidate: str) -> str:
    """Confirm that a candidate is no colleague."""
    return (
        f"{candidate} is no colleague any more. If it is another one, say "
        f"`candidate colleague {candidate}`."
    )
