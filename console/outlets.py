"""The ways out of the settings: the webhook and e-mail, both off unless they are set up."""

from __future__ import annotations

from pydantic import SecretStr

from bot import outside
from bot.settings import Settings
from bot.signals import Outlet


def of(settings: Settings) -> dict[str, Outlet]:
    """Return each way out that is on, by name; what none of them needs is not imported."""
    found: list[Outlet] = []
    if settings.webhook_url is not None:
        found.append(_webhook(settings, settings.webhook_url))
    if settings.mail_server is not None:
        found.append(_mail(settings))
    return {one.name: one for one in found}


def _webhook(settings: Settings, url: str) -> Outlet:
    from adapters.webhook.outlet import WebhookOutlet, WebhookSettings  # noqa: PLC0415  # see above

    key = outside.webhook_key(_revealed(settings.webhook_secret))
    return WebhookOutlet(WebhookSettings(url, key, outside.networks(settings.webhook_networks)))


def _mail(settings: Settings) -> Outlet:
    from adapters.mail.outlet import MailOutlet, MailSettings  # noqa: PLC0415  # see above

    scheme, host, port = outside.mail_server(settings.mail_server or "")
    return MailOutlet(
        MailSettings(
            host,
            port,
            settings.mail_from or "",
            outside.mail_addresses(settings.mail_to),
            is_tls_at_once=scheme == "smtps",
            user=settings.mail_user or "",
            password=_revealed(settings.mail_password),
            ca_file=settings.mail_ca_file,
        )
    )


def _revealed(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
