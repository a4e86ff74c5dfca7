"""`audit`: whether the chain of entries is as it was written."""

import typer

from console import rows, terminal
from storage import audit

app = typer.Typer(name="audit", help="What was done, and by whom.", no_args_is_help=True)


@app.callback()
def main() -> None:
    """Keep `verify` a word of its own: typer would otherwise drop the only one."""


@app.command()
def verify() -> None:
    """Read the whole chain and name the first entry that is not as it was written."""
    by = rows.sealer(rows.settings())
    with terminal.waiting("Reading the audit"):
        verdict = rows.read(lambda session: audit.verify(session, by))
    if not verdict.intact:
        terminal.refuse(
            f"The audit is broken at entry {verdict.broken_at}: {verdict.reason} "
            f"The {verdict.entries} before it are intact. Keep this database as it is, "
            "and compare it with your latest backup."
        )
    terminal.say(f"All {verdict.entries} entries of the audit are as they were written.")
