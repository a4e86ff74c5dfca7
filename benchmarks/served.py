"""Parley as it runs, with the note workload beside the glossary: `python -m benchmarks.served`.

Settings come from the environment, as always; `PARLEY_BENCH_TERMS` says how many terms to store,
`PARLEY_BENCH_PEOPLE` how many people, and `PARLEY_BENCH_CARDS` how many scorecards are asked for,
`PARLEY_BENCH_BALLOTS` how many ballots an open vote has, and `PARLEY_BENCH_REPORTER` whether
somebody may report.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import workflows
from app import Parley
from benchmarks import workloads
from benchmarks.incidents import add_reporter
from benchmarks.people import add_people
from benchmarks.programs import LAGS
from benchmarks.scorecards import add_requests
from benchmarks.terms import add_terms
from benchmarks.votes import add_vote
from benchmarks.workloads.note.tables import note
from bot import logs
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlmodel import Session  # imported by the application first, as it is when it runs alone

NAP_SECONDS = 0.005


async def main(ready: Callable[[str], object], folder: Path) -> None:
    """Serve until the process is ended."""
    parley = Parley(Settings(), packages=(workflows, workloads))
    await parley.start()

    def prepare(session: Session) -> None:
        note.create(session.connection(), checkfirst=True)
        add_terms(session, _count("PARLEY_BENCH_TERMS"), parley.clock.now())
        add_people(session, _count("PARLEY_BENCH_PEOPLE"), parley.clock.now())
        if cards := _count("PARLEY_BENCH_CARDS"):
            add_requests(session, cards, parley.clock.now())
        if count := _count("PARLEY_BENCH_BALLOTS"):
            add_vote(session, count, parley.clock.now())
        if _count("PARLEY_BENCH_REPORTER"):
            add_reporter(session, parley.clock.now())

    await parley.database.write(prepare)
    # As after a restart: whom Parley knows, it knows before the first message.
    await parley.standings.recall()
    await parley.engine.welcomes.recall()
    gc.freeze()  # as `python app.py run` does
    ready(parley.url)
    await watch(folder / LAGS)


async def watch(lags: Path) -> None:
    """Write down, for as long as the process lives, by how much the loop lagged in each second."""
    loop = asyncio.get_running_loop()
    with lags.open("w", buffering=1) as out:
        while True:
            worst, until = 0.0, loop.time() + 1
            while (now := loop.time()) < until:
                await asyncio.sleep(NAP_SECONDS)
                worst = max(worst, loop.time() - now - NAP_SECONDS)
            out.write(f"{1000 * worst}\n")


def _count(name: str) -> int:
    return int(os.environ.get(name, "0"))


if __name__ == "__main__":
    address = Path(sys.argv[1])
    with address.with_name("log").open("w") as log:
        # The line of each request is part of what it costs.
        with redirect_stderr(log):
            logs.configure(console=False)
            logs.requests.begin(console=False)
        asyncio.run(main(address.write_text, address.parent))
