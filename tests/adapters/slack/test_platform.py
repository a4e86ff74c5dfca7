"""Posting to Slack: what is posted, edited and found, and what each failure means."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from adapters.simulator.faults import FaultKind
from adapters.slack.api import SlackApi
from adapters.slack.platform import SlackSettings
from bot.errors import DeliveryError
from bot.inbound import Place, UserRef
from bot.platform import MessageRef
from bot.ui import File, Image, Message, Text
from bot.web import serve
from tests.adapters.slack.house import House, a_house
from tests.adapters.toy import PNG

GENERAL = Place("slack", "T0PARLEY", "C0GENERAL")
HELLO = Message(text="Hello <!channel>", blocks=(Text(text="Hello <!channel>"),))


def long_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


async def test_a_post_carries_its_key_and_unfolds_no_links(house: House) -> None:
    ref = await house.platform.post(GENERAL, HELLO, key="send:1")

    [seen] = house.slack.sees("ben", "general")
    [call] = house.slack.journal.calls("chat.postMessage")
    assert ref == MessageRef(GENERAL, seen.ts)
    assert seen.metadata == {"event_type": "parley", "event_payload": {"key": "send:1"}}
    assert '"unfurl_links": "false", "unfurl_media": "false"' in call.request.body
    assert "<!channel>" not in seen.text


async def test_a_post_is_found_behind_hundreds_of_others(house: House) -> None:
    ref = await house.platform.post(GENERAL, HELLO, key="send:1")
    for n in range(250):
        await house.slack.post("ada", "general", f"chatter {n}")

    assert await house.platform.find(GENERAL, "send:1", long_ago()) == ref


async def test_a_direct_chat_is_opened_once(house: House) -> None:
    ada = UserRef("slack", "T0PARLEY", "U0ADA")

    place = await house.platform.direct(ada)
    again = await house.platform.direct(ada)

    assert place == again
    assert place.channel == house.slack.direct_channel("ada").id
    assert len(house.slack.journal.calls("conversations.open")) == 1


async def test_what_one_person_may_see_no_other_sees(house: House) -> None:
    ada = UserRef("slack", "T0PARLEY", "U0ADA")

    ref = await house.platform.post(GENERAL.privately(ada), HELLO, key="send:1")

    assert house.slack.sees("ben", "general") == []
    assert house.slack.sees("ada", "general")[0].only_for == "U0ADA"
    with pytest.raises(DeliveryError) as refused:
        await house.platform.edit(ref, HELLO)
    assert refused.value.permanent


@pytest.mark.parametrize("channel", ["C0RANDOM", "C0OLD", "C0NOWHERE"])
async def test_a_private_answer_that_cannot_be_shown_there_is_a_direct_message(
    house: House, channel: str
) -> None:
    place = Place("slack", "T0PARLEY", channel, viewer="U0ADA")

    ref = await house.platform.post(place, HELLO, key="send:1")

    assert ref.place.channel == house.slack.direct_channel("ada").id
    assert [seen.ts for seen in house.slack.sees_direct("ada")] == [ref.id]


async def test_a_persons_id_stands_for_their_direct_chat(house: House) -> None:
    await house.platform.post(Place("slack", "T0PARLEY", "U0ADA"), HELLO, key="send:1")

    assert len(house.slack.sees_direct("ada")) == 1


async def test_a_picture_is_uploaded_first(house: House) -> None:
    picture = Message(text="Seven of nine", blocks=(Image(alt="Seven of nine", png=PNG),))

    await house.platform.post(GENERAL, picture, key="send:1")

    [seen] = house.slack.sees("ben", "general")
    file = house.slack.workspace.file(seen.blocks[0]["slack_file"]["id"])
    assert file.content == PNG
    assert seen.blocks[0]["alt_text"] == "Seven of nine"


async def test_a_file_hangs_under_the_message_that_it_belongs_to(house: House) -> None:
    dates = File(name="agenda-3.ics", content=b"BEGIN:VCALENDAR", type="text/calendar", alt="Dates")

    ref = await house.platform.post(GENERAL, Message(text="Dates", blocks=(dates,)), key="send:1")

    [first, second] = house.slack.sees("ben", "general")[-2:]
    assert (first.ts, second.thread_ts) == (ref.id, ref.id)
    file = house.slack.workspace.file(second.files[0]["id"])
    assert (file.name, file.content, file.shared) == ("agenda-3.ics", b"BEGIN:VCALENDAR", True)


async def test_where_no_file_may_be_uploaded_the_words_still_come(house: House) -> None:
    dates = File(name="agenda-3.ics", content=b"BEGIN:VCALENDAR", type="text/calendar", alt="Dates")
    house.slack.faults.add("files.getUploadURLExternal", FaultKind.ACCOUNT_INACTIVE)

    await house.platform.post(GENERAL, Message(text="Dates", blocks=(dates,)), key="send:1")

    [seen] = house.slack.sees("ben", "general")[-1:]
    assert "File: " in str(seen.blocks)


async def test_a_file_that_slack_wants_later_keeps_the_message_back(house: House) -> None:
    dates = File(name="agenda-3.ics", content=b"BEGIN:VCALENDAR", type="text/calendar", alt="Dates")
    before = house.slack.sees("ben", "general")
    house.slack.faults.add("files.getUploadURLExternal", FaultKind.RATE_LIMITED)

    with pytest.raises(DeliveryError):
        await house.platform.post(GENERAL, Message(text="Dates", blocks=(dates,)), key="send:1")

    assert house.slack.sees("ben", "general") == before


@pytest.mark.parametrize(
    ("channel", "code"),
    [("C0RANDOM", "not_in_channel"), ("C0OLD", "is_archived"), ("C0NO", "channel_not_found")],
)
async def test_what_slack_refuses_for_good_is_permanent(
    house: House, channel: str, code: str
) -> None:
    with pytest.raises(DeliveryError) as refused:
        await house.platform.post(Place("slack", "T0PARLEY", channel), HELLO, key="send:1")

    assert (refused.value.code, refused.value.permanent) == (code, True)
    assert not refused.value.unknown


@pytest.mark.parametrize("kind", [FaultKind.TOKEN_REVOKED, FaultKind.ACCOUNT_INACTIVE])
async def test_a_lost_token_is_permanent(house: House, kind: FaultKind) -> None:
    house.slack.faults.add("chat.postMessage", kind)

    with pytest.raises(DeliveryError) as refused:
        await house.platform.post(GENERAL, HELLO, key="send:1")

    assert (refused.value.code, refused.value.permanent) == (kind.value, True)


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.SERVER_ERROR,
        FaultKind.UNAVAILABLE,
        FaultKind.ANSWER_LOST,
        FaultKind.REQUEST_LOST,
        FaultKind.GARBAGE,
        FaultKind.FATAL_ERROR,
    ],
)
async def test_an_unknown_outcome_is_said_and_nothing_is_repeated(
    house: House, kind: FaultKind
) -> None:
    house.slack.faults.add("chat.postMessage", kind)

    with pytest.raises(DeliveryError) as lost:
        await house.platform.post(GENERAL, HELLO, key="send:1")

    assert lost.value.unknown
    assert not lost.value.permanent
    found = await house.platform.find(GENERAL, "send:1", long_ago())
    assert len(house.slack.sees("ben", "general")) == (found is not None)


async def test_when_nobody_answers_at_all_nothing_was_posted() -> None:
    api = SlackApi("http://127.0.0.1:9/api/", "xoxb-token")

    with pytest.raises(DeliveryError) as lost:
        await api.call("chat.postMessage")
    await api.close()

    assert (lost.value.code, lost.value.unknown) == ("unreachable", False)


@pytest.fixture
async def stranger() -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A server that is not Slack, and sends everybody on."""
    met: list[web.Request] = []
    home = ""

    async def answer(request: web.Request) -> web.Response:
        met.append(request)
        if request.path.startswith("/api"):
            return web.Response(status=307, headers={"Location": f"{home}/elsewhere"})
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = await serve(app, "127.0.0.1", 0)
    home = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield home, met
    await runner.cleanup()


