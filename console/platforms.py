"""What connects Parley with the platforms in the settings, and how `doctor` asks each of them.

A platform's library costs half a second, so it is imported only when the platform is on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

import workflows
from bot.routes import Routes
from bot.settings import Settings
from bot.workflow import discover
from console.doctor import Checks
from console.findings import Greeting, Needs

if TYPE_CHECKING:
    from adapters.slack.platform import SlackSettings
    from adapters.teams.platform import TeamsSettings


def slack(settings: Settings) -> SlackSettings:
    """Return what connects Parley with the workspace in *settings*."""
    from adapters.slack.platform import SlackSettings  # noqa: PLC0415  # see above

    return SlackSettings(
        signing_secret=_revealed(settings.slack_signing_secret),
        bot_token=_revealed(settings.slack_bot_token),
        app_token=_revealed(settings.slack_app_token) or None,
        team_id=settings.slack_team_id,
        api_base=settings.slack_api_base,
        command_names=settings.slack_command_names(),
    )


def teams(settings: Settings) -> TeamsSettings:
    """Return what connects Parley with the tenant in *settings*."""
    from adapters.teams.platform import TeamsSettings  # noqa: PLC0415  # see above

    return TeamsSettings(
        app_id=settings.teams_app_id or "",
        app_password=_revealed(settings.teams_app_password),
        tenant_id=settings.teams_tenant_id or "",
        openid_metadata_url=settings.teams_openid_metadata_url,
        token_url=settings.teams_token_address(),
        service_hosts=settings.teams_hosts(),
        service_url=settings.teams_service_url,
    )


def checks_of(settings: Settings) -> list[Checks]:
    """Return how `doctor` asks each platform that is on."""
    checks = []
    if settings.slack_on:
        checks.append(_checks_of_slack(settings))
    if settings.teams_on:
        checks.append(_checks_of_teams(settings))
    return checks


def _checks_of_slack(settings: Settings) -> Checks:
    from adapters.slack.scopes import greet, needs, wishes  # noqa: PLC0415  # see above

    async def greet_slack() -> Greeting:
        token = _revealed(settings.slack_bot_token)
        return Greeting(*await greet(settings.slack_api_base, token))

    mend = (
        "Paste what `python app.py manifest slack` prints into the app's manifest, then install "
        "the app to the workspace again."
    )
    routes = Routes(discover(workflows))
    return Checks("slack", greet_slack, Needs("scope", needs(routes), mend, wishes(routes)))


def _checks_of_teams(settings: Settings) -> Checks:
    from adapters.teams.reach import NEEDS, greet  # noqa: PLC0415  # see above

    async def greet_teams() -> Greeting:
        return Greeting(*await greet(teams(settings)))

    mend = "Check that this machine reaches it (firewall, proxy), and the addresses in .env."
    return Checks("teams", greet_teams, Needs("connection", NEEDS, mend))


def _revealed(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
