"""Every verb under its name on the command line."""

import typer

from console import (
    agendas,
    audit,
    backup,
    hiring,
    incidents,
    jobs,
    keys,
    manifest,
    migrate,
    people,
    schedule,
    seed,
    transfer,
    votes,
)
from console.doctor import ChecksOf, verb

transfer.importing.command("hiring")(hiring.import_hiring)
transfer.exporting.command("agenda")(agendas.export_agenda)
transfer.exporting.command("vote")(votes.export_vote)
transfer.exporting.command("incident")(incidents.export_incident)


def mount(cli: typer.Typer, *, checks_of: ChecksOf) -> None:
    """Give *cli* every verb; *checks_of* lets `doctor` ask the platforms."""
    cli.command()(migrate.migrate)
    cli.command()(seed.seed)
    cli.command()(verb(checks_of))
    cli.command()(backup.backup)
    cli.command()(backup.restore)
    for group in (
        transfer.importing,
        transfer.exporting,
        people.app,
        jobs.app,
        audit.app,
        keys.app,
        schedule.app,
        manifest.app,
    ):
        cli.add_typer(group)
