"""`import hiring`: interviews with their searches, candidates and panels, from a file."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session

import workflows
from bot.context import unasked, write_audit
from bot.workflow import discover
from console import rows, terminal
from console.terminal import DryRun
from console.transfer import File, text_of
from workflows.hiring import importing_texts, transfer
from workflows.hiring.importing import Fate, Intake
from workflows.hiring.said import Kind

_SHOWN = (Fate.ADDED, Fate.CHANGED, Fate.SAME)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of what a file says, and interviewers whom nobody here knows."""

    fates: Counter[tuple[Kind, Fate]]
    strangers: list[str]


class _DryRun(Exception):
    """Undoes what was tried, and carries what it would have done."""

    def __init__(self, would: _Taken) -> None:
        self.would = would
        super().__init__()


def import_hiring(file: File, *, dry_run: DryRun = False) -> None:
    """Take in interviews with their searches, candidates and panels, all of them or none."""
    text = text_of(file)
    by = rows.sealer(rows.settings())
    # Whoever watches interviews hears of these as well.
    list(discover(workflows))

    def work(session: Session) -> _Taken:
        lines = transfer.read(text)
        ctx = unasked(session, by, rows.now())
        intake = Intake(ctx, transfer.CSV)
        fates: Counter[tuple[Kind, Fate]] = Counter()
        for line in terminal.tracked(lines, "Writing the interviews"):
            fates[line.said.of, transfer.take(intake, line, ctx.now)] += 1
        taken = _Taken(fates, sorted(intake.strangers))
        if dry_run:
            raise _DryRun(taken)
        write_audit(ctx, "console.import.hiring")
        return taken

    try:
        _show(rows.write(work))
    except _DryRun as planned:
        _show(planned.would)
        terminal.say("This is what happens if you leave out --dry-run. Nothing was changed.")


def _show(taken: _Taken) -> None:
    terminal.show_table(
        ("what", *_SHOWN),
        ((kind, *(taken.fates[kind, fate] for fate in _SHOWN)) for kind in transfer.COUNTED),
    )
    if taken.strangers:
        terminal.say(terminal.inert(importing_texts.unknown_interviewers(taken.strangers)))
