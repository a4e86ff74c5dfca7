"""Every way back: what people do in Teams, and what they read for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.simulator.teams.dialogs import Dialog
from adapters.simulator.teams.messages import Message as Seen
from adapters.simulator.teams.outcomes import Played
from adapters.teams.answers import DONE, SENT, SENT_HERE
from bot import menu
from bot.menu import FORM_TOO_BIG, TOO_BIG
from bot.metrics import INBOUND
from bot.workflow import NO_SUCH_THING
from storage import places
from storage.places import RoomPlace
from tests.adapters.teams.acts import CHANNEL, announced, channel, given, invoked, told
from tests.adapters.teams.house import House
from tests.adapters.toy import ROOM

OPEN_NOTE = "Open “A note”"


def dialog_of(played: Played) -> Dialog:
    assert played.dialog is not None, played
    assert not played.problems
    return played.dialog


async def opened(house: House, what: str = "Write a note") -> Dialog:
    card = await announced(house)
    return dialog_of(await house.teams.press("ben", card, what))


# Words ------------------------------------------------------------------------------------


async def test_a_mention_is_answered_in_private(house: House) -> None:
    played = await house.teams.mention("ada", CHANNEL, "term EDRM")

    await told(house, "ada", "You asked for EDRM.")
    assert (played.ok, played.delivery and played.delivery.body) == (True, "")
    assert not [seen for seen in house.said_in(CHANNEL) if "EDRM" in seen.words()]


async def test_words_to_the_bot_alone_are_answered_there(house: House) -> None:
    await house.teams.direct("ada", "term EDRM")

    await told(house, "ada", "You asked for EDRM.")


async def test_words_that_are_a_form_get_a_button_that_opens_it(house: House) -> None:
    await house.teams.mention("ada", CHANNEL, "form")
    offer = await told(house, "ada", "opens in a window")

    dialog = dialog_of(await house.teams.press("ada", offer, OPEN_NOTE))
    await house.teams.submit("ada", dialog, {"Your words": "hello"})

    assert dialog.title == "A note"
    assert house.toy.heard == [f"note 7 hello in {offer.conversation}"]


async def test_a_channel_without_a_listener_leaves_no_trace(house: House) -> None:
    house.teams.team("Talent Acquisition").is_overheard = True

    played = await house.teams.say("ada", CHANNEL, "just talking")

    assert played.ok
    assert house.toy.heard == []


async def test_a_watched_channel_is_heard_once_without_a_mention(house: House) -> None:
    house.teams.team("Talent Acquisition").is_overheard = True
    await watch(house)

    played = await house.teams.say("ada", CHANNEL, "the laptop is gone, @ben")
    activity = house.teams.activities.message(
        house.teams.person("ada"), house.teams.conversation(CHANNEL), given(played.message)
    )
    await house.teams.redeliver(activity, times=6)

    # Whom a message mentions is told by name only: Teams gives no directory id there.
    assert house.toy.heard == ["post the laptop is gone, @Ben Lindqvist []"]


async def watch(house: House) -> None:
    place = RoomPlace("teams", house.teams.tenant_id, channel(house), None)
    await house.database.write(lambda session: places.bind_room(session, ROOM, place))


# Buttons on cards ---------------------------------------------------------------------------


async def test_a_short_answer_to_a_press_is_a_toast(house: House) -> None:
    card = await announced(house)

    played = await house.teams.press("ben", card, "Count")

    assert (played.ok, played.notice) == (True, "Counted 1.")
    assert house.toy.heard == [f"count 1 in {channel(house)}"]
    assert len(house.said_in(CHANNEL)) == 1


async def test_a_press_without_an_answer_is_done(house: House) -> None:
    card = await announced(house)

    assert (await house.teams.press("ben", card, "Hush")).notice == DONE.text


async def test_a_refusal_is_a_toast(house: House) -> None:
    card = await announced(house)

    played = await house.teams.press("ben", card, "Forbidden")

    assert played.notice == "Only the lead may do this. Nothing was changed."


async def test_an_answer_with_more_to_it_goes_into_the_persons_own_chat(house: House) -> None:
    await house.teams.direct("ada", "help")
    card = await told(house, "ada", menu.INTRODUCTION)

    played = await house.teams.press("ada", card, "Try: chart")

    assert played.notice == SENT_HERE
    await told(house, "ada", "Seven of nine")


async def test_a_card_that_all_see_stays_as_it_is(house: House) -> None:
    pressed = {"parley": {"route": menu.RUN, "ids": {"words": "chart"}}}
    card = await announced(house)

    answer = await invoked(house, "adaptiveCard/action", {"action": {"data": pressed}}, card)

    assert answer.answer["value"] == SENT
    await told(house, "ben", "Seven of nine")
    assert house.said_in(CHANNEL)[0].card == card.card
    assert house.said_in(CHANNEL)[0].views == {}


async def test_a_repeated_press_has_one_effect_and_the_same_answer(house: House) -> None:
    card = await announced(house)
    activity = pressing(house, card, {"parley": {"route": "toy.count", "ids": {"number": 1}}})

    answers = await house.teams.redeliver(activity, times=3)

    assert {answer.answer["value"] for answer in answers} == {"Counted 1."}
    assert house.toy.heard == [f"count 1 in {channel(house)}"]


async def test_a_repeated_answer_is_told_once(house: House) -> None:
    card = await announced(house)
    pressed = {"parley": {"route": menu.RUN, "ids": {"words": "chart"}}}

    for answer in await house.teams.redeliver(pressing(house, card, pressed), times=3):
        assert answer.answer["value"] == SENT

    await told(house, "ben", "Seven of nine")
    await asyncio.sleep(0.2)
    assert len(house.said_to("ben")) == 1


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ({"parley": {"route": "toy.gone", "ids": {}}}, NO_SUCH_THING),
        ({"parley": {"route": "toy.count", "ids": {"number": "x"}}}, NO_SUCH_THING),
        ({"parley": {"route": "toy.count", "ids": {"number": 10**19}}}, NO_SUCH_THING),
    ],
)
async def test_a_button_that_is_none_of_ours_any_more_is_refused_in_words(
    house: House, data: dict[str, Any], value: str
) -> None:
    card = await announced(house)

    answer = await invoked(house, "adaptiveCard/action", {"action": {"data": data}}, card)

    assert answer.answer["value"] == value
    assert house.toy.heard == []


def pressing(house: House, card: Seen, data: dict[str, Any]) -> dict[str, Any]:
    """Return the activity of a press of Ben's."""
    value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
    who, where = house.teams.person("ben"), house.teams.conversation(CHANNEL)
    return house.teams.activities.invoke("adaptiveCard/action", value, who, where, card)


