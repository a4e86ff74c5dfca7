"""The webhook: signed as Standard Webhooks has it, only to where it may go, and no further."""

import hmac
import json
from base64 import b64decode
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from adapters.webhook import signing
from adapters.webhook.addresses import may_reach
from adapters.webhook.outlet import WebhookOutlet, WebhookSettings
from bot.errors import DeliveryError
from bot.signals import Sending, Signal
from tests.adapters.webhook.receiver import KEY, LOOPBACK, Receiver, receiving

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SENDING = Sending(Signal("report.waiting", "R-12", "S1", "received"), "msg_1", NOON)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as one:
        yield one


async def refused(outlet: WebhookOutlet) -> DeliveryError:
    with pytest.raises(DeliveryError) as error:
        await outlet.tell(SENDING)
    return error.value


def test_a_signature_is_that_of_the_specifications_own_example() -> None:
    key = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)

    made = signing.headers(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')

    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_a_receiver_can_verify_what_it_is_told_and_reads_nothing_more(
    receiver: Receiver,
) -> None:
    await receiver.outlet().tell(SENDING)

    [(headers, body)] = receiver.taken
    signed = f"msg_1.{headers['webhook-timestamp']}.".encode() + body
    version, signature = headers["webhook-signature"].split(",")
    assert version == "v1"
    assert b64decode(signature) == hmac.digest(KEY, signed, "sha256")
    assert json.loads(body) == {
        "type": "report.waiting",
        "timestamp": "2026-11-02T12:00:00+00:00",
        "data": {"number": "R-12", "severity": "S1", "state": "received"},
    }


async def test_a_check_is_signed_like_all_else(receiver: Receiver) -> None:
    await receiver.outlet().check()

    [(headers, body)] = receiver.taken
    assert json.loads(body)["type"] == "check"
    assert headers["webhook-id"].startswith("msg_")


@pytest.mark.parametrize(("status", "is_final"), [(500, False), (401, False), (410, True)])
async def test_only_an_address_that_is_gone_is_given_up(
    receiver: Receiver, status: int, is_final: bool
) -> None:
    receiver.fails(status)

    error = await refused(receiver.outlet())

    assert (error.code, error.permanent) == (f"http_{status}", is_final)


async def test_nobody_follows_a_redirect(receiver: Receiver) -> None:
    receiver.fails(307, Location=f"{receiver.url}/elsewhere")

    error = await refused(receiver.outlet())

    assert (error.code, error.permanent) == ("http_307", True)
    assert len(receiver.taken) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("90", 90),
        ("Mon, 02 Nov 2026 12:02:00 GMT", 120),
        ("Mon, 02 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("Mon, 02 Nov 2026 12:02:00 +99999999999999999999", None),
    ],
)
async def test_a_receiver_says_when_to_come_back(
    receiver: Receiver, said: str, seconds: float | None
) -> None:
    receiver.fails(429, Retry_After=said)
    outlet = WebhookOutlet(WebhookSettings(receiver.url, KEY, (LOOPBACK,), now=lambda: NOON))

    error = await refused(outlet)

    assert error.retry_after == seconds


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1"])
async def test_this_machine_is_not_reached_unless_it_is_named(
    receiver: Receiver, host: str
) -> None:
    url = receiver.url.replace("127.0.0.1", host)

    error = await refused(WebhookOutlet(WebhookSettings(url, KEY)))

    assert (error.code, error.permanent) == ("address_refused", True)
    assert receiver.taken == []


async def test_a_name_is_looked_up_before_it_is_believed(receiver: Receiver) -> None:
    url = receiver.url.replace("127.0.0.1", "localhost")
    allowed = (LOOPBACK, ip_network("::1/128"))

    await WebhookOutlet(WebhookSettings(url, KEY, allowed)).tell(SENDING)

    assert len(receiver.taken) == 1


async def test_nobody_there_is_no_reason_to_give_up(receiver: Receiver) -> None:
    free = WebhookSettings("http://127.0.0.1:1/hook", KEY, (LOOPBACK,))

    error = await refused(WebhookOutlet(free))

    assert (error.code, error.permanent) == ("unreachable", False)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),  # noqa: S104 - refused
        *("100.64.0.1", "192.0.0.170", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1", "2001:0::1"),
        "no address",
    ],
)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not may_reach(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_what_is_public_may_be_reached(address: str) -> None:
    assert may_reach(address)


def test_what_an_operator_names_may_be_reached_and_its_neighbour_not() -> None:
    allowed = (ip_network("10.20.0.0/16"),)

    assert may_reach("10.20.3.4", allowed)
    assert may_reach("::ffff:10.20.3.4", allowed)
    assert not may_reach("10.21.0.1", allowed)


def test_no_sentence_fits_into_a_signal() -> None:
    with pytest.raises(ValueError, match="single words"):
        replace(SENDING.signal, state="the invoice of Ada")
