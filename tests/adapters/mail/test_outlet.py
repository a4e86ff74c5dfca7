"""E-mail: short, over TLS alone, and refused in codes."""

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_string
from pathlib import Path

import pytest

from adapters.mail.outlet import MailOutlet, MailSettings
from bot.errors import DeliveryError
from bot.signals import Sending, Signal
from tests.adapters.mail.server import PASSWORD, USER, MailServer, free_port, serving

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SENDING = Sending(Signal("report.waiting", "R-12", "S1", "received"), "msg_1", NOON)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with serving(tmp_path, MailServer()) as running:
        yield running


async def refused(settings: MailSettings) -> DeliveryError:
    with pytest.raises(DeliveryError) as error:
        await MailOutlet(settings).tell(SENDING)
    return error.value


async def test_a_mail_says_the_number_and_nothing_that_could_be_answered(
    server: MailServer,
) -> None:
    await MailOutlet(server.settings()).tell(SENDING)

    [text] = server.mails
    mail = message_from_string(text)
    assert mail["Subject"] == "[S1] R-12: report.waiting"
    assert mail["To"] == "oncall@example.com, head@example.com"
    assert mail["Message-ID"] == "<msg_1@example.com>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "R-12 needs somebody" in mail.get_payload()


async def test_nothing_but_the_wish_for_tls_is_said_in_clear(server: MailServer) -> None:
    await MailOutlet(server.settings(user=USER, password=PASSWORD)).tell(SENDING)

    clear = {one for one in server.heard if one.endswith(" in clear")}
    assert clear == {"EHLO in clear", "STARTTLS in clear"}
    assert "AUTH" in server.heard


async def test_a_server_can_speak_tls_from_the_first_byte_on(tmp_path: Path) -> None:
    with serving(tmp_path, MailServer(is_tls_at_once=True)) as server:
        await MailOutlet(server.settings()).tell(SENDING)

        assert len(server.mails) == 1
        assert not [one for one in server.heard if one.endswith(" in clear")]


async def test_a_server_without_tls_is_told_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, MailServer(offers_tls=False)) as server:
        error = await refused(server.settings(user=USER, password=PASSWORD))

        assert (error.code, error.permanent) == ("server_without_tls_or_sign_in", True)
        assert server.mails == []
        assert "AUTH in clear" not in server.heard


async def test_a_certificate_that_nobody_vouches_for_is_refused(server: MailServer) -> None:
    error = await refused(replace(server.settings(), ca_file=None))

    assert error.code == "certificate_refused"
    assert server.mails == []


@pytest.mark.parametrize(
    ("verb", "answer", "is_final"),
    [("RCPT", "550 nobody of that name", True), ("MAIL", "451 later", False)],
)
async def test_the_server_says_whether_it_makes_sense_to_come_back(
    server: MailServer, verb: str, answer: str, is_final: bool
) -> None:
    server.refusals[verb] = deque([answer] * 2)

    error = await refused(server.settings())

    assert (error.code, error.permanent) == (f"smtp_{answer[:3]}", is_final)


async def test_one_reader_whom_the_server_refuses_is_not_forgotten(server: MailServer) -> None:
    server.refusals["RCPT"] = deque(["550 nobody of that name"])

    error = await refused(server.settings())

    assert (error.code, error.permanent) == ("smtp_550", True)
    assert len(server.mails) == 1


async def test_a_wrong_password_is_said_without_it(server: MailServer) -> None:
    settings = server.settings(user=USER, password="another")

    error = await refused(settings)

    assert (error.code, error.permanent) == ("smtp_535", True)
    assert "another" not in repr(settings)


async def test_a_check_signs_in_and_sends_nothing(server: MailServer) -> None:
    await MailOutlet(server.settings(user=USER, password=PASSWORD)).check()

    assert "AUTH" in server.heard
    assert server.mails == []


async def test_a_server_that_is_away_is_asked_again(server: MailServer) -> None:
    error = await refused(replace(server.settings(), port=free_port()))

    assert (error.code, error.permanent) == ("unreachable", False)


async def test_the_loop_goes_on_while_a_mail_is_handed_over(server: MailServer) -> None:
    sending = asyncio.create_task(MailOutlet(server.settings()).tell(SENDING))

    turns = 0
    while not sending.done():
        await asyncio.sleep(0)
        turns += 1

    assert turns > 1
    await sending
