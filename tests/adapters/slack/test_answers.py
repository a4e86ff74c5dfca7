"""Every act of a person, and the way its answer takes back, over real signed traffic."""

import asyncio
import json
from collections.abc import Mapping

import pytest
import structlog

from adapters.simulator.faults import FaultKind
from adapters.simulator.views import View
from adapters.slack.answers import Errands
from storage import places
from storage.places import RoomPlace
from tests.adapters.slack.house import House, a_house
from tests.adapters.toy import ROOM

SECRET_WORDS = "what somebody said"


def shown(view: View | None) -> str:
    return str(view.body) if view else ""


async def test_a_command_is_answered_in_its_acknowledgement_and_privately(house: House) -> None:
    played = await house.slack.command("ada", "general", "/term", "R&D <b>")

    assert played.delivery
    assert played.delivery.answer["response_type"] == "ephemeral"
    assert house.toy.heard == ["term R&D <b>"]
    assert "You asked for" in house.slack.sees("ada", "general")[-1].words()
    assert house.slack.sees("ben", "general") == []


async def test_the_word_payload_in_a_command_loses_nothing(house: House) -> None:
    await house.slack.command("ada", "general", "/term", "a malicious payload={}&payload")

    assert house.toy.heard == ["term a malicious payload={}&payload"]


async def test_a_command_without_an_answer_shows_nothing(house: House) -> None:
    played = await house.slack.command("ada", "general", "/silent")

    assert played.ok
    assert played.notice is None
    assert house.toy.heard == ["silent"]
    assert house.slack.sees("ada", "general") == []


async def test_an_unknown_account_is_refused_in_words(house: House) -> None:
    played = await house.slack.command("ada", "general", "/members")

    assert played.ok
    assert house.toy.heard == []
    assert "do not know you" in house.slack.sees("ada", "general")[-1].words()


async def test_an_answer_that_slack_cannot_take_is_explained(house: House) -> None:
    await house.slack.command("ada", "general", "/huge")

    assert "too long to show" in house.slack.sees("ada", "general")[-1].words()


async def test_a_picture_is_uploaded_and_shown_after_the_acknowledgement(house: House) -> None:
    await house.slack.command("ada", "general", "/chart")

    seen = await house.sees("ada", "general", "Seven of nine")
    assert seen.only_for == "U0ADA"
    assert [block["type"] for block in seen.blocks] == ["image"]


async def test_a_form_opens_and_its_answers_come_back(house: House) -> None:
    await house.slack.command("ada", "general", "/form")
    await house.until(lambda: house.slack.view_of("ada"))
    view = house.slack.view_of("ada")
    assert view

    await house.slack.submit("ada", view, {"Your words": "hello"})

    assert house.toy.heard == ["note 7 hello in C0GENERAL"]
    assert "Noted." in shown(house.slack.view_of("ada"))


async def open_form(house: House) -> View:
    await house.slack.command("ada", "general", "/form")
    await house.until(lambda: house.slack.view_of("ada"))
    view = house.slack.view_of("ada")
    assert view
    return view


async def test_problems_stand_beside_their_questions_and_a_second_try_counts(house: House) -> None:
    view = await open_form(house)

    refused = await house.slack.submit("ada", view, {"Your words": "wrong"})
    await house.slack.submit("ada", view, {"Your words": "right"})

    assert refused.errors == {"words": "Please say it differently. And this."}
    assert house.toy.heard[-1] == "note 7 right in C0GENERAL"


async def test_a_form_can_lead_to_the_next_form(house: House) -> None:
    view = await open_form(house)

    await house.slack.submit("ada", view, {"Your words": "again"})
    following = house.slack.view_of("ada")
    assert following
    await house.slack.submit("ada", following, {"Your words": "done"})

    assert house.toy.heard[-1] == "note 8 done in C0GENERAL"


async def test_a_form_without_an_answer_closes(house: House) -> None:
    await house.slack.submit("ada", await open_form(house), {"Your words": "nothing"})

    assert house.slack.view_of("ada") is None


async def test_an_answer_too_long_for_a_window_is_explained(house: House) -> None:
    await house.slack.submit("ada", await open_form(house), {"Your words": "huge"})

    assert "too long to show" in shown(house.slack.view_of("ada"))


