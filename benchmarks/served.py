"""Parley as it runs, with the note workload beside the glossary: `python -m benchmarks.served`.

Settings come from the environment, as always; `PARLEY_BENCH_TERMS` says how many terms to store.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import workflows
from app import Parley
from benchmarks import workloads
from benchmarks.terms import add_terms
from benchmarks.workloads.note.tables import note
from bot import logs
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session  # imported by the application first, as it is when it runs alone


async def main(ready: Callable[[str], object]) -> None:
    """Serve until the process is ended."""
    parley = Parley(Settings(), packages=(workflows, workloads))
    await parley.start()

    def prepare(session: Session) -> None:
        note.create(session.connection(), checkfirst=True)
        add_terms(session, int(os.environ.get("PARLEY_BENCH_TERMS", "0")), parley.clock.now())

    await parley.database.write(prepare)
    ready(parley.url)
    await asyncio.Event().wait()


if __name__ == "__main__":
    address = Path(sys.argv[1])
    with address.with_name("log").open("w") as log:
        # The line of each request is part of what it costs.
        with redirect_stderr(log):
            logs.configure(console=False)
            logs.requests.begin(console=False)
        asyncio.run(main(address.write_text))