# Dialogs ------------------------------------------------------------------------------------


async def test_a_form_opens_in_a_dialog_and_what_is_sent_arrives(house: House) -> None:
    dialog = await opened(house)

    played = await house.teams.submit("ben", dialog, {"Your words": "hello"})

    assert dialog.title == "A note"
    assert house.toy.heard == [f"note 2 hello in {channel(house)}"]
    assert "Noted." in dialog_of(played).words()


async def test_problems_stand_beside_their_questions_and_what_was_typed_is_kept(
    house: House,
) -> None:
    dialog = await opened(house)

    played = await house.teams.submit("ben", dialog, {"Your words": "wrong"})
    again = dialog_of(played)

    assert list(again.errors.values()) == ["Please say it differently. And this."]
    assert (await house.teams.submit("ben", again)).dialog  # still says "wrong"
    assert house.toy.heard == [f"note 2 wrong in {channel(house)}"] * 2
    await house.teams.submit("ben", again, {"Your words": "right"})
    assert house.toy.heard[-1] == f"note 2 right in {channel(house)}"


async def test_buttons_in_a_dialog_work_there(house: House) -> None:
    noted = dialog_of(await house.teams.submit("ben", await opened(house), {"Your words": "hello"}))

    counted = await house.teams.submit("ben", noted, button="Count in window")
    another = dialog_of(await house.teams.submit("ben", noted, button="Once more"))

    assert counted.notice == "Counted 6."
    assert another.title == "A note"


async def test_a_form_can_be_followed_by_another(house: House) -> None:
    played = await house.teams.submit("ben", await opened(house), {"Your words": "again"})

    await house.teams.submit("ben", dialog_of(played), {"Your words": "more"})

    assert house.toy.heard[-1] == f"note 8 more in {channel(house)}"


async def test_a_form_without_an_answer_closes(house: House) -> None:
    played = await house.teams.submit("ben", await opened(house), {"Your words": "nothing"})

    assert (played.ok, played.dialog, played.notice) == (True, None, None)


async def test_an_answer_that_is_too_long_for_a_dialog_says_so(house: House) -> None:
    played = await house.teams.submit("ben", await opened(house), {"Your words": "huge"})

    assert played.notice == TOO_BIG.text


