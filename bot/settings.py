"""Settings: environment variables or `.env`; half a pair refuses to start and names the rest."""

from __future__ import annotations

import re
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import outside
from bot.clock import zone_named
from bot.errors import Invalid
from bot.inbound import UserRef
from bot.outside import listed
from storage.database import engine_url

#: With any of these set something is meant to be on, and then all that it needs must be there.
SLACK = ("slack_signing_secret", "slack_bot_token", "slack_app_token", "slack_team_id")
SLACK_NEEDS = ("slack_signing_secret", "slack_bot_token")
TEAMS = ("teams_app_id", "teams_app_password", "teams_tenant_id")
WEBHOOK = ("webhook_url", "webhook_secret")
MAIL_SIGN_IN = ("mail_user", "mail_password")
MAIL_NEEDS = ("mail_server", "mail_from", "mail_to")
#: What belongs together, and what of it must be there when any of it is.
WHOLES = {
    "Slack": (SLACK, SLACK_NEEDS),
    "Microsoft Teams": (TEAMS, TEAMS),
    "The webhook": ((*WEBHOOK, "webhook_networks"), WEBHOOK),
    "E-mail": ((*MAIL_NEEDS, *MAIL_SIGN_IN, "mail_ca_file"), MAIL_NEEDS),
    "Signing in to the mail server": (MAIL_SIGN_IN, MAIL_SIGN_IN),
}
SHORTEST_KEY = 32  #: characters
SHORTEST_SIGNATURE_KEY = 16
ACCOUNT = re.compile(r"[^:]+:[^:]+:[^:]+")
DIRECTORY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?")
#: A secret travels encrypted, or stays on this machine.
SAFE_ADDRESS = re.compile(r"https://\S+|http://127\.0\.0\.1[:/]\S*")
PUBLIC_ADDRESS = re.compile(r"https://([a-z0-9-]+\.)+[a-z0-9-]+(:[0-9]{1,5})?(/[a-z0-9._~/-]*)?")
TEAMS_TOKENS = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"


