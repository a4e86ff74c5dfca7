"""What has to be done in an incident of a kind, whoever leads it.

The steps follow NIST SP 800-61: stop it, keep what shows how it was, find who else is concerned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from workflows.reports.paces import Wait
from workflows.reports.rules import Category


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: by which department, within what, and whether an end waits for it.

    Where nobody is called outside of their hours, *within* is working time.
    """

    department: str
    what: str
    within: Wait
    is_blocking: bool = False


_SOON, _TODAY, _NEXT_DAY = (Wait(timedelta(hours=hours)) for hours in (1, 8, 16))


def _first(department: str, what: str, within: Wait = _SOON) -> Step:
    """Return a step before which nothing is over."""
    return Step(department, what, within, is_blocking=True)


CHECKLISTS: Mapping[Category, tuple[Step, ...]] = MappingProxyType(
    {
        Category.PHISH: (
            _first("it", "Block the sender and the addresses in the message."),
            _first("it", "Find who else received it, and take it out of their boxes.", _TODAY),
        ),
        Category.IMPERSONATION: (
            _first("security", "Call back on a known number whoever was imitated."),
            _first("finance", "Hold payments that were asked for that way."),
        ),
        Category.ACCOUNT: (
            _first("it", "End the open sessions and change how the account signs in."),
            _first("it", "Look at what the account did since it was out of hand.", _TODAY),
        ),
        Category.DEVICE: (
            _first("it", "Take the device off the network, or lock it from afar."),
            _first("it", "Say which data was on it, and whether it was encrypted.", _TODAY),
        ),
        Category.DATA: (
            _first("it", "Close the way by which the data left."),
            _first("legal", "Say whether it is personal data and who must be told.", _TODAY),
            Step("hr", "Say which colleagues or candidates are concerned.", _NEXT_DAY),
        ),
        Category.CANDIDATE: (
            _first("ta", "Hold the interviews and offers of the application."),
            _first("it", "Look at the files and links that came with it.", _TODAY),
        ),
        Category.PAYMENT: (
            _first("finance", "Stop the payment, and call the bank."),
            _first("finance", "Look for other payments to the same account.", _TODAY),
        ),
        Category.PHYSICAL: (
            _first("facilities", "Block badges that are out of hand."),
            _first("facilities", "Keep the records of the doors that are concerned.", _TODAY),
        ),
        Category.CONDUCT: (
            _first("hr", "Agree with the lead who may know, before anything else.", _TODAY),
            Step("legal", "Say what has to be kept.", _NEXT_DAY),
        ),
        Category.UNSURE: (),
    }
)
