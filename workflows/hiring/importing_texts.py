"""What people read about imports, in English."""

from collections.abc import Iterable, Sequence

from bot.text import Ref
from workflows.hiring import rules
from workflows.hiring.tables import Search

NOT_THE_MODEL = "This is not what the unified model says of such a thing. Nothing was changed."
LINE_NOT_CSV = "this is not comma-separated text."
MEND_LINES = "Nothing was changed. Mend these lines, then repeat."
NO_END = "it ends before it begins."
IS_HISTORY = "it was over more than a week ago. Leave it out: nobody is asked about it any more."


def needs(
    strangers: Sequence[str], barred: Sequence[str], without_template: Iterable[Search]
) -> list[str]:
    """Say what is missing before all interviews of a hiring system can be taken in."""
    sentences = [unknown_interviewers(strangers)] if strangers else []
    if barred:
        sentences.append(f"I left somebody off a panel: {cannot_meet(barred)}")
    sentences += [
        f"Interviews for the search {Ref(rules.SEARCH, one.id or 0)} wait: {no_template(one)}"
        for one in without_template
    ]
    return [*sentences, "I look again every hour."] if sentences else []


def backwards(candidates: Sequence[str]) -> str:
    """Say that the times of interviews were not taken over, and what to do."""
    return (
        f"The hiring system says that an interview of {', '.join(candidates)} ends before it "
        "begins, so I did not take its time over. Please correct it there."
    )


def cannot_meet(addresses: Sequence[str]) -> str:
    """Say that interviewers must not meet a candidate."""
    return (
        f"{', '.join(addresses)} cannot be there, as a guest, as the candidate, or since they are "
        "kept out of it. Choose somebody else."
    )


def unknown_interviewers(addresses: Sequence[str]) -> str:
    """Say that interviewers are unknown here, and what to do."""
    return (
        f"Nobody here has the address {', '.join(addresses)}, so they were left off their panels. "
        "Make them known with `people add`."
    )


def no_template(search: Search) -> str:
    """Say that there is no scorecard for a search."""
    role = ", ".join(filter(None, (search.role_family, search.level)))
    return f"no scorecard is in force for {role}. Propose one, and let both departments sign it."


def unknown_criteria(unknown: Sequence[str], known: Sequence[str]) -> str:
    """Say that a scorecard has not these criteria."""
    return (
        f"the scorecard has no criterion called {', '.join(unknown)}. "
        f"It has {', '.join(known)}; leave the cell empty for all of them."
    )


def stage_too_long(most: int) -> str:
    """Say that a cell holds more than the name of a stage."""
    return f"the stage is longer than {most} characters. Write a shorter name."


def in_line(number: int, problem: str) -> str:
    """Say in which line of a file something is wrong."""
    return f"Line {number}: {problem}"


def columns_missing(missing: Sequence[str], wanted: Sequence[str]) -> str:
    """Say that the header of a file lacks columns."""
    return (
        f"The file lacks the columns {', '.join(missing)}. Its first line must name "
        f"{', '.join(wanted)}. Nothing was changed."
    )


def cell_empty(column: str) -> str:
    """Say that a cell must not be empty."""
    return f"the column {column} is empty."


def not_a_moment(column: str, text: str) -> str:
    """Say that a cell holds no date and time with a zone."""
    return f"{column} is “{text}”. Write it with its zone, such as 2026-11-02T14:00+01:00."


def not_a_status(text: str, known: Iterable[str]) -> str:
    """Say that a cell holds no status."""
    return f"nothing has the status “{text}”. Write {', '.join(known)}, or nothing."


def lead_not_on_panel(lead: str) -> str:
    """Say that the lead is missing on the panel."""
    return f"the lead {lead} is not on the panel. Add the address there."


def said_otherwise(what: str, number: int) -> str:
    """Say that two lines contradict each other."""
    return f"{what} differs from line {number}. Write the same in both."


def twice(interview: str, number: int) -> str:
    """Say that two lines are of the same interview."""
    return f"the interview {interview} stands in line {number} already."