class Settings(BaseSettings):
    """Everything that an operator can set, under `PARLEY_` and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="PARLEY_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    database_url: str = Field(
        "sqlite:///parley.db", description="Where rows are kept: sqlite:///FILE or postgresql://…"
    )
    secret_key: SecretStr | None = Field(
        None, description="Seals personal text at rest and signs the audit; at least 32 characters."
    )
    older_secret_keys: SecretStr | None = Field(
        None,
        description="Secret keys of before, the newest first, comma-separated; they still open.",
    )
    host: str = Field("127.0.0.1", description="The address that platforms reach.")
    port: int = Field(3978, description="The port that platforms reach.")
    public_url: str | None = Field(
        None, description="The https:// address that platforms reach, as it stands in manifests."
    )
    metrics_port: int = Field(9478, description="Prometheus metrics, on loopback.")
    simulator_port: int = Field(3979, description="The simulator's page, on loopback.")
    timezone: str = Field("UTC", description="The house's time zone, such as Europe/London.")
    admins: str = Field("", description="Who configures Parley: slack:T1:U1, comma-separated.")

    slack_signing_secret: SecretStr | None = Field(
        None, description="Basic Information → App Credentials → Signing Secret."
    )
    slack_bot_token: SecretStr | None = Field(
        None, description="OAuth & Permissions → Bot User OAuth Token (xoxb-…)."
    )
    slack_app_token: SecretStr | None = Field(
        None, description="Turns Socket Mode on: an app-level token (xapp-…)."
    )
    slack_team_id: str | None = Field(
        None, description="The workspace (T…), the only one that is heard; else Slack is asked."
    )
    slack_api_base: str = Field("https://slack.com/api/", description="Where Slack's API answers.")
    slack_commands: str = Field(
        "", description="Other names for our commands where they collide: term=jargon,parley=bot."
    )

    teams_app_id: str | None = Field(
        None, description="The bot's Application (client) ID, as Azure shows it."
    )
    teams_app_password: SecretStr | None = Field(
        None, description="A client secret of the app: the value, not the secret's ID."
    )
    teams_tenant_id: str | None = Field(
        None, description="The Directory (tenant) ID; traffic of any other is refused."
    )
    teams_openid_metadata_url: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where Teams says with which keys it signs.",
    )
    teams_token_url: str | None = Field(
        None, description="Where tokens for answers are bought; the tenant's own by default."
    )
    teams_service_hosts: str = Field(
        "smba.trafficmanager.net",
        description="The exact hosts that our token may be shown to, comma-separated.",
    )
    teams_service_url: str = Field(
        "https://smba.trafficmanager.net/teams/",
        description="Where Teams takes messages before it has said where for this tenant.",
    )

    ats_secret: SecretStr | None = Field(
        None, description="Takes interviews from a hiring system: Merge's webhook signature key."
    )

    webhook_url: str | None = Field(
        None, description="Is told of what is most urgent, when nobody in the chat reacts."
    )
    webhook_secret: SecretStr | None = Field(
        None, description="Signs what the webhook is told, by Standard Webhooks: whsec_…."
    )
    webhook_networks: str | None = Field(
        None, description="Networks that the webhook may reach though they are not public."
    )
    mail_server: str | None = Field(
        None, description="Takes our e-mail, over TLS: smtp://mail.example.com, or smtps://…."
    )
    mail_from: str | None = Field(None, description="The address that our e-mail comes from.")
    mail_to: str | None = Field(
        None, description="Who reads of what is most urgent: addresses, comma-separated."
    )
    mail_user: str | None = Field(None, description="Our name at the mail server, if it asks.")
    mail_password: SecretStr | None = Field(None, description="Our password at the mail server.")
    mail_ca_file: str | None = Field(
        None, description="Certificates that vouch for the mail server, if it is the house's own."
    )

    @model_validator(mode="before")
    @classmethod
    def blank_is_absent(cls, given: dict[str, Any]) -> dict[str, Any]:
        """Leave out what is blank, and the blanks around what was pasted."""
        stripped = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in given.items()
        }
        return {name: value for name, value in stripped.items() if value != ""}

    @model_validator(mode="after")
    def whole_or_nothing(self) -> Self:
        """Refuse half of what belongs together, in words that name what is missing."""
        for whole, (names, needs) in WHOLES.items():
            present = [name for name in names if getattr(self, name) is not None]
            missing = [f"PARLEY_{name.upper()}" for name in needs if name not in present]
            if present and missing:
                verb = "is" if len(missing) == 1 else "are"
                named = " and ".join(missing)
                raise ValueError(f"{whole} is only half set up: {named} {verb} missing.")
        if self.older_secret_keys and self.secret_key is None:
            raise ValueError("PARLEY_OLDER_SECRET_KEYS needs the key of now, in PARLEY_SECRET_KEY.")
        if self.is_for_real and self.secret_key is None:
            raise ValueError(
                "PARLEY_SECRET_KEY is missing: it seals personal text at rest. Make one with "
                "`python -c 'import secrets; print(secrets.token_urlsafe(48))'` and keep it safe."
            )
        return self

    @field_validator("secret_key")
    @classmethod
    def long_enough(cls, key: SecretStr | None) -> SecretStr | None:
        """Refuse a key that could be guessed."""
        if key is not None and len(key.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(f"PARLEY_SECRET_KEY needs at least {SHORTEST_KEY} characters.")
        if key is not None and "," in key.get_secret_value():
            raise ValueError("PARLEY_SECRET_KEY: a comma stands between older keys, in none.")
        return key

    @field_validator("ats_secret")
    @classmethod
    def hard_to_guess(cls, secret: SecretStr | None) -> SecretStr | None:
        """Refuse what cannot be the signature key, such as a sample of it."""
        if secret is not None and len(secret.get_secret_value()) < SHORTEST_SIGNATURE_KEY:
            raise ValueError(
                f"PARLEY_ATS_SECRET needs at least {SHORTEST_SIGNATURE_KEY} characters: "
                "copy the whole signature key from Merge."
            )
        return secret

    @field_validator("older_secret_keys")
    @classmethod
    def each_long_enough(cls, keys: SecretStr | None) -> SecretStr | None:
        """Refuse what cannot have been a key."""
        if any(len(key) < SHORTEST_KEY for key in _kept(keys)):
            raise ValueError(
                f"PARLEY_OLDER_SECRET_KEYS: each key has at least {SHORTEST_KEY} characters, "
                "and a comma stands between two."
            )
        return keys

    @field_validator("database_url")
    @classmethod
    def known_database(cls, url: str) -> str:
        """Refuse an address of neither SQLite nor PostgreSQL."""
        engine_url(url)
        return url

    @field_validator("admins")
    @classmethod
    def accounts(cls, admins: str) -> str:
        """Refuse an account that is not written as platform:tenant:user."""
        for account in listed(admins):
            if not ACCOUNT.fullmatch(account):
                raise ValueError(f"PARLEY_ADMINS: write {account!r} as slack:T1:U1.")
        return admins

    @field_validator("teams_app_id", "teams_tenant_id")
    @classmethod
    def directory_id(cls, id: str | None) -> str | None:
        """Refuse what no directory calls an app or a tenant, such as "common" or a domain."""
        if id is not None and not DIRECTORY_ID.fullmatch(id.lower()):
            raise ValueError(
                "write the ID as Azure shows it: 32 digits and letters in five groups."
            )
        return id and id.lower()

    @field_validator(
        *("teams_openid_metadata_url", "teams_token_url", "teams_service_url", "webhook_url")
    )
    @classmethod
    def safe_address(cls, url: str | None) -> str | None:
        """Refuse an address on which somebody could listen in."""
        if url is not None and not SAFE_ADDRESS.fullmatch(url):
            raise ValueError("write an address that begins with https://.")
        return url

    @field_validator("public_url")
    @classmethod
    def public_address(cls, url: str | None) -> str | None:
        """Refuse an address that no platform could reach, and leave out the slash at its end."""
        if url is not None and not PUBLIC_ADDRESS.fullmatch(url.lower()):
            raise ValueError("write the address as https://parley.example.com.")
        return url and url.rstrip("/")

    @field_validator("teams_service_hosts")
    @classmethod
    def exact_hosts(cls, hosts: str) -> str:
        """Refuse what is no name of a host: addresses and patterns would let others in."""
        for host in listed(hosts):
            if not HOST.fullmatch(host.lower()):
                raise ValueError(f"write {host!r} as a host, such as smba.trafficmanager.net.")
        return hosts.lower()

    @field_validator("webhook_secret")
    @classmethod
    def standard_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        """Refuse what no receiver could verify with."""
        if secret is not None:
            outside.webhook_key(secret.get_secret_value())
        return secret

    @field_validator("webhook_networks")
    @classmethod
    def named_networks(cls, networks: str | None) -> str | None:
        """Refuse what is no network."""
        outside.networks(networks)
        return networks

    @field_validator("mail_server")
    @classmethod
    def server_with_tls(cls, server: str | None) -> str | None:
        """Refuse what is no mail server."""
        if server is not None:
            outside.mail_server(server)
        return server

    @field_validator("mail_from", "mail_to")
    @classmethod
    def known_as_addresses(cls, addresses: str | None) -> str | None:
        """Refuse what no mail server would take."""
        outside.mail_addresses(addresses)
        return addresses

    @field_validator("timezone")
    @classmethod
    def known_zone(cls, timezone: str) -> str:
        """Refuse a time zone that does not exist."""
        try:
            zone_named(timezone)
        except Invalid as unknown:
            raise ValueError(str(unknown)) from None
        return timezone

    @property
    def slack_on(self) -> bool:
        """Say whether a real workspace is served."""
        return self.slack_signing_secret is not None

    @property
    def teams_on(self) -> bool:
        """Say whether a real tenant is served."""
        return self.teams_app_id is not None

    @property
    def is_for_real(self) -> bool:
        """Say whether any real platform is served; otherwise the simulator is."""
        return self.slack_on or self.teams_on

    def teams_token_address(self) -> str:
        """Return where tokens for answers are bought."""
        return self.teams_token_url or TEAMS_TOKENS.format(tenant=self.teams_tenant_id)

    def teams_hosts(self) -> frozenset[str]:
        """Return the hosts that our token may be shown to."""
        return frozenset(listed(self.teams_service_hosts))

    def secret_keys(self) -> tuple[str, ...]:
        """Return every secret key, the newest first."""
        return (*_kept(self.secret_key), *_kept(self.older_secret_keys))

    def admin_accounts(self) -> frozenset[UserRef]:
        """Return who configures Parley."""
        return frozenset(UserRef(*account.split(":")) for account in listed(self.admins))

    def slack_command_names(self) -> dict[str, str]:
        """Return our commands' names by the names that the workspace gave them."""
        pairs = (pair.partition("=") for pair in self.slack_commands.split(",") if "=" in pair)
        return {theirs.strip(" /"): ours.strip(" /") for ours, _, theirs in pairs}


def _kept(keys: SecretStr | None) -> list[str]:
    parts = keys.get_secret_value().split(",") if keys else []
    return [part.strip() for part in parts if part.strip()]


def explain(error: ValidationError) -> str:
    """Return what is wrong with the settings, one sentence a line, without any value."""
    lines = []
    for problem in error.errors(include_url=False, include_input=False):
        names = ", ".join(f"PARLEY_{str(part).upper()}" for part in problem["loc"])
        text = problem["msg"].removeprefix("Value error, ")
        lines.append(text if "PARLEY_" in text else f"{names}: {text}")
    return "\n".join(lines)
