"""Mild incidents are told once a day, with nothing but number, kind and state."""

from datetime import timedelta

from bot.context import Context
from tests.workflows.incidents.house import TITLE, House
from tests.workflows.reports.house import IDS
from workflows.incidents import access, digest, tables
from workflows.incidents.rules import Tlp
from workflows.reports.rules import Severity

STILL_OPEN = "which are still open"


async def digests(house: House, name: str) -> list[str]:
    await house.within(digest.digest.handler)
    await house.passes(timedelta(minutes=1))
    return [text for text in await house.told(name) if STILL_OPEN in text]


async def test_a_line_carries_number_kind_and_state_alone(house: House) -> None:
    await house.opens("Tess", severity=Severity.S4)
    await house.opens("Tess", severity=Severity.S3)

    [text] = await digests(house, "Tess")

    assert "SI-1: " in text
    assert "SI-2" not in text
    assert TITLE not in text
    assert "copper" not in text


async def test_red_is_in_no_digest_and_who_is_shut_out_gets_none(house: House) -> None:
    await house.opens("Tess", severity=Severity.S4, tlp=Tlp.RED)
    id = await house.opens("Tess", severity=Severity.S4)

    def shut(ctx: Context) -> None:
        incident = tables.lock_incident(ctx.session, id)
        assert incident is not None
        access.exclude(ctx, incident, IDS["Tess"])

    await house.within(shut)

    assert await digests(house, "Tess") == []
    [text] = await digests(house, "Hugo")
    assert "SI-1:" not in text


async def test_nobody_is_told_outside_of_their_hours(house: House) -> None:
    await house.opens("Tess", severity=Severity.S4)
    await house.passes(timedelta(hours=12))

    at_night = await digests(house, "Tess")
    await house.passes(timedelta(hours=12))

    assert at_night == []
    assert any(STILL_OPEN in text for text in await house.told("Tess"))
