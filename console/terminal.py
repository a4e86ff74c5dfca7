"""What the command line shows: tables, machine-readable lists, progress, and refusals in words."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.text import Text

# The bot reads this module as well when it starts, and draws nothing: rich, which costs 0.1 s
# and 5 MiB, is imported where something is drawn.
T = TypeVar("T")

#: The option of every verb that shows a list.
AsJson = Annotated[bool, typer.Option("--json", help="Print the list as JSON, for programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; change nothing.")]


def say(text: str) -> None:
    """Print a sentence."""
    typer.echo(text)


def refuse(text: str, *, code: int = 1) -> NoReturn:
    """Print what is wrong to stderr, and end with *code*."""
    typer.echo(text, err=True)
    raise typer.Exit(code)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; what people wrote in it is shown, never obeyed."""
    from rich.table import Table  # noqa: PLC0415  # see above

    table = Table(*columns, header_style="bold")
    for row in rows:
        table.add_row(*map(_cell, row))
    _screen().print(table)


def show_json(rows: object) -> None:
    """Print values, or lists of them, as JSON."""
    typer.echo(json.dumps(rows, default=_plain, ensure_ascii=False, indent=2))


def inert(text: str) -> str:
    """Return *text* with a mark in place of each character that a terminal would obey."""
    return "".join(char if char.isprintable() else "�" for char in text)


def tracked(rows: Sequence[T], title: str) -> Iterable[T]:
    """Yield *rows* under a progress bar; without a terminal nothing is drawn."""
    with _bar() as bar:
        yield from bar.track(rows, description=title)


def waiting(title: str) -> Progress:
    """Return a progress bar to enter, for work that tells how far it is."""
    bar = _bar()
    bar.add_task(title, total=None)
    return bar


def follow(bar: Progress) -> Callable[[int, int], None]:
    """Return a function that moves *bar*, given how much is done and how much there is."""

    def moved(done: int, total: int) -> None:
        for task in bar.task_ids:
            bar.update(task, completed=done, total=total)

    return moved


def _bar() -> Progress:
    from rich.progress import Progress  # noqa: PLC0415  # see above

    errors = _screen(stderr=True)
    return Progress(console=errors, disable=not errors.is_terminal, transient=True)


def _screen(*, stderr: bool = False) -> Console:
    from rich.console import Console  # noqa: PLC0415  # see above

    return Console(stderr=stderr)


def _cell(value: object) -> Text:
    """Return a cell's text; a list has a line for each of its parts."""
    from rich.text import Text  # noqa: PLC0415  # see above

    match value:
        case None:
            return Text()
        case list():
            return Text("\n").join(map(_cell, value))
        case datetime():
            return Text(value.isoformat(sep=" ", timespec="seconds"))
        case _:
            return Text(inert(str(value)), overflow="fold")


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.asdict(value)
        case _:
            return str(value)
