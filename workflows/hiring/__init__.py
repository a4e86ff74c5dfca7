"""Hiring: searches, candidates, interviews, and the scorecards by which people are judged.

For recruiters, who keep them, and for everybody on a panel, who reads them. Security and talent
acquisition agree on what is judged and by how much before anybody is met, and what was used once
is never changed under those who used it.
The practice is structured interviewing: the same criteria for everybody who is met for the same
role, each with its bar described in words.
"""

from bot.workflow import Workflow
from workflows.hiring.calls import interviews_change, room_of
from workflows.hiring.defaults import seed
from workflows.hiring.texts import SUMMARY

__all__ = ["interviews_change", "room_of", "seed", "workflow"]

workflow = Workflow("hiring", summary=SUMMARY, is_housekeeping=True)
