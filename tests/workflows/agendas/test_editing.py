"""What owners change in a draft, and that it is kept when the data change."""

import pytest

from bot.ui import Answer, Choice, Choices, Form, Problems
from tests.workflows.acting import said
from tests.workflows.agendas.house import House
from tests.workflows.agendas.live import Live
from tests.workflows.agendas.test_drafting import MINUTE, draft, newest
from workflows.agendas.rules import Part, State
from workflows.agendas.tables import Edit


async def opens(house: House, name: str, label: str) -> Form:
    """Let somebody open a form under their draft."""
    form = await house.presses(name, await house.offered(name, label))
    assert isinstance(form, Form), form
    return form


async def changes(house: House, label: str, name: str = "Sina", **answers: object) -> Answer:
    """Let an owner send a form under their draft, and let the draft be shown anew."""
    form = await opens(house, name, label)
    answer = await house.sends(name, form, answers)  # type: ignore[arg-type]  # a list of choices too
    await house.passes(MINUTE)
    return answer


def offered(form: Answer) -> list[str]:
    """Return what a form offers to choose from first."""
    assert isinstance(form, Form), form
    question = form.questions()[0]
    assert isinstance(question, Choice | Choices)
    return [option.label for option in question.options]


def fill(live: Live) -> None:
    """Put two parts on the agenda."""
    live.put(Part.ESCALATIONS, "V-7 waits", "V-8 waits")
    live.put(Part.WORDS, "panel is asked for")


async def test_an_edit_is_kept_when_the_data_change(house: House, live: Live) -> None:
    fill(live)
    await draft(house)
    await changes(house, "Change words", what="escalations:V-7", words="Ask  Max\nabout V-7")
    await changes(house, "Leave out", what=["escalations:V-8"])
    await changes(house, "Change the order", what="words", where="first")

    live.put(Part.ESCALATIONS, "V-9 waits", "V-7 waits for 2 hours", "V-8 waits")
    await house.passes(60 * MINUTE)

    shown = (await newest(house, "Tom")).text
    assert "1. Glossary and requirements (2 min):\n- panel is asked for" in shown
    assert "2. Open escalations (8 min, Sina):\n- V-9 waits\n- Ask Max about V-7\n" in shown
    assert "V-8" not in shown


async def test_edits_stand_in_what_is_posted_without_an_approval(house: House, live: Live) -> None:
    fill(live)
    meeting = await draft(house)
    await changes(house, "Change words", what="escalations:V-7", words="Ask Max about V-7")
    await house.moves(meeting, State.PUBLISHED)

    posted = [parcel.message.text for parcel in await house.sent()]

    assert len(posted) == 2
    assert all("Ask Max about V-7" in text for text in posted)


async def test_an_item_moves_within_its_part(house: House, live: Live) -> None:
    fill(live)
    await draft(house)

    await changes(house, "Change the order", what="escalations:V-8", where="earlier")

    assert "- V-8 waits\n- V-7 waits" in (await newest(house, "Sina")).text


async def test_what_was_left_out_comes_back_when_its_mark_is_taken(
    house: House, live: Live
) -> None:
    fill(live)
    await draft(house)
    await changes(house, "Leave out", what=["escalations", "words:panel"])
    ticked = (await opens(house, "Tom", "Leave out")).questions()[0]

    await changes(house, "Leave out", name="Tom", what=["words:panel"])

    assert isinstance(ticked, Choices)
    assert ticked.initial == ("escalations", "words:panel")
    shown = (await newest(house, "Sina")).text
    assert "V-7 waits" in shown
    assert "panel" not in shown


async def test_without_words_parleys_own_come_back(house: House, live: Live) -> None:
    fill(live)
    await draft(house)
    await changes(house, "Change words", what="escalations:V-7", words="Ask Max")

    await changes(house, "Change words", what="escalations:V-7", words="")

    assert "V-7 waits" in (await newest(house, "Sina")).text


async def test_an_owners_words_are_stored_sealed(house: House, live: Live) -> None:
    fill(live)
    await draft(house)

    await changes(house, "Change words", what="escalations:V-7", words="Ask Max")

    kept = await house.database.read(lambda session: session.get_one(Edit, 1))
    assert kept.text
    assert "Max" not in kept.text


async def test_what_is_folded_can_be_moved_up(house: House, live: Live) -> None:
    live.put(Part.SEARCHES, "S-1 waits")
    live.put(Part.ADDED, "Badges", minutes=40)
    await draft(house)
    folded = (await newest(house, "Sina")).text

    await changes(house, "Change the order", what="added", where="first")

    said_so = "Folded, since 45 minutes are not enough for all: "
    assert f"{said_so}Added items (1)." in folded
    assert f"{said_so}Active searches (1)." in (await newest(house, "Sina")).text


@pytest.mark.parametrize("name", ["Max", "Olga"])
async def test_nobody_but_owners_changes_an_agenda(house: House, live: Live, name: str) -> None:
    fill(live)
    await draft(house)
    buttons = [
        await house.offered("Sina", label)
        for label in ("Change the order", "Leave out", "Change words")
    ]

    answers = [await house.presses(name, button) for button in buttons]

    assert {said(answer).split(".")[0] for answer in answers} == {
        "That is not here, or not for you to see or do"
    }


async def test_a_form_from_before_the_meeting_changes_nothing_once_it_has_begun(
    house: House, live: Live
) -> None:
    fill(live)
    meeting = await draft(house)
    form = await opens(house, "Sina", "Change words")
    await house.moves(meeting, State.PUBLISHED, State.RUNNING)

    answer = await house.sends("Sina", form, {"what": "escalations:V-7", "words": "Late"})

    assert "cannot be changed any more" in said(answer)


async def test_what_is_gone_meanwhile_cannot_be_changed(house: House, live: Live) -> None:
    fill(live)
    await draft(house)
    form = await opens(house, "Sina", "Change words")
    live.put(Part.ESCALATIONS, "V-8 waits")

    answer = await house.sends("Sina", form, {"what": "escalations:V-7", "words": "Late"})

    assert isinstance(answer, Problems)
    assert "what" in answer.fields


async def test_an_agenda_with_nothing_on_it_has_nothing_to_reorder(
    house: House, live: Live
) -> None:
    fill(live)
    await draft(house)
    reorder = await house.offered("Sina", "Change the order")
    live.items.clear()

    answer = await house.presses("Sina", reorder)

    assert said(answer).startswith("Nothing is on this agenda that could be changed.")


async def test_long_items_are_shortened_where_one_chooses_among_them(
    house: House, live: Live
) -> None:
    live.put(Part.WORDS, f"panel {'is asked for ' * 20}")
    await draft(house)

    labels = offered(await opens(house, "Sina", "Change words"))

    assert [len(label) <= 75 for label in labels] == [True]


async def test_a_topic_is_added_by_the_one_form_for_topics(house: House, live: Live) -> None:
    fill(live)
    await draft(house)

    answer = await changes(house, "Add a topic", topic="Badges", minutes="5")

    assert said(answer).startswith("TP-1 stands on the next agenda.")
    assert "- Badges (5 min)" in (await newest(house, "Tom")).text
