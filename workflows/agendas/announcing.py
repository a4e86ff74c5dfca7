"""What those who come to a meeting are told of changes, each in private."""

from collections.abc import Iterable

from bot.context import Context
from storage.people import Person
from workflows.agendas import absence, views
from workflows.agendas.tables import Series


def entity(series: Series) -> str:
    """Return under what the post ledger and the audit keep what is said of a series."""
    return f"series:{series.id}"


def tell(ctx: Context, series: Series, text: str) -> None:
    """Tell everybody who comes to a series, but not whoever did it."""
    tell_these(ctx, series, absence.crew(ctx, series).everybody, text)


def tell_these(ctx: Context, series: Series, whom: Iterable[Person], text: str) -> None:
    """Tell some of those who come, but not whoever did it."""
    for someone in whom:
        if someone.id != ctx.person.id:
            ctx.send(someone, views.said(text), about=entity(series))
