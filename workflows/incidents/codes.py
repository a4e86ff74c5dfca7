"""The short names by which people speak of incidents."""

from bot.errors import Invalid
from bot.text import Line, Ref
from workflows.incidents import texts
from workflows.incidents.rules import ACTION, ALSO, INCIDENT
from workflows.incidents.tables import Incident


def code(incident: Incident) -> str:
    """Return the short name of an incident, such as SI-42."""
    return code_of(incident.id or 0)


def code_of(id: int) -> str:
    """Return the short name of the incident of that number."""
    return str(Ref(INCIDENT, id))


def action(id: int) -> str:
    """Return the short name of what is done after an incident, such as RA-3."""
    return str(Ref(ACTION, id))


def named_action(line: Line) -> int:
    """Return the number of the action that somebody typed.

    Raises:
        Invalid: they named none, or several.
    """
    numbers = {ref.number for ref in line.refs if ref.kind == ACTION}
    if len(numbers) != 1:
        raise Invalid(texts.WHICH_ACTION)
    return numbers.pop()


def named(line: Line) -> int:
    """Return the number of the incident that somebody typed.

    Raises:
        Invalid: they named none, or several.
    """
    numbers = {ref.number for ref in line.refs if ref.kind in {INCIDENT, ALSO}}
    if len(numbers) != 1:
        raise Invalid(texts.WHICH_INCIDENT)
    return numbers.pop()


def entity(incident_id: int) -> str:
    """Return under what the post ledger and the audit keep what is said of an incident."""
    return f"incident:{incident_id}"
