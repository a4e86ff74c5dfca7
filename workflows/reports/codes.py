"""The short names by which people speak of reports."""

from datetime import UTC, datetime

from bot.context import Context
from bot.errors import Invalid
from bot.text import Line, Ref, split_verb
from workflows.reports import texts
from workflows.reports.rules import REPORT
from workflows.reports.tables import Report


def code(report: Report) -> str:
    """Return the short name of a report, such as R-123."""
    return code_of(report.id or 0)


def code_of(id: int) -> str:
    """Return the short name of the report of that number."""
    return str(Ref(REPORT, id))


def named(line: Line) -> int:
    """Return the number of the report that somebody typed.

    Raises:
        Invalid: they named none, or several.
    """
    numbers = {ref.number for ref in line.refs if ref.kind == REPORT}
    if len(numbers) != 1:
        raise Invalid(texts.WHICH_REPORT)
    return numbers.pop()


def first_named(text: str) -> tuple[int, str]:
    """Return the number of the report that a text begins with, and what follows it.

    Raises:
        Invalid: it begins with none.
    """
    word, rest = split_verb(text)
    ref = Ref.parse(word)
    if ref is None or ref.kind != REPORT:
        raise Invalid(texts.WHICH_REPORT)
    return ref.number, rest.strip()


def entity(report_id: int) -> str:
    """Return under what the post ledger and the audit keep what is said of a report."""
    return f"report:{report_id}"


def stamp(ctx: Context) -> str:
    """Return what sets this moment's messages apart from those of any other."""
    return moment(ctx.now)


def moment(at: datetime) -> str:
    """Return an instant as a part of a key."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%f")
