"""What several parts of incidents show."""

from bot.ui import Message
from workflows.incidents import texts
from workflows.incidents.tables import Incident


def stub(code: str, incident: Incident) -> Message:
    """Return what is left of a card where nothing more may be read: the number and the state."""
    return Message(text=f"{code} is {texts.STATES[incident.state]}.")


def erased(code: str, incident: Incident) -> Message:
    """Return what is left wherever an incident was shown, once its words are erased."""
    return Message(text=f"{stub(code, incident).text} {texts.ERASED}")
