"""`jobs`: what waits, what was given up, and another try for it. Texts of messages stay sealed."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.errors import Conflict
from console import rows, terminal
from console.terminal import AsJson
from storage import jobs
from storage.jobs import Job, State
from storage.secrets import Sealer

app = typer.Typer(name="jobs", help="What waits, and what was given up.", no_args_is_help=True)

Numbers = Annotated[list[int], typer.Argument(help="The jobs' numbers, as `jobs list` shows them.")]
_MOST = 1_000_000


@app.command("list")
def list_jobs(
    *,
    state: Annotated[State, typer.Option(help="Which jobs to show.")] = State.DEAD,
    limit: Annotated[int, typer.Option(min=1, help="How many at most, the newest first.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show jobs that were given up, or those that wait or are done."""
    found = rows.read(lambda session: jobs.listing(session, state, limit))
    if as_json:
        terminal.show_json([_entry(job) for job in found])
        return
    if not found:
        terminal.say(f"No job is {state.value}.")
        return
    terminal.show_table(
        ("number", "what", "lane", "attempts", "error", "run at"),
        ((job.id, _what(job), job.lane, job.attempts, job.error, job.run_at) for job in found),
    )


@app.command()
def show(number: int, *, as_json: AsJson = False) -> None:
    """Show everything about a job but the texts it carries."""
    entry = _entry(rows.read(lambda session: jobs.show(session, number)))
    if as_json:
        terminal.show_json(entry)
        return
    terminal.show_table(("what", "value"), entry.items())


@app.command()
def replay(
    numbers: Annotated[list[int] | None, typer.Argument(help="The jobs' numbers.")] = None,
    *,
    all_dead: Annotated[bool, typer.Option("--all", help="Every job that was given up.")] = False,
) -> None:
    """Give jobs that were given up a fresh start; the running bot takes them within a second."""
    if bool(numbers) == all_dead:
        terminal.refuse("Name the jobs to replay by number, or write --all; not both.")
    by = rows.sealer(rows.settings())

    def work(session: Session) -> int:
        chosen = numbers or [job.id for job in jobs.listing(session, State.DEAD, _MOST)]
        for number in chosen:
            if not jobs.replay(session, number, now=rows.now()):
                raise Conflict(_unchanged(jobs.show(session, number), "replayed"))
        _note(session, chosen, "replay", by=by)
        return len(chosen)

    terminal.say(f"{_counted(rows.write(work))} will be tried again.")


@app.command()
def discard(numbers: Numbers) -> None:
    """Settle jobs without running them; what they would have sent is never sent."""
    by = rows.sealer(rows.settings())

    def work(session: Session) -> int:
        for number in numbers:
            if not jobs.discard(session, number):
                raise Conflict(_unchanged(jobs.show(session, number), "discarded"))
        _note(session, numbers, "discard", by=by)
        return len(numbers)

    terminal.say(f"{_counted(rows.write(work))} will not be run.")


def _note(session: Session, numbers: Iterable[int], act: str, *, by: Sealer) -> None:
    for number in numbers:
        rows.note(session, by, f"console.jobs.{act}", f"job:{number}")


def _unchanged(job: Job, act: str) -> str:
    is_running = job.state is State.READY and job.lease_owner is not None
    stands = "running" if is_running else {"ready": "waiting"}.get(job.state, job.state)
    return f"Job {job.id} is {stands}, so it cannot be {act}. None of the jobs was changed."


def _what(job: Job) -> str:
    """Return the kind, and the route of a timer: a name in our code, not a text."""
    route = job.payload.get("route") if job.kind == "timer" else None
    return f"{job.kind} {route}" if isinstance(route, str) else job.kind


def _entry(job: Job) -> dict[str, Any]:
    return {
        "number": job.id,
        "what": _what(job),
        "key": job.key,
        "lane": job.lane,
        "priority": job.priority,
        "state": job.state.value,
        "run_at": job.run_at,
        "attempts": job.attempts,
        "error": job.error,
        "instead_of": job.payload.get("instead_of"),
        "otherwise": [_stop(one) for one in job.payload.get("otherwise", ())],
        "lease_until": job.lease_until,
        "created": job.created,
    }


def _stop(written: Mapping[str, Any]) -> str:
    """Return who is next in line, in case nothing reaches those before."""
    [(kind, value)] = written.items()
    ids = value.values() if isinstance(value, Mapping) else [value]
    return f"{kind} {':'.join(str(id) for id in ids if id is not None)}"


def _counted(jobs_found: int) -> str:
    return "1 job" if jobs_found == 1 else f"{jobs_found} jobs"
