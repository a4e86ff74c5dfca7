"""Who is let in, who is shut out, and what they were sent after that."""

import asyncio
import threading
from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.context import Context
from bot.ui import Form
from storage import jobs, posts
from storage.jobs import Job
from storage.posts import Post
from tests.workflows.acting import account, said
from tests.workflows.engine import MONDAY
from tests.workflows.incidents.house import SOON, TITLE, House
from tests.workflows.reports.house import IDS
from workflows.incidents import calls, engaging, shutting_out, tables
from workflows.incidents.rules import Part, Tlp
from workflows.incidents.tables import Engagement
from workflows.reports.rules import Category

GONE = "not for you to see"


async def arrives(house: House, id: int, *names: str) -> None:
    """Let the card of an incident have reached people."""

    def record(session: Session) -> None:
        for name in names:
            key = f"incident:{id}:to:{IDS[name]}:card"
            entity = f"incident:{id}"
            sent = Post(
                platform="slack",
                tenant="T1",
                channel=f"D{name}",
                message=f"{id}.{name}",
                key=key,
                posted_at=MONDAY,
                entity=entity,
            )
            posts.record(session, sent)

    await house.database.write(record)


async def test_the_lead_lets_somebody_in_who_reads_it_from_then_on(house: House) -> None:
    id = await house.opens(lead="Hugo")

    before = await house.says("Sam", f"security status SI-{id}")
    form = await house.says("Hugo", f"security invite SI-{id}")
    await house.sends("Hugo", form, {"who": account("Sam").user})
    after = await house.says("Sam", f"security status SI-{id}")

    assert GONE in said(before)
    assert "copper heron" in said(after)


async def test_whoever_is_shut_out_loses_what_they_were_sent(house: House) -> None:
    id = await house.opens("Sam", lead="Hugo")
    await arrives(house, id, "Sam")

    form = await house.says("Hugo", f"security exclude SI-{id}")
    await house.sends("Hugo", form, {"who": account("Sam").user})
    await house.passes(SOON)

    assert GONE in said(await house.says("Sam", f"security status SI-{id}"))
    [stub] = await house.sent("Sam")
    assert stub.message.text == "SI-1 is being responded to."
    assert not stub.message.blocks


async def test_whoever_is_shut_out_is_never_sent_what_still_waited(house: House) -> None:
    id = await house.opens("Sam", lead="Hugo")
    await house.changes(id)
    waiting = await house.sent("Sam")

    form = await house.says("Hugo", f"security exclude SI-{id}")
    await house.sends("Hugo", form, {"who": account("Sam").user})
    await house.passes(SOON)

    assert TITLE in waiting[0].message.model_dump_json()
    assert await house.sent("Sam") == []


async def test_what_a_worker_has_in_its_hands_is_edited_once_it_is_there(house: House) -> None:
    id = await house.opens("Sam", lead="Hugo")
    await house.changes(id)
    await house.database.write(_claim_all)

    form = await house.says("Hugo", f"security exclude SI-{id}")
    await house.sends("Hugo", form, {"who": account("Sam").user})

    card, stub = await house.sent("Sam")
    assert stub.envelope.key == card.envelope.key
    assert stub.message.text == "SI-1 is being responded to."


def _claim_all(session: Session) -> list[Job]:
    lease = timedelta(minutes=1)
    return jobs.claim(session, owner="a worker", slots=100, lease=lease, now=MONDAY + SOON)


@pytest.mark.parametrize("timer", ["incidents.show", "incidents.tell_department"])
async def test_a_card_drawn_while_somebody_is_shut_out_does_not_reach_them(
    house: House, timer: str
) -> None:
    id = await house.opens("Ivan", lead="Hugo")
    await house.within(lambda ctx: _due(ctx, id))
    [job] = [
        one for one in await house.database.write(_claim_all) if one.payload.get("route") == timer
    ]
    loop, begun, drawn = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def shut(ctx: Context) -> None:
        incident = tables.lock_incident(ctx.session, id)
        assert incident is not None
        shutting_out.shut_out(ctx, incident, IDS["Ivan"])
        loop.call_soon_threadsafe(begun.set)
        drawn.wait(0.2)

    shutting = asyncio.create_task(house.within(shut))
    await begun.wait()
    house.clock.advance(SOON)
    await house.engine.run_timer(job)
    drawn.set()
    await shutting

    assert await house.sent("Ivan") == []


def _due(ctx: Context, id: int) -> None:
    incident = tables.lock_incident(ctx.session, id)
    assert incident is not None
    calls.incident_changed(ctx, id)
    own = Engagement(
        incident_id=id, department="it", part=Part.RESPONDS, notified_at=ctx.now, asked=1
    )
    ctx.session.add(own)
    ctx.schedule(engaging.tell, ctx.now, key="tell", incident=id, department="it")


async def test_under_red_who_follows_and_who_acts_for_a_department_read_no_more(
    house: House,
) -> None:
    id = await house.declares(await house.files(category=Category.ACCOUNT), lead="true")
    await house.says("Uma", f"security follow SI-{id}")
    await arrives(house, id, "Uma", "Ivan")
    before = await house.readers(id)

    form = await house.says("Tess", f"security tlp SI-{id}")
    answer = await house.sends("Tess", form, {"tlp": Tlp.RED})
    await house.passes(SOON)

    assert before == {"Tess", "Uma", "Ivan"}
    assert await house.readers(id) == {"Tess"}
    assert "Ivan" in said(answer)
    for name in ("Uma", "Ivan"):
        assert (await house.sent(name))[-1].message.text == "SI-1 is being responded to."
        assert "no open incident" in said(await house.says(name, "security list"))
        assert GONE in said(await house.says(name, f"security status SI-{id}"))


async def test_nobody_follows_what_is_red_or_what_is_none_of_their_departments(
    house: House,
) -> None:
    open_one = await house.opens("Hetty")
    red = await house.opens("Lou", category=Category.CONDUCT)

    answers = [
        await house.says("Sam", f"security follow SI-{open_one}"),
        await house.says("Tess", f"security follow SI-{red}"),
        await house.says("Tess", f"security follow SI-{open_one}"),
    ]

    assert [GONE in said(one) for one in answers] == [True, True, False]


async def test_who_follows_has_no_part_in_the_response(house: House) -> None:
    id = await house.opens(lead="Hugo")
    await house.says("Tess", f"security follow SI-{id}")

    refused = await house.says("Tess", f"security severity SI-{id}")
    await house.says("Tess", f"security unfollow SI-{id}")

    assert "You follow this incident" in said(refused)
    assert await house.readers(id) == {"Hugo"}


async def test_the_card_is_for_its_readers_and_hides_links_that_somebody_typed(
    house: House,
) -> None:
    report = await house.files()
    await house.declares(report, title="See https://evil.example/login")

    [card] = [one for one in await house.sent("Tess") if "copper" not in one.message.text][-1:]

    assert "https://evil" not in card.message.model_dump_json()
    assert not any(TITLE in text for text in await house.told("Rita"))


async def test_an_incident_is_only_shown_to_the_lead_with_what_the_lead_decides(
    house: House,
) -> None:
    id = await house.opens("Tess", lead="Hugo")

    assert isinstance(await house.says("Hugo", f"security tlp SI-{id}"), Form)
    assert "Only the lead" in said(await house.says("Tess", f"security tlp SI-{id}"))
