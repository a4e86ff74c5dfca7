"""What the owners of a series are told, each of them privately."""

from bot.context import Context
from workflows.agendas import absence, codes, views
from workflows.agendas.tables import Meeting, Series


def owners(ctx: Context, series: Series, meeting: Meeting, text: str) -> None:
    """Tell the owners something that happened to a meeting by itself."""
    for owner in absence.crew(ctx, series).owners:
        about = codes.entity(meeting.id)
        key = f"{about}:told:{meeting.sequence}:{meeting.state}:{owner.id}"
        ctx.send(owner, views.said(text), key=key, about=about)
