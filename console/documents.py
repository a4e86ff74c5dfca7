"""Documents that a verb hands out: what people read, or programs, by the end of a file's name."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.errors import Invalid
from console import rows, terminal

File = Annotated[Path, typer.Argument(help="Its name ends in .json or .md.", metavar="FILE")]


class Form(StrEnum):
    """How a document is written, by the end of the file's name."""

    JSON = ".json"
    MARKDOWN = ".md"


def form_of(file: Path) -> Form:
    """Return how a document is written into a file of that name; refuse any other name."""
    with rows.in_words():
        if file.suffix not in set(Form):
            raise Invalid("Let the file's name end in .json or .md. Nothing was written.")
    return Form(file.suffix)


def write(file: Path, text: str) -> None:
    """Write a file that is not there yet; refuse in words where that cannot be."""
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        terminal.refuse(f"{file} is there already. Choose another name; nothing was written.")
    except OSError as error:
        terminal.refuse(f"I cannot write {file}: {error.strerror}. Nothing was written.")