async def test_buttons_in_a_window_change_the_window_or_lay_a_form_on_it(house: House) -> None:
    await house.slack.submit("ada", await open_form(house), {"Your words": "hello"})
    window = house.slack.view_of("ada")
    assert window

    await house.slack.press("ada", window, "Once more")
    await house.until(lambda: len(house.slack.workspace.views.stack("U0ADA")) == 2)
    await house.slack.press("ada", window, "Count in window")
    await house.until(lambda: "Counted 6." in str(house.slack.workspace.views.stack("U0ADA")))

    assert house.toy.heard[-1] == "count 6 in C0GENERAL"


@pytest.mark.parametrize(
    "fault", [FaultKind.ANSWER_LOST, FaultKind.SERVER_ERROR, FaultKind.RATE_LIMITED]
)
async def test_a_form_that_did_not_open_is_offered_behind_a_button(
    house: House, fault: FaultKind
) -> None:
    house.slack.faults.add("views.open", fault)

    await house.slack.command("ada", "general", "/form")
    offer = await house.sees("ada", "general", "Press the button")
    await house.slack.press("ada", offer, "Open “A note”")
    await house.until(lambda: house.slack.view_of("ada"))

    assert offer.only_for == "U0ADA"


async def test_a_form_too_large_for_slack_is_explained(house: House) -> None:
    await house.slack.command("ada", "general", "/form", "120")

    await house.sees("ada", "general", "too long to be shown")


async def test_a_press_on_a_private_message_replaces_it(house: House) -> None:
    await house.slack.command("ada", "general", "/menu")
    menu = house.slack.sees("ada", "general")[-1]

    await house.slack.press("ada", menu, "Count")
    await house.sees("ada", "general", "Counted 1.")

    assert [seen.text for seen in house.slack.sees("ada", "general")] == ["Counted 1."]


async def test_a_press_on_a_public_message_is_answered_privately_beside_it(house: House) -> None:
    await house.slack.command("ada", "general", "/announce")
    public = await house.sees("ben", "general", "Press one")

    await house.slack.press("ben", public, "Count")
    await house.sees("ben", "general", "Counted 1.")

    assert [seen.text for seen in house.slack.sees("ada", "general")] == ["Press one"]


async def test_a_press_without_an_answer_shows_nothing(house: House) -> None:
    await house.slack.command("ada", "general", "/menu")
    menu = house.slack.sees("ada", "general")[-1]

    played = await house.slack.press("ada", menu, "Hush")

    assert played.ok
    assert house.toy.heard == ["hush"]


async def test_an_answer_that_its_address_did_not_take_is_posted_for_certain(house: House) -> None:
    await house.slack.command("ada", "general", "/announce")
    public = await house.sees("ada", "general", "Press one")
    house.slack.faults.add("response_url", FaultKind.SERVER_ERROR)

    await house.slack.press("ada", public, "Count")

    seen = await house.sees("ada", "general", "Counted 1.")
    assert seen.only_for == "U0ADA"


async def test_where_the_bot_is_not_the_certain_answer_is_a_direct_message(house: House) -> None:
    house.slack.faults.add("views.open", FaultKind.SERVER_ERROR)

    await house.slack.command("ada", "random", "/form")

    await house.until(lambda: "Press the button" in str(house.slack.sees_direct("ada")))


async def test_a_shortcut_gets_the_message_it_was_used_on(house: House) -> None:
    said = await house.slack.post("ben", "general", "EDRM & co")
    assert said.message

    await house.slack.shortcut("ada", "toy.explain", said.message)
    await house.sees("ada", "general", "Explained EDRM")

    moment = said.message.ts.replace(".", "")
    link = f"https://parley.slack.com/archives/C0GENERAL/p{moment}"
    assert house.toy.heard == [f"explain U0BEN: EDRM & co {link}"]


async def test_a_shortcut_can_open_a_form(house: House) -> None:
    said = await house.slack.post("ben", "general", "form")

    await house.slack.shortcut("ada", "toy.explain", said.message)
    await house.until(lambda: house.slack.view_of("ada"))

    assert "A note" in shown(house.slack.view_of("ada"))


async def test_a_shortcut_from_anywhere_is_answered_in_a_window(house: House) -> None:
    await house.slack.shortcut("ada", "toy.explain")
    await house.until(lambda: house.slack.view_of("ada"))

    assert "Explained" in shown(house.slack.view_of("ada"))