async def test_a_form_that_is_too_long_says_so(house: House) -> None:
    await house.teams.direct("ada", "form 60")
    offer = await told(house, "ada", "opens in a window")

    played = await house.teams.press("ada", offer, OPEN_NOTE)

    assert played.notice == FORM_TOO_BIG.text


async def test_a_press_that_opens_no_form_is_answered_in_the_dialog(house: House) -> None:
    card = await announced(house)
    pressed = {"parley": {"route": "toy.hush", "ids": {}}}

    answer = await invoked(house, "task/fetch", {"data": pressed}, card)

    assert answer.answer == {"task": {"type": "message", "value": DONE.text}}


async def test_every_kind_of_answer_arrives_as_what_it_is(house: House) -> None:
    dialog = await opened(house, "Fill the survey in")
    ada = house.teams.person("ada").aad_object_id

    await house.teams.submit(
        "ben",
        dialog,
        {
            "Your words": "a, b",
            "Years": "12",
            "Best colour": "blue, dark",
            "Good colours": ["red", "Blue, Dark"],
            "Day": date(2027, 1, 4),
            "datetime#at.day": date(2027, 7, 5),
            "datetime#at.time": time(9, 30),
            "Person": "ada",
            "I am sure": True,
        },
    )

    assert house.toy.heard == [
        "words a, b, years 12, best blue, dark, good ('red', 'blue, dark'), day 2027-01-04, "
        f"at {moment(house)}, who {ada}, sure True"
    ]


def moment(house: House) -> datetime:
    """Return when it is half past nine on 5 July for Ben."""
    zone = ZoneInfo(house.teams.person("ben").tz)
    return datetime(2027, 7, 5, 9, 30, tzinfo=zone).astimezone(UTC)


async def test_what_was_left_empty_arrives_as_nothing(house: House) -> None:
    dialog = await opened(house, "Fill the survey in")

    await house.teams.submit("ben", dialog, {"Your words": "x", "Best colour": "red"})

    assert house.toy.heard == [
        "words x, years None, best red, good (), day None, at None, who None, sure False"
    ]


async def test_a_survey_that_is_refused_keeps_every_answer(house: House) -> None:
    dialog = await opened(house, "Fill the survey in")
    answers = {
        "Your words": "wrong",
        "Years": "12",
        "Best colour": "blue, dark",
        "Good colours": ["Blue, Dark"],
        "Day": date(2027, 1, 4),
        "datetime#at.day": date(2027, 7, 5),
        "datetime#at.time": time(9, 30),
        "Person": "ada",
        "I am sure": True,
    }

    again = dialog_of(await house.teams.submit("ben", dialog, answers))
    await house.teams.submit("ben", again, {"Your words": "right"})

    assert "best blue, dark, good ('blue, dark',), day 2027-01-04" in house.toy.heard[0]
    assert f"at {moment(house)}" in house.toy.heard[0]


async def test_a_form_is_taken_once_from_one_person_however_often_it_is_sent(house: House) -> None:
    data = {
        "parley": {
            "route": "toy.note",
            "ids": {"number": 3},
            "is_form": True,
            "instance": "one",
        },
        "short_text#words": "hello",
    }
    value = {"commandId": "toy.explain", "data": data}
    answers = []

    for who in ("ben", "ben", "ben", "ada"):
        person, where = house.teams.person(who), house.teams.conversation(CHANNEL)
        submit = house.teams.activities.invoke(
            "composeExtension/submitAction", value, person, where
        )
        answers += await house.teams.redeliver(submit, times=1)

    assert all(answer.ok for answer in answers)
    assert house.toy.heard == [f"note 3 hello in {channel(house)}"] * 2  # Ben's, and Ada's


# Message extensions -------------------------------------------------------------------------


async def test_a_shortcut_is_used_on_a_message(house: House) -> None:
    said = await house.teams.say("ada", CHANNEL, "What is <EDRM> & co?")

    played = await house.teams.use_on("ben", given(said.message), "toy.explain")

    ada = house.teams.person("ada").aad_object_id
    assert played.notice == "Explained What is <EDRM> & co?."
    [heard] = house.toy.heard
    assert heard.startswith(f"explain {ada}: What is <EDRM> & co? https://teams.microsoft.com/")


