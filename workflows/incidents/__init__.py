"""Incidents: several departments act on one security matter, on every platform alike.

For whoever leads the response, and for the departments that have a part in it: who is called, who
has said that they are on it, what happened when, who may read it, and what was learned.
Roles and times follow the practice of incident response (one lead, a written timeline, updates at
a known pace), and the review asks what and how, never who.
"""

from bot.workflow import Workflow
from workflows.incidents.texts import SUMMARY

__all__ = ["workflow"]

workflow = Workflow("incidents", summary=SUMMARY)
