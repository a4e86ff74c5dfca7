"""The figures as a table; what may not be told is said to be missing."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.shown import NOTHING
from bot.ui import Message, Note, Table, Text, TextStyle
from workflows.incidents import measuring_texts as said
from workflows.incidents import parts
from workflows.incidents.measures import Count, Figure, Metric, Share, Spans, is_told

#: What is shown of how long something took; 0 is the mean.
_SHOWN: Mapping[Metric, tuple[int, ...]] = {
    Metric.RECEIPT: (50, 95),
    Metric.DELAY: (50,),
}
_USUALLY = (0, 50, 90)
_MINUTE, _HOUR = 60, 3600


def figures(since: datetime, found: Iterable[Figure]) -> Message:
    """Show every figure, with how many cases it is of."""
    heading = said.heading(f"{since:%Y-%m}")
    rows = tuple(_row(one) for one in found)
    told = "; ".join(f"{title}: {value} (n {n})" for title, n, value in rows)
    blocks = (
        Text(text=heading, style=TextStyle.HEADING),
        Table(header=said.HEADER, rows=rows),
        Note(text=said.NOTE),
    )
    return Message(text=f"{heading}. {told}. {said.NOTE}", blocks=blocks)


def _row(figure: Figure) -> tuple[str, str, str]:
    title = said.TITLES[figure.metric]
    if isinstance(figure, Share) and figure.group:
        title = f"{title}: {parts.title_of(figure.group)}"
    if not is_told(figure):
        return title, said.TOO_FEW if figure.n else "0", NOTHING
    return title, str(figure.n), _value(figure)


def _value(figure: Figure) -> str:
    match figure:
        case Spans():
            shown = _SHOWN.get(figure.metric, _USUALLY)
            return ", ".join(_span_of(figure, one) for one in shown)
        case Share():
            return said.share(figure.part, figure.n, round(figure.exact * 100))
        case Count():
            return "" if figure.oldest is None else said.oldest(_span(figure.oldest))


def _span_of(figure: Spans, percent: int) -> str:
    if not percent:
        return f"mean {_span(figure.mean())}"
    return f"p{percent} {_span(figure.percentile(percent))}"


def _span(span: timedelta) -> str:
    """Return a span to the second, such as 26:03:00."""
    seconds = round(span.total_seconds())
    hours, rest = divmod(abs(seconds), _HOUR)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{hours}:{rest // _MINUTE:02}:{rest % _MINUTE:02}"
