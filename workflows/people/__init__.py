"""The people: who is known, what each may do, and which accounts are one person's.

For everybody; admins make people known, give roles for a while or for good, and let people go.
The practice is that of identity governance: joiners, movers and leavers, roles with an owner and
an end, and rights that are looked up at each act instead of being remembered.
"""

from bot.workflow import Workflow
from workflows.people.directory import Colleague, Fate, add, read, settle
from workflows.people.holidays import (
    HolidayPlan,
    read_calendar,
    read_holidays,
    settle_holidays,
)
from workflows.people.rules import GRANTABLE
from workflows.people.staffing import add_department, find, give, leave, move, take_back
from workflows.people.texts import SUMMARY

__all__ = [
    "GRANTABLE",
    "Colleague",
    "Fate",
    "HolidayPlan",
    "add",
    "add_department",
    "find",
    "give",
    "leave",
    "move",
    "read",
    "read_calendar",
    "read_holidays",
    "settle",
    "settle_holidays",
    "take_back",
    "workflow",
]

workflow = Workflow("people", summary=SUMMARY, is_housekeeping=True)
