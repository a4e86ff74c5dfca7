"""What people do reaches the engine as the same act on every platform, and once."""

import pytest

from tests.adapters.contract.side import Side

pytestmark = pytest.mark.repeats

#: What the toy's form asks for.
WORDS = "Your words"


async def test_words_to_the_bot_in_a_channel_are_answered_to_their_author_alone(
    side: Side,
) -> None:
    await side.mention("ada", "term EDRM")

    await side.is_told("ada", "You asked for EDRM.")
    assert side.toy.heard == ["term EDRM"]
    assert side.public() == []
    assert side.told("ben") == []


async def test_words_to_the_bot_alone_are_answered_there(side: Side) -> None:
    await side.whisper("ada", "term EDRM")

    await side.is_told("ada", "You asked for EDRM.")
    assert side.toy.heard == ["term EDRM"]


async def test_words_that_the_bot_does_not_know_are_answered_in_words(side: Side) -> None:
    await side.whisper("ada", "trem EDRM")

    await side.is_told("ada", "Did you mean “term”?")
    await side.press("ada", "Yes: term EDRM")
    await side.is_told("ada", "You asked for EDRM.")


async def test_a_stranger_is_refused_in_words(side: Side) -> None:
    await side.mention("ada", "members")

    await side.is_told("ada", "I do not know you as a colleague")
    assert side.toy.heard == []


async def test_a_press_is_answered_to_who_pressed(side: Side) -> None:
    await side.mention("ada", "announce")
    await side.is_said("Press one")

    await side.press("ben", "Count")

    await side.is_told("ben", "Counted 1.")
    assert side.toy.heard == [f"count 1 in {side.place.channel}"]
    assert not any("Counted" in said for said in (*side.public(), *side.told("ada")))


async def test_a_refusal_is_told_to_who_pressed_and_the_message_stays(side: Side) -> None:
    await side.mention("ada", "announce")
    await side.is_said("Press one")
    before = side.public()

    await side.press("ben", "Forbidden")

    await side.is_told("ben", "Only the lead may do this.")
    assert side.public() == before


async def test_a_button_opens_a_form_and_its_answer_arrives(side: Side) -> None:
    await side.mention("ada", "announce")
    await side.is_said("Press one")

    await side.press("ada", "Write a note")
    await side.until(lambda: "A note" in side.window_of("ada"))
    refused = await side.fill("ada", {WORDS: "hello"})

    assert refused == {}
    assert side.toy.heard == [f"note 2 hello in {side.place.channel}"]
    assert "Noted." in side.window_of("ada")


async def test_a_problem_stands_beside_its_question_and_a_second_try_counts(side: Side) -> None:
    await side.mention("ada", "announce")
    await side.is_said("Press one")
    await side.press("ada", "Write a note")
    await side.until(lambda: "A note" in side.window_of("ada"))

    refused = await side.fill("ada", {WORDS: "wrong"})
    await side.fill("ada", {WORDS: "right"})

    assert refused[WORDS].startswith("Please say it differently.")
    assert [said.split()[2] for said in side.toy.heard] == ["wrong", "right"]


async def test_a_form_that_comes_back_says_beside_its_inputs_what_is_wrong(side: Side) -> None:
    await side.mention("ada", "announce")
    await side.is_said("Press one")
    await side.press("ada", "Write a note")
    await side.until(lambda: "A note" in side.window_of("ada"))

    await side.fill("ada", {WORDS: "warn"})

    await side.until(lambda: "Please think it over." in side.window_of("ada"))


async def test_a_form_asked_for_in_words_is_offered_behind_a_button(side: Side) -> None:
    await side.whisper("ada", "form")
    await side.is_told("ada", "opens in a window")

    await side.press("ada", "Open “A note”")

    await side.until(lambda: "A note" in side.window_of("ada"))


async def test_a_shortcut_gets_the_words_it_was_used_on(side: Side) -> None:
    await side.use_on("ada", "toy.explain", "EDRM & co")

    await side.until(lambda: side.toy.heard)
    assert ": EDRM & co " in side.toy.heard[0]


async def test_what_people_write_where_the_bot_listens_is_heard_once(side: Side) -> None:
    await side.watch()

    await side.chat("ada", "alert on host 7", copies=7)

    assert side.toy.heard == ["post alert on host 7 []"]


async def test_what_people_write_elsewhere_leaves_no_trace(side: Side) -> None:
    await side.chat("ada", "just talking")

    assert side.toy.heard == []


async def test_words_to_the_bot_where_it_listens_are_a_command_and_no_post(side: Side) -> None:
    await side.watch()

    await side.mention("ada", "term EDRM")

    await side.is_told("ada", "You asked for EDRM.")
    assert side.toy.heard == ["term EDRM"]


async def test_words_to_the_bot_that_are_no_command_are_a_post_where_it_listens(
    side: Side,
) -> None:
    await side.mention("ada", "an odd caller")
    await side.is_told("ada", "I do not know that as a command.")
    await side.watch()

    await side.mention("ada", "an odd caller")

    await side.until(lambda: side.toy.heard)
    assert side.toy.heard == ["post an odd caller []"]
