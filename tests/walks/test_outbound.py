"""A signal finds its way out of Parley as it runs, where an operator opened one."""

import asyncio
from base64 import b64encode

from pydantic import SecretStr

from app import Parley
from bot import signals
from bot.signals import Signal
from console import outlets
from tests.adapters.webhook.receiver import KEY, receiving
from tests.simulation import opened, settings_for

SECRET = SecretStr("whsec_" + b64encode(KEY).decode())
SEALED = SecretStr("the key of all walks is long enough to seal with")
PATIENCE_SECONDS = 30


async def test_a_running_parley_tells_the_webhook_of_its_settings(sqlite_url: str) -> None:
    async with receiving() as receiver:
        way_out = {
            "webhook_url": receiver.url,
            "webhook_secret": SECRET,
            "webhook_networks": "127.0.0.0/8",
        }
        own = settings_for(sqlite_url).model_copy(update={"secret_key": SEALED, **way_out})
        parley = Parley(own)
        await parley.start()
        now, signal = parley.clock.now(), Signal("report.waiting", "R-12", "S1", "received")

        await parley.database.write(
            lambda session: signals.queue(session, signal, key="k", about="report:12", now=now)
        )
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not receiver.taken:  # noqa: ASYNC110 - nobody tells when a request arrives
                await asyncio.sleep(0.01)

        [(_, body)] = receiver.taken
        assert b'"R-12"' in body
        await parley.close()


async def test_what_is_played_in_the_simulator_rings_nowhere(sqlite_url: str) -> None:
    way_out = {"webhook_url": "https://alerts.example.com/", "webhook_secret": SECRET}
    mail = {"mail_server": "smtp://mail.example.com", "mail_from": "a@b.c", "mail_to": "a@b.c"}
    own = settings_for(sqlite_url).model_copy(update={**way_out, **mail})

    async with opened(own) as simulation:
        assert outlets.of(own).keys() == {"webhook", "mail"}
        assert outlets.of(simulation.parley.settings) == {}
