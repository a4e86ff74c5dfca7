"""A Parley that plays against the simulator: its settings, its Slack, and who is there."""

from __future__ import annotations

import secrets
from datetime import datetime

from pydantic import SecretStr
from sqlmodel import Session

import workflows
from adapters.simulator.simulator import Settings as Workspace
from adapters.simulator.simulator import SlackSimulator
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.simulator.workspace import Now
from adapters.slack.manifest import manifest
from bot.routes import Routes
from bot.settings import Settings
from bot.workflow import discover
from console import sample, sample_agendas, sample_hiring, sample_incidents
from console.rows import kept_key_file
from storage.secrets import Sealer


def workspace(now: Now) -> Workspace:
    """Return a workspace that installed Parley from its manifest: it allows that and no more."""
    made = manifest(Routes(discover(workflows)), url=None, names={})
    return Workspace(
        now=now,
        scopes=frozenset(made["oauth_config"]["scopes"]["bot"]),
        subscriptions=frozenset(made["settings"]["event_subscriptions"]["bot_events"]),
    )


def simulated(settings: Settings, slack: SlackSimulator, teams: TeamsSimulator) -> Settings:
    """Return *settings* with the simulated platforms' credentials: verification stays on."""
    return settings.model_copy(
        update={
            "secret_key": SecretStr(_kept_key(settings)),
            "slack_signing_secret": SecretStr(slack.signing_secret),
            "slack_bot_token": SecretStr(slack.bot_token),
            "slack_team_id": slack.team_id,
            "slack_api_base": slack.api_base,
            "teams_app_id": teams.app_id,
            "teams_app_password": SecretStr(teams.app_password),
            "teams_tenant_id": teams.tenant_id,
            "teams_openid_metadata_url": teams.openid_metadata_url,
            "teams_token_url": teams.token_url,
            "teams_service_hosts": teams.service_host,
            "teams_service_url": teams.service_url,
            # What is played here must not ring anywhere.
            "webhook_url": None,
            "mail_server": None,
        }
    )


def move_in(session: Session, sealer: Sealer, now: datetime) -> None:
    """Add the company with its past, search and meeting; doing so again changes nothing."""
    sample.seed(session, now)
    sample_incidents.seed(session, sealer, now)
    sample_hiring.seed(session, sealer, now)
    sample_agendas.seed(session, sealer, now)


def _kept_key(settings: Settings) -> str:
    """Return the operator's key, or one that is kept for the simulator's use."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    file = kept_key_file(settings)
    if not file.exists():
        made = file.with_suffix(".new")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        made.replace(file)  # whole or not at all, whenever the machine stops
    return file.read_text().strip()