async def test_a_redirect_does_not_carry_the_token_away(
    stranger: tuple[str, list[web.Request]],
) -> None:
    home, met = stranger
    api = SlackApi(f"{home}/api", "xoxb-token")

    with pytest.raises(DeliveryError):
        await api.call("chat.postMessage")
    await api.close()

    assert [request.path for request in met] == ["/api/chat.postMessage"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "no address",
        "http://hooks.slack.com/actions/1",
        "https://hooks.slack.com:8443/actions/1",
        "https://hooks.slack.com.evil.example/actions/1",
        "https://evil.example/hooks.slack.com",
        "https://hooks.slack.com@evil.example/1",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "http://[::1/",
    ],
)
async def test_answers_go_to_slack_only(address: str) -> None:
    api = SlackApi("http://127.0.0.1:9/api/", "xoxb-token")

    with pytest.raises(DeliveryError) as refused:
        await api.send(address, body=b"{}", content_type="application/json")
    await api.close()

    assert refused.value.code == "address_refused"


async def test_nothing_is_sent_to_a_local_address_when_slack_is_real() -> None:
    api = SlackApi("https://slack.com/api/", "xoxb-token")

    with pytest.raises(DeliveryError) as refused:
        await api.send("http://127.0.0.1:9/x", body=b"{}", content_type="application/json")
    await api.close()

    assert refused.value.code == "address_refused"


def test_settings_do_not_show_their_secrets() -> None:
    settings = SlackSettings(signing_secret="top", bot_token="xoxb-1", app_token="xapp-1")

    shown = repr(settings)

    assert not any(secret in shown for secret in ("top", "xoxb", "xapp"))


def installations_in(folder: Path) -> list[Path]:
    return list(folder.glob(".bolt*"))


async def test_the_environment_turns_nothing_else_on(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("CLIENT_ID", "CLIENT_SECRET", "SIGNING_SECRET", "BOT_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", f"of another program {name}")
    monkeypatch.setenv("HOME", str(tmp_path))

    async with a_house(sqlite_url) as house:
        await house.slack.command("ada", "general", "/term", "EDRM")

        assert house.toy.heard == ["term EDRM"]
    assert installations_in(tmp_path) == []
