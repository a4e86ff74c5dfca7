"""Any message and any form within what workflows may reasonably show, hostile words included."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.ui import (
    Button,
    Buttons,
    ButtonStyle,
    Choice,
    Choices,
    Date,
    DateTime,
    Divider,
    Facts,
    File,
    Form,
    Image,
    Items,
    Link,
    LongText,
    Message,
    Note,
    Number,
    Option,
    PersonInput,
    Quote,
    ShortText,
    Strong,
    Table,
    Text,
    TextStyle,
    Toggle,
    When,
)

#: Large values on a busy machine: as many as are worth their time, however long each takes.
unhurried = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])

_LETTERS = st.one_of(
    st.characters(codec="utf-8"), st.sampled_from("<>&*_~`|@#:\n\r\t \x00\x07\u202e\u2066\u2028")
)
words = st.text(_LETTERS, max_size=60)
some_words = st.text(_LETTERS, min_size=1, max_size=60)
long_words = st.builds(
    lambda text, times: (text * times)[:6000], some_words, st.sampled_from((1, 1, 60, 400))
)
names = st.text("abcdefghijklmnop_", min_size=1, max_size=30)
instants = st.datetimes(
    datetime(2002, 1, 1),  # noqa: DTZ001  # hypothesis takes naive bounds and adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001  # likewise
    timezones=st.just(UTC),
)
_cells = st.text("ab \u00e9<*\n", max_size=6)
urls = st.builds(lambda path: f"https://example.com/{path}", words)


def lines(text: SearchStrategy[str]) -> SearchStrategy[Any]:
    """Return lines of *text*, with and without spans."""
    span = st.one_of(
        st.builds(Strong, text=text),
        st.builds(When, at=instants),
        st.builds(Link, label=words, url=urls),
    )
    return st.one_of(text, st.lists(st.one_of(words, span), max_size=4).map(tuple))


def tuples(of: SearchStrategy[Any], *, least: int = 0, most: int) -> SearchStrategy[Any]:
    """Return tuples of *least* to *most* things."""
    return st.lists(of, min_size=least, max_size=most).map(tuple)


buttons = st.builds(
    Button,
    label=st.text(st.characters(codec="ascii", exclude_categories=["C"]), min_size=1, max_size=75),
    route=names,
    payload=st.dictionaries(names, st.one_of(st.integers(0, 10**12), names), max_size=4),
    style=st.sampled_from(ButtonStyle),
    confirm=st.one_of(st.none(), st.text("abc &<>*", max_size=300)),
)


@st.composite
def tables(draw: Callable[[SearchStrategy[Any]], Any]) -> Table:
    """Return a table of up to 130 rows."""
    columns = draw(st.integers(0, 22))
    row = st.tuples(*[_cells] * columns)
    few = draw(st.lists(row, max_size=3))
    return Table(header=draw(row), rows=tuple(few * draw(st.sampled_from((1, 1, 40)))))


texts = st.builds(Text, text=lines(long_words), style=st.sampled_from(TextStyle))
quotes = st.builds(Quote, text=long_words, source=words)
notes = st.builds(Note, text=lines(long_words))
dividers = st.builds(Divider)
blocks = st.one_of(
    texts,
    quotes,
    notes,
    dividers,
    st.builds(Facts, facts=tuples(st.tuples(words, lines(words)), most=30)),
    st.builds(Items, items=tuples(lines(words), most=30), numbered=st.booleans()),
    st.builds(
        File,
        name=st.just("dates.ics"),
        content=st.just(b"BEGIN"),
        type=st.just("text/calendar"),
        alt=st.one_of(some_words, long_words),
    ),
    st.builds(Image, alt=st.one_of(some_words, long_words), png=st.just(b"")),
    st.builds(Buttons, buttons=tuples(buttons, most=30)),
)
messages = st.builds(Message, text=some_words, blocks=tuples(blocks, most=9))

_about = {
    "label": st.one_of(words, long_words),
    "hint": st.one_of(words, long_words),
    "required": st.booleans(),
}


def _options(most: int) -> SearchStrategy[tuple[Option, ...]]:
    option = st.builds(
        Option, value=st.text("abc123", min_size=1, max_size=9), label=some_words, hint=words
    )
    return st.lists(option, min_size=1, max_size=most, unique_by=lambda o: o.value).map(tuple)


def _many(count: int) -> tuple[Option, ...]:
    return tuple(Option(value=str(n), label=f"Option {n}") for n in range(count))


_offered = st.one_of(_options(12), st.integers(11, 230).map(_many))


def _inputs(name: str) -> SearchStrategy[Any]:
    about = {"name": st.just(name), **_about}
    length = st.integers(1, 3000)
    return st.one_of(
        st.builds(ShortText, initial=words, max_length=length, **about),
        st.builds(LongText, initial=long_words, max_length=length, **about),
        st.builds(Number, initial=st.sampled_from(("", "3", "x")), decimal=st.booleans(), **about),
        st.builds(Choice, options=_offered, initial=st.sampled_from(("", "1", "a")), **about),
        st.builds(Choices, options=_offered, initial=tuples(names, most=2), **about),
        st.builds(PersonInput, **about),
        st.builds(Date, initial=st.one_of(st.none(), st.dates()), **about),
        st.builds(DateTime, initial=st.one_of(st.none(), instants), **about),
        st.builds(Toggle, initial=st.booleans(), **about),
    )


@st.composite
def forms(draw: Callable[[SearchStrategy[Any]], Any]) -> Form:
    """Return a form of up to eight parts."""
    explanation = st.one_of(texts, quotes, notes, dividers)
    called = draw(st.lists(names, max_size=8, unique=True))
    parts = [draw(st.one_of(_inputs(name), explanation)) for name in called]
    return Form(title=draw(some_words), inputs=tuple(parts), route=draw(names))
