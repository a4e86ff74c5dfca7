"""`manifest`: what an operator pastes into Slack, or uploads to Teams, to install Parley there."""

import json
from pathlib import Path
from typing import Annotated

import typer

import workflows
from adapters.slack.manifest import manifest
from adapters.teams.manifest import App, Publisher, package
from bot.routes import Routes
from bot.workflow import discover
from console import rows, terminal

app = typer.Typer(
    name="manifest", help="What Slack and Teams need to install Parley.", no_args_is_help=True
)

Url = Annotated[
    str | None,
    typer.Option(help="The https:// address that platforms reach; PARLEY_PUBLIC_URL otherwise."),
]
Out = Annotated[Path | None, typer.Option(help="Write to this file.", metavar="FILE")]


@app.command("slack")
def for_slack(
    *,
    url: Url = None,
    socket_mode: Annotated[
        bool,
        typer.Option(
            "--socket-mode",
            help="Parley connects to Slack by itself, as it does with PARLEY_SLACK_APP_TOKEN.",
        ),
    ] = False,
    out: Out = None,
) -> None:
    """Print the manifest from which Slack makes an app; every word of it comes from Parley."""
    settings = rows.settings(**_given(url))
    connects = socket_mode or settings.slack_app_token is not None
    reached = None if connects else settings.public_url
    if reached is None and not connects:
        terminal.refuse(
            "Slack has to know where it reaches Parley: say --url https://parley.example.com or "
            "set PARLEY_PUBLIC_URL. Without such an address, say --socket-mode."
        )
    with rows.in_words():
        made = manifest(_routes(), url=reached, names=settings.slack_command_names())
    if out is None:
        terminal.show_json(made)
        return
    _write(out, json.dumps(made, ensure_ascii=False, indent=2).encode() + b"\n")
    terminal.say(f"Wrote {out}. On Slack's page for apps, create a new app from this manifest.")


@app.command("teams")
def for_teams(  # noqa: PLR0913  # each is an option of the verb
    *,
    out: Annotated[Path, typer.Option(help="The zip file to write.", metavar="FILE")],
    url: Url = None,
    app_id: Annotated[
        str | None, typer.Option(help="The bot's application ID; PARLEY_TEAMS_APP_ID otherwise.")
    ] = None,
    company: Annotated[str, typer.Option(help="Who runs Parley.")] = "Parley",
    website: Annotated[
        str | None, typer.Option(help="The company's website; the --url otherwise.")
    ] = None,
    privacy: Annotated[
        str | None, typer.Option(help="Its page on privacy; the website otherwise.")
    ] = None,
    terms: Annotated[
        str | None, typer.Option(help="Its page with terms of use; the website otherwise.")
    ] = None,
    version: Annotated[str, typer.Option(help="Raise it with each upload.")] = "1.0.0",
    overhear: Annotated[
        bool, typer.Option("--overhear", help="Ask to hear what does not mention Parley.")
    ] = False,
) -> None:
    """Write the package that Teams takes: the manifest with two icons."""
    settings = rows.settings(**_given(url))
    id, reached = app_id or settings.teams_app_id, settings.public_url
    if reached is None or id is None:
        terminal.refuse(
            "Teams has to know the app and where Parley is reached: say --app-id and "
            "--url https://parley.example.com, or set PARLEY_TEAMS_APP_ID and PARLEY_PUBLIC_URL."
        )
    home = website or reached
    publisher = Publisher(company, home, privacy or home, terms or home)
    tenants = App(id=id, url=reached, version=version, publisher=publisher, overhears=overhear)
    with rows.in_words():
        packed = package(_routes(), tenants)
    _write(out, packed)
    terminal.say(f"Wrote {out}. In Teams, under Apps, upload it as a custom app.")


def _given(url: str | None) -> dict[str, str]:
    return {} if url is None else {"public_url": url}


def _routes() -> Routes:
    return Routes(discover(workflows))


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        terminal.refuse(f"I cannot write {file}: {error.strerror}. Nothing was written.")