async def test_home_is_published_and_its_buttons_answer_in_a_window(house: House) -> None:
    await house.slack.open_home("ada")
    await house.until(lambda: house.slack.home_of("ada"))
    home = house.slack.home_of("ada")
    assert home

    await house.slack.press("ada", home, "Count at home")
    await house.until(lambda: house.slack.view_of("ada"))

    chat = house.slack.direct_channel("ada").id
    assert f"At home in {chat}" in shown(home)
    assert house.toy.heard == [f"count 5 in {chat}"]
    assert "Counted 5." in shown(house.slack.view_of("ada"))


async def test_a_home_that_could_not_be_published_is_no_message(house: House) -> None:
    house.slack.faults.add("views.publish", FaultKind.SERVER_ERROR)

    played = await house.slack.open_home("ada")

    assert played.ok
    assert house.slack.sees_direct("ada") == []


async def test_a_mention_is_answered_privately_in_its_channel(house: House) -> None:
    await house.slack.mention("ada", "general", "term EDRM")

    seen = await house.sees("ada", "general", "You asked for EDRM.")
    assert seen.only_for == "U0ADA"
    assert house.toy.heard == ["term EDRM"]


async def test_a_direct_message_is_answered_where_it_was_said(house: House) -> None:
    await house.slack.direct("ada", "term EDRM")

    chat = house.slack.direct_channel("ada").id
    seen = await house.sees("ada", chat, "You asked for EDRM.")
    assert seen.only_for is None


async def watch(house: House, channel: str) -> None:
    place = RoomPlace("slack", house.slack.team_id, channel, None)
    await house.database.write(lambda session: places.bind_room(session, ROOM, place))


async def test_what_people_write_in_a_watched_channel_is_heard_once(house: House) -> None:
    await watch(house, "C0SOC")
    file = house.slack.workspace.store_file("U0CHIARA", "alerts.csv", b"a,b")

    await house.slack.post("chiara", "soc", "alert on host 7", files=(file.id,))
    await house.slack.post("ada", "general", "nobody listens here")

    assert house.toy.heard == ["post alert on host 7 ['alerts.csv']"]


async def test_the_words_of_bots_and_edits_are_not_heard(house: House) -> None:
    await watch(house, "C0GENERAL")

    await house.slack.command("ada", "general", "/announce")
    await house.sees("ada", "general", "Press one")
    await asyncio.sleep(0.2)

    assert house.toy.heard == []


async def test_a_closed_form_is_acknowledged(house: House) -> None:
    view = await open_form(house)
    payload = {
        "type": "view_closed",
        "team": {"id": house.slack.team_id},
        "user": {"id": "U0ADA"},
        "view": view.as_json(house.slack.team_id),
    }

    played = await house.slack.raw(*_signed(house, payload))

    assert (played.status, played.body) == (200, "")


async def test_a_select_that_asks_for_options_gets_none(house: House) -> None:
    payload = {
        "type": "block_suggestion",
        "team": {"id": house.slack.team_id},
        "user": {"id": "U0ADA"},
        "action_id": "x",
        "value": "typed",
    }

    played = await house.slack.raw(*_signed(house, payload))

    assert played.answer == {"options": []}


def _signed(house: House, payload: Mapping[str, object]) -> tuple[str, bytes, dict[str, str]]:
    body = json.dumps(payload).encode()
    return "/slack/events", body, house.slack.signed(body, "application/json")


async def test_the_workspace_may_call_our_commands_otherwise(sqlite_url: str) -> None:
    async with a_house(sqlite_url, names={"jargon": "term"}) as house:
        await house.slack.command("ada", "general", "/jargon", "EDRM")

        assert house.toy.heard == ["term EDRM"]


async def test_an_acknowledgement_does_not_wait_for_slack(house: House) -> None:
    house.slack.faults.add("views.open", FaultKind.SLOW, seconds=1)

    played = await house.slack.command("ada", "general", "/form")

    assert played.ok
    assert "views.open" not in [entry.title for entry in house.slack.journal]


async def test_an_errand_that_fails_or_takes_too_long_stops_nothing() -> None:
    errands = Errands()

    async def fail() -> None:
        raise LookupError(SECRET_WORDS)

    with structlog.testing.capture_logs() as entries:
        errands.start(fail())
        await asyncio.sleep(0)
        errands.start(asyncio.sleep(60))
        await errands.finish(0.05)
        await errands.finish(0.05)

    assert [(entry["event"], entry["error"]) for entry in entries] == [
        ("slack_errand_failed", "LookupError")
    ]
    assert SECRET_WORDS not in str(entries)
