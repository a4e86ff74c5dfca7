"""`doctor`: names each thing that is missing or wrong, and how to mend it."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
import typer
from pydantic import ValidationError
from sqlmodel import Session

from bot.errors import DeliveryError
from bot.platform import Standing
from bot.roles import Role
from bot.settings import Settings, explain
from bot.signals import Outlet
from console import findings, keys, outlets, rows, terminal
from console.findings import Condition, Finding, Greeting, Needs
from console.keys import Age, Use
from console.terminal import AsJson
from storage import accounts, jobs, migrations, people, roster, schedules
from storage.database import Database
from storage.migrations import NewerSchema
from storage.secrets import Sealer

#: Vocabularies that need somebody who approves.
_VOCABULARIES = ("security", "ta")


@dataclass(frozen=True, slots=True)
class Checks:
    """What only a platform can tell about our access to it."""

    platform: str
    #: Shows the platform our token; raises DeliveryError when it is not taken.
    greet: Callable[[], Awaitable[Greeting]]
    needs: Needs


#: Returns the checks of every platform that these settings switch on.
ChecksOf = Callable[[Settings], Sequence[Checks]]


def verb(checks_of: ChecksOf) -> Callable[..., None]:
    """Return the verb, for the platforms that *checks_of* knows."""

    def doctor(*, as_json: AsJson = False) -> None:
        """Name each thing that is missing or wrong, and how to mend it."""
        found = asyncio.run(_examine(checks_of))
        if as_json:
            terminal.show_json(found)
        else:
            _show(found)
        if any(finding.condition is Condition.BROKEN for finding in found):
            raise typer.Exit(1)

    return doctor


def _show(found: Iterable[Finding]) -> None:
    terminal.show_table(
        ("", "what", "found"),
        (
            (
                finding.condition,
                finding.about,
                [finding.text, f"→ {finding.mend}"] if finding.mend else finding.text,
            )
            for finding in found
        ),
    )


async def _examine(checks_of: ChecksOf) -> list[Finding]:
    try:
        own = Settings()
    except ValidationError as error:
        mend = "Mend it in the environment or in .env."
        return [findings.broken("settings", explain(error), mend)]
    found = [findings.fine("settings", "They can be read."), _key(own), *_disk(own)]
    found += await _database(own)
    for checks in checks_of(own):
        found += await _platform(checks)
    return found + [await _outlet(outlet) for outlet in outlets.of(own).values()]


def _key(own: Settings) -> Finding:
    if own.secret_key is not None:
        return findings.fine("secret key", "PARLEY_SECRET_KEY is set.")
    return findings.notable(
        "secret key",
        "PARLEY_SECRET_KEY is not set, which is enough for the simulator only.",
        "Before you serve a workspace: "
        "`python -c 'import secrets; print(secrets.token_urlsafe(48))'`, and keep it safe.",
    )


def _disk(own: Settings) -> Iterator[Finding]:
    file = rows.sqlite_file(own)
    folder = file.resolve().parent if file else None
    if folder and folder.is_dir():
        yield findings.disk(folder, shutil.disk_usage(folder).free)


async def _database(own: Settings) -> list[Finding]:
    missing = _missing(rows.sqlite_file(own))
    if missing:
        return [missing]
    database = Database(own.database_url, threads=2, exclusive=False)
    try:
        await database.open()
        return await database.read(lambda session: _look(session, own))
    except (sa.exc.DBAPIError, OSError) as error:
        mend = "Check that it runs, and that PARLEY_DATABASE_URL names it."
        return [findings.broken("database", rows.unreachable(error), mend)]
    finally:
        await database.close()


def _missing(file: Path | None) -> Finding | None:
    if file is None or file.exists():
        return None
    mend = "`python app.py migrate` makes one, and so does the first start of the bot."
    return findings.broken("database", f"There is none at {file} yet.", mend)


def _look(session: Session, own: Settings) -> list[Finding]:
    unfit = _unfit(session.connection())
    if unfit:
        return [unfit]
    now = rows.now()
    return [
        findings.fine("database", f"It answers, with version {migrations.newest()}."),
        findings.missing_keys(_unreadable(session, own)),
        findings.dead_jobs(jobs.counts(session)),
        findings.oldest_job(jobs.oldest_ready(session, now), now),
        findings.late_schedules(schedules.listing(session), now),
        findings.approvers(
            department
            for department in _VOCABULARIES
            if not people.holders(session, Role.OWNER, department=department, now=now)
        ),
        findings.unreachable(_without_account(session)),
        findings.out_of_reach(accounts.out_of_reach(session)),
        findings.outsiders(accounts.belonging_otherwise(session, Standing.MEMBER)),
    ]


def _unfit(connection: sa.Connection) -> Finding | None:
    """Say why this program cannot work on the schema, if it cannot."""
    try:
        if not migrations.pending(connection):
            return None
    except NewerSchema as newer:
        return findings.broken("database", str(newer), "Run the program that it was made for.")
    version = migrations.current(connection) or "none"
    text = f"It has version {version}; this program needs {migrations.newest()}."
    return findings.broken("database", text, "`python app.py migrate`")


def _unreadable(session: Session, own: Settings) -> list[Use]:
    """Return each key that something is under and that nobody named."""
    given = rows.secret_keys(own)
    known = Sealer(*given).key_ids if given else ()
    return [use for use in keys.uses(session, known) if use.age is Age.MISSING]


def _without_account(session: Session) -> int:
    everybody = roster.everybody(session, now=rows.now())
    return sum(person.active and not people.accounts_of(session, person.id) for person in everybody)


async def _outlet(outlet: Outlet) -> Finding:
    try:
        await outlet.check()
    except DeliveryError as error:
        return findings.closed(outlet.name, error)
    return findings.fine(outlet.name, "It takes what we would tell it.")


async def _platform(checks: Checks) -> list[Finding]:
    try:
        greeting = await checks.greet()
    except DeliveryError as error:
        return [findings.refused(checks.platform, error)]
    found = [findings.fine(f"{checks.platform}: token", "The platform takes it.")]
    if greeting.at is not None:
        found.append(findings.clock(checks.platform, rows.now(), greeting.at))
    return [*found, *findings.needs(checks.platform, greeting.has, checks.needs)]
