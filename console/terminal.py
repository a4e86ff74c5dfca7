"""What the command line shows: tables, machine-readable lists, progress, and refusals in words."""

import dataclasses
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress, track
from rich.table import Table
from rich.text import Text

T = TypeVar("T")

#: The option of every verb that shows a list.
AsJson = Annotated[bool, typer.Option("--json", help="Print the list as JSON, for programs.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; change nothing.")]

_out = Console()
_err = Console(stderr=True)


def say(text: str) -> None:
    """Print a sentence."""
    typer.echo(text)


def refuse(text: str, *, code: int = 1) -> NoReturn:
    """Print what is wrong to stderr, and end with *code*."""
    typer.echo(text, err=True)
    raise typer.Exit(code)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; what people wrote in it is shown, never obeyed."""
    table = Table(*columns, header_style="bold")
    for row in rows:
        table.add_row(*map(_cell, row))
    _out.print(table)


def show_json(rows: object) -> None:
    """Print values, or lists of them, as JSON."""
    typer.echo(json.dumps(rows, default=_plain, ensure_ascii=False, indent=2))


def inert(text: str) -> str:
    """Return *text* with a mark in place of each character that a terminal would obey."""
    return "".join(char if char.isprintable() else "�" for char in text)


def tracked(rows: Sequence[T], title: str) -> Iterable[T]:
    """Yield *rows* under a progress bar; without a terminal nothing is drawn."""
    return track(rows, title, console=_err, disable=not _err.is_terminal, transient=True)


def waiting(title: str) -> Progress:
    """Return a progress bar to enter, for work that tells how far it is."""
    bar = Progress(console=_err, disable=not _err.is_terminal, transient=True)
    bar.add_task(title, total=None)
    return bar


def follow(bar: Progress) -> Callable[[int, int], None]:
    """Return a function that moves *bar*, given how much is done and how much there is."""

    def moved(done: int, total: int) -> None:
        for task in bar.task_ids:
            bar.update(task, completed=done, total=total)

    return moved


def _cell(value: object) -> Text:
    """Return a cell's text; a list has a line for each of its parts."""
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
