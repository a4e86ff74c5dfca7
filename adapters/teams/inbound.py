"""What an activity means: a pure function from Teams' words to what a person did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.inbound import Inbound

TEAMS = "teams"


class Surface(StrEnum):
    """Where something was done, which decides how the answer travels."""

    MESSAGE = "message"  #: words; the engine sends the answer by itself
    CARD = "card"  #: a button on a posted card (`adaptiveCard/action`): a toast
    DIALOG_FETCH = "dialog_fetch"  #: a button or an extension that opens a dialog
    DIALOG_SUBMIT = "dialog_submit"  #: something was done in a dialog
    QUERY = "query"  #: somebody types into the message extension's search box


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a person did, and what the way back needs."""

    inbound: Inbound
    surface: Surface
    service_url: str  #: where the Bot Connector of this conversation answers
