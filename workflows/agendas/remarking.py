"""What stands above each agenda: who will not be there, and clocks that are apart for a while."""

from bot.context import Context
from workflows.agendas import absence, calls, sites
from workflows.agendas import clock_texts as texts
from workflows.agendas.rules import Reach
from workflows.agendas.tables import Meeting


@calls.remark
def away(ctx: Context, meeting: Meeting, reach: Reach) -> str:
    """Say who will not be there; how many, where not everybody who reads is known."""
    if reach is Reach.OUTSIDE:
        return ""
    absent = absence.absent(ctx, meeting)
    if not absent:
        return ""
    if reach is Reach.KNOWN:
        return texts.absent([one.name for one in absent])
    return texts.so_many_absent(len(absent))


@calls.remark
def clocks(ctx: Context, meeting: Meeting, reach: Reach) -> str:
    """Say what the clocks show elsewhere; where others read, nothing of where people are."""
    return "" if reach is Reach.OUTSIDE else sites.apart(ctx, meeting)
