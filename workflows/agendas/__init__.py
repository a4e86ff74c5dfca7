"""Agendas: the weekly meeting's agenda writes itself, and its actions come back until done.

For departments that meet every week, such as security and talent acquisition, and for any other
group. Parley drafts from live data a day before, the owners edit and approve, everybody reads the
same on every platform, and what was decided is kept.
The practice is that of the standing meeting with a fixed order by risk, time for each part, a named
owner for each action, and actions that are done, dropped or given away, never silently forgotten.
"""

from bot.workflow import Workflow
from workflows.agendas.texts import SUMMARY

__all__ = ["workflow"]

workflow = Workflow("agendas", summary=SUMMARY, asides=frozenset({"note"}))
