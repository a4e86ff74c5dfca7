"""Every text about people that people read, in English, ready for translation."""

from collections.abc import Iterable, Sequence
from datetime import date

from storage.people import Grant

SUMMARY = "Who is known, and what each may do."


def series(words: Sequence[str], last: str = "and") -> str:
    """Return words as one reads them: a, b and c."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def role(grant: Grant) -> str:
    """Return a role as it is typed."""
    return f"{grant.role}@{grant.department}" if grant.department else grant.role


def roles(grants: Iterable[Grant]) -> str:
    """Return several roles as they are typed."""
    return ", ".join(map(role, grants))


# What cannot be taken ---------------------------------------------------------------------------

NOT_RECOGNISABLE = (
    "Give an e-mail address or an account, or nobody can be recognised by it. Nothing was changed."
)
#: After the number of a line.
LINE_HAS_NO_NAME = "the name is missing."
LINE_NOT_RECOGNISABLE = "give an e-mail address or an account, or nobody can be recognised by it."
LINE_NOT_CSV = "this is not comma-separated text."
MEND_LINES = "Nothing was changed. Mend these lines, then repeat."
DEPARTMENT_NAME = (
    "Say what the department is called as well, such as “people department add sales Sales”."
)


def bad_account(given: str) -> str:
    """Say how an account is written."""
    return (
        f"I cannot read the account “{given}”. Write it as platform:tenant:user, "
        "or give the e-mail address."
    )


def no_such(what: str, given: str, offered: Iterable[str]) -> str:
    """Say that a word is none of the words on offer."""
    return f"There is no {what} “{given}”. Choose one of {', '.join(offered)}."


def no_role(given: str, offered: Iterable[str]) -> str:
    """Say that there is no such role that could be given."""
    return f"There is no role “{given}” to give. Choose one of {', '.join(offered)}."


def bad_key(limit: int) -> str:
    """Say what the key of a department looks like."""
    return (
        f"A department's key has letters, digits and hyphens only, at most {limit} of them, "
        "such as “sales-emea”. Nothing was changed."
    )


def bad_day(given: str) -> str:
    """Say how a day is written."""
    return f"“{given}” is no date. Write it as 2027-03-31."


def has_passed(day: date) -> str:
    """Say that a role would end before it begins."""
    return f"{day} has passed, so the role would never hold. Nothing was changed."


def in_line(number: int, problem: str) -> str:
    """Say in which line of a file something is wrong."""
    return f"Line {number}: {problem}"


def columns_missing(missing: Sequence[str], wanted: Sequence[str]) -> str:
    """Say that the header of a file lacks columns."""
    return (
        f"The file lacks the columns {', '.join(missing)}. Its first line must name "
        f"{', '.join(wanted)}. Nothing was changed."
    )


def several_people(name: str, owners: Sequence[str]) -> str:
    """Say that a line of a file names more than one person."""
    return (
        f"The accounts and the address of {name} belong to {series(owners)}. "
        "Nothing was changed. Leave out what is wrong, then repeat."
    )


def known_already(name: str, id: int) -> str:
    """Say that somebody need not be added."""
    return (
        f"{name} is known by that account or address already, with the number {id}. "
        "Nothing was changed."
    )


def nobody(who: str) -> str:
    """Say that nobody is known by a number, an address or an account."""
    if who.isdecimal():
        return f"Nobody here has the number {who}. Nothing was changed."
    return (
        f"Nobody here has “{who}”. “people list” shows who is known, "
        "and “people add” makes somebody known."
    )


def has_left(name: str) -> str:
    """Say that somebody who left gets no role."""
    return f"{name} has left, so nothing was granted. “people add” lets them come back."


def left_already(name: str) -> str:
    """Say that somebody has left before."""
    return f"{name} has left already. Nothing was changed."


def last_admin(name: str) -> str:
    """Say why the last admin stays one."""
    return (
        f"{name} is the last admin who stays one, and without an admin nobody could put things "
        "right. Nothing was changed. Make somebody else an admin first."
    )


def not_held(name: str, grant: Grant, held: Sequence[Grant]) -> str:
    """Say that somebody does not have a role, and what they have."""
    return (
        f"{name} has no role {role(grant)}, so nothing was changed. "
        f"What they have: {roles(held) or 'no role'}."
    )


def department_taken(key: str, name: str) -> str:
    """Say that there is a department with this key."""
    return f"There is a department {key} already: {name}. Nothing was changed."


# In chat ----------------------------------------------------------------------------------------

HELP_PEOPLE = "Show who you are to me; to an admin, who is known."
HELP_LIST = "List who is known, by name."
HELP_SHOW = "Show one person, or yourself: roles, accounts, department."
HELP_ADD = "Make somebody known; without words a form opens."
HELP_GRANT = "Give somebody a role, for a while or for good; without words a form opens."
HELP_REVOKE = "Take a role back; it ends with the person's next click."
HELP_DEPARTMENT = "List the departments, or move somebody into one."
HELP_DEPARTMENT_ADD = "Add a department."
HELP_LEAVE = "Let somebody go: no role any more, and a stranger from their next click on."

USAGE_WHO = "<address, number or account>"
USAGE_GRANT = f"{USAGE_WHO} <role@department> [--rank=deputy] [--until=2027-03-31]"
USAGE_REVOKE = f"{USAGE_WHO} <role@department>"
USAGE_LIST = "[--dept=…] [--role=…] [--left]"
USAGE_ADD = '"<name>" [--email=…] [--account=…] [--dept=…] [--zone=…]'
USAGE_DEPARTMENT = f"[{USAGE_WHO} <department>]"
USAGE_DEPARTMENT_ADD = "<key> <name>"

NEXT_PAGE = "Next page"
NOBODY_SO = "Nobody is known of whom that is true. “people add” makes somebody known."
GIVE = "Give a role"
MOVE = "Change the department"
LET_GO = "Let them leave"

COLUMNS = ("Number", "Name", "Department", "Roles", "Accounts")
DEPARTMENT_COLUMNS = ("Key", "Name", "People", "Owners")
NO_ROLE = "no role"
NO_ACCOUNT = "no account yet"
NO_DEPARTMENT = "no department"
LEFT = "has left"
TILL = "until"

LABELS = {
    "number": "Number",
    "department": "Department",
    "email": "E-mail",
    "zone": "Time zone",
    "roles": "Roles",
    "accounts": "Accounts",
    "standing": "Standing",
}

FORM_ADD = "Make somebody known"
FORM_GIVE = "Give a role"
FORM_MOVE = "Change a department"
SUBMIT_ADD = "Make known"
SUBMIT_GIVE = "Give the role"
SUBMIT_MOVE = "Change it"

WHO = "Who?"
HINT_WHO = "Somebody who is known already; “people add” makes somebody known."
HINT_WHO_NEW = "Their account here; it is how I recognise them."
NAME = "Name"
EMAIL = "E-mail address"
HINT_EMAIL = "The work address, known to be theirs; by it they link their other account."
DEPARTMENT = "Department"
ZONE = "Time zone"
HINT_ZONE = "Such as Europe/London; times are shown to them in it."
ROLE = "Role"
IN_DEPARTMENT = "In which department?"
HINT_IN_DEPARTMENT = "Left empty, the role holds in every department."
RANK = "Rank"
HINT_RANK = "Of several who hold it, the primary is asked first."
UNTIL = "Last day"
HINT_UNTIL = "Left empty, the role has no end."
RANKS = {1: "Primary", 2: "Deputy", 3: "Backup"}
ROLE_LABELS = {
    "owner": "Owner: approves what the department suggests",
    "recruiter": "Recruiter: keeps searches, candidates and interviews",
    "director": "Director: may veto for the department, and decides when a decider is silent",
    "sponsor": "Executive sponsor: decides what the directors could not",
    "auditor": "Auditor: reads who voted what where colleagues do not",
    "triage": "Triage: looks at what colleagues report, and answers them",
    "responder": "Responder: acts for the department in an incident, and speaks for it",
    "admin": "Admin: configures Parley",
}
NOT_KNOWN_YET = "This account is nobody's yet. Make the person known first, with “people add”."
NAME_AND_ACCOUNT = "Say the name, then --email or --account, or just “people add” for a form."
SAY_WHO = "Say who: an e-mail address, a number from “people list”, or an account."
SAY_WHO_AND_ROLE = (
    "Say who and which role, such as “people grant ada@example.com owner@ta”, "
    "or just “people grant” for a form. Nothing was changed."
)
SAY_WHO_AND_DEPARTMENT = (
    "Say who and which department, such as “people department ada@example.com ta”. "
    "Nothing was changed."
)


def ends(grant: Grant) -> str:
    """Return a role with its rank, as a line of a card begins."""
    return f"{role(grant)}, {RANKS.get(grant.rank, str(grant.rank)).casefold()}"


def added(name: str, id: int) -> str:
    """Say that somebody is known now."""
    return f"{name} is known now, with the number {id}."


def given(name: str, grant: Grant) -> str:
    """Say that somebody has a role now."""
    return f"{name} now has the role {role(grant)}."


def given_to_you(by: str, grant: Grant) -> str:
    """Tell somebody that they have a role now."""
    return f"{by} gave you the role {role(grant)}. Say “help” to see what you may do now."


def taken_back(name: str, grant: Grant) -> str:
    """Say that somebody no longer has a role."""
    return f"{name} no longer has {role(grant)}."


def take(grant: Grant) -> str:
    """Return the label of the button that takes a role back."""
    return f"Take {role(grant)} back"


def sure_to_take(name: str, grant: Grant) -> str:
    """Ask before a role is taken back."""
    return f"{name} will not have {role(grant)} from the next click on. You can give it again."


def moved(name: str, department: str | None) -> str:
    """Say where somebody works now."""
    return f"{name} is now in {department}." if department else f"{name} is in no department now."


def ask_to_let_go(name: str, held: str) -> str:
    """Ask before somebody is let go."""
    return (
        f"{name} loses everything: {held}. From their next click on they are a stranger, "
        "and what waits to be sent to them is not sent. “people add” lets them come back, "
        "without the roles."
    )


def sure_to_let_go(name: str) -> str:
    """Ask once more."""
    return f"Let {name} leave now?"


def let_go(name: str) -> str:
    """Say that somebody has left."""
    return f"{name} has left, and is a stranger from now on."


def department_added(key: str, name: str) -> str:
    """Say that there is a new department."""
    return f"{name} is a department now. Roles in it are written like owner@{key}."


def page(first: int, shown: int, total: int) -> str:
    """Say which part of a list is shown."""
    return f"People {first + 1} to {first + shown} of {total}."