async def test_a_shortcut_opens_a_form_where_the_bot_is_not(house: House) -> None:
    said = await house.teams.say("ada", "random", "form")

    dialog = dialog_of(await house.teams.use_on("ben", given(said.message), "toy.explain"))
    await house.teams.submit("ben", dialog, {"Your words": "hello"})

    assert house.toy.heard[-1] == f"note 9 hello in {channel(house, 'random')}"


async def test_a_shortcut_without_a_message_is_used_on_nothing(house: House) -> None:
    played = await house.teams.use("ben", CHANNEL, "toy.explain")

    assert played.notice == "Explained ."


async def test_what_a_search_finds_can_be_chosen_and_is_posted_by_the_person(house: House) -> None:
    found = await house.teams.search("ben", "random", "toy.find", "e")
    posted = await house.teams.insert("ben", "random", found.hits[1])

    assert [hit.title for hit in found.hits] == ["red", "blue"]
    assert "All blue." in given(posted.message).words()
    assert house.toy.heard == ["find e"]


async def test_before_anything_is_typed_a_search_begins_with_nothing(house: House) -> None:
    found = await house.teams.search("ben", CHANNEL, "toy.find", "")

    assert house.toy.heard == ["find "]
    assert len(found.hits) == 4


async def test_a_result_that_is_too_long_to_post_says_so(house: House) -> None:
    found = await house.teams.search("ben", CHANNEL, "toy.find", "long")
    posted = await house.teams.insert("ben", CHANNEL, found.hits[0])

    assert TOO_BIG.text in given(posted.message).words()


async def test_what_people_named_is_inert_in_a_list_of_results(house: House) -> None:
    found = await house.teams.search("ben", CHANNEL, "toy.find", "bold")

    assert [hit.text for hit in found.hits] == ["It is &lt;b&gt;bold&lt;/b&gt;."]


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [("toy.find", "xyz", "0 colours."), ("toy.explain", "red", NO_SUCH_THING)],
)
async def test_a_search_that_finds_nothing_says_so(
    house: House, command: str, text: str, said: str
) -> None:
    found = await house.teams.search("ben", CHANNEL, command, text)

    assert (found.hits, found.notice) == ((), said)


# Who comes, and what is not heard --------------------------------------------------------------


async def test_who_adds_parley_for_themselves_is_welcomed_once_and_in_private(
    house: House,
) -> None:
    await house.teams.install("ada")
    await told(house, "ada", menu.INTRODUCTION)

    await house.teams.uninstall("ada")
    await house.teams.install("ada")
    await house.teams.direct("ada", "term EDRM")

    await told(house, "ada", "You asked for EDRM.")
    welcomes = [seen for seen in house.said_to("ada") if menu.INTRODUCTION in seen.words()]
    assert len(welcomes) == 1


async def test_a_team_that_parley_is_added_to_is_welcomed_once_for_all_to_read(
    house: House,
) -> None:
    await house.teams.install_in("ada", "Social")
    await house.until(lambda: house.said_in("Social"))

    await house.teams.uninstall_from("ada", "Social")
    await house.teams.install_in("ada", "Social")
    await house.teams.mention("ada", "random", "term EDRM")

    await told(house, "ada", "You asked for EDRM.")
    [welcome] = house.said_in("Social")
    assert "Hello, all." in welcome.words()
    assert not [seen for seen in house.said_to("ada") if menu.INTRODUCTION in seen.words()]


def ignored() -> float:
    return float(INBOUND.labels("teams", "other", "ignored")._value.get())


async def test_edits_deletions_reactions_and_departures_are_counted_and_no_more(
    house: House,
) -> None:
    house.teams.team("Talent Acquisition").is_overheard = True
    await watch(house)
    card = await announced(house)
    said = given((await house.teams.say("ada", CHANNEL, "first")).message)
    before, heard = ignored(), list(house.toy.heard)

    edited = await house.teams.edit("ada", said, "second")
    await house.teams.react("ben", card)
    await house.teams.delete("ada", given(edited.message))
    await house.teams.leave("ben", "Talent Acquisition")
    await house.teams.uninstall("grace")

    assert ignored() - before == 5
    assert house.toy.heard == heard


async def test_the_words_of_bots_are_not_heard(house: House) -> None:
    await watch(house)
    said = given((await house.teams.say("ada", CHANNEL, "first")).message)
    activity = house.teams.activities.message(
        house.teams.person("ada"), house.teams.conversation(CHANNEL), said
    )

    await house.teams.redeliver({**activity, "from": {"id": "28:another", "name": "Bot"}}, times=0)

    assert house.toy.heard == []
