"""Suggesting and deciding: always two people, and two departments for what they share."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from bot.ui import Answer, Button, Form
from storage import joining, people
from storage.people import Account
from tests.workflows.glossary.house import House, account, button, labels, problems, said
from workflows.glossary import proposal_texts as texts
from workflows.glossary import texts as common

REFUSED = "not here, or not for you to see"


async def suggested(
    house: House, words: str = 'add "war room" = Where we meet in an emergency.'
) -> Answer:
    return await house.says("Cleo", words)


async def approve(house: House, name: str) -> Button:
    return button(await house.card(name), texts.APPROVE)


async def test_a_suggestion_is_approved_by_another_owner_and_then_found(house: House) -> None:
    receipt = await suggested(house)
    before = await house.says("Mia", "war room")

    done = await house.presses("Dan", await approve(house, "Dan"))

    assert said(receipt) == "Thank you. Dan and Zoe can approve it and have been asked."
    assert said(before).startswith("“war room” is not in the glossary yet.")
    assert said(done) == "Thank you. What was suggested for “war room” is in the glossary now."
    assert said(await house.says("Mia", "WarRoom")).startswith("war room, Security: Where we meet")
    told = (await house.sent("Cleo"))[-1].message.text
    assert told == texts.approved_for_you("war room", "Dan")


async def test_who_suggests_has_a_copy_of_the_card_that_follows_the_decision(
    house: House,
) -> None:
    await suggested(house)
    await house.presses("Dan", await approve(house, "Dan"))

    first, after, _told = await house.sent("Cleo")
    assert first.key == after.key == (await house.sent("Dan"))[0].key
    assert "Suggested by Cleo." in first.message.text
    assert "Approved by Dan" in str(after.message.blocks)
    assert labels(first.message) == labels(after.message) == []


async def test_anybody_known_may_suggest_and_a_stranger_may_not(house: House) -> None:
    member = await house.says("Noor", 'add "war room" --dept=ta = Where we meet.')
    stranger = await house.says("Nobody", 'add "war room" --dept=ta = Where we meet.')

    assert "Ada, Ben and Zoe can approve it" in said(member)
    assert "I do not know you" in said(stranger)


async def test_nobody_approves_what_they_suggested(house: House) -> None:
    await suggested(house)
    forged = await approve(house, "Dan")

    refused = await house.presses("Cleo", forged)

    assert said(refused) == texts.OWN_PROPOSAL
    [copy] = await house.sent("Cleo")
    assert labels(copy.message) == []
    assert "not in the glossary" in said(await house.says("Mia", "war room"))


@pytest.mark.parametrize("name", ["Mia", "Ada", "Eve", "Nobody"])
async def test_to_everybody_else_the_suggestion_does_not_exist(house: House, name: str) -> None:
    await suggested(house)
    card = await house.card("Dan")

    for label in (texts.APPROVE, texts.DECLINE):
        answer = await house.presses(name, button(card, label))

        assert REFUSED in said(answer) or "I do not know you" in said(answer)


async def test_an_admin_approves_nothing_by_being_one(house: House) -> None:
    await house.database.write(lambda session: people.grant(session, house.ids["Noor"], "admin"))
    await suggested(house)

    refused = await house.presses("Noor", await approve(house, "Dan"))

    assert REFUSED in said(refused)


async def test_who_stopped_being_an_owner_approves_no_more(house: House) -> None:
    await suggested(house)
    pressed = await approve(house, "Dan")
    await house.database.write(
        lambda session: people.revoke(session, house.ids["Dan"], "owner", department="security")
    )

    assert REFUSED in said(await house.presses("Dan", pressed))


async def test_all_cards_show_the_decision_and_a_late_press_hears_who_was_faster(
    house: House,
) -> None:
    await suggested(house)
    late = await approve(house, "Zoe")
    await house.presses("Dan", await approve(house, "Dan"))

    answer = await house.presses("Zoe", late)

    assert said(answer) == (
        "Dan approved this on Monday, 2 November at 09:00 UTC. Nothing was changed by your press."
    )
    for name in ("Dan", "Zoe"):
        assert labels(await house.card(name)) == []


async def test_who_turns_out_to_be_the_proposer_has_not_approved(house: House) -> None:
    await house.says("Mia", 'add "war room" --dept=shared = Where we meet in an emergency.')
    await house.presses("Ada", await approve(house, "Ada"))
    await house.database.write(lambda session: become_one(session, house, "Ada", "Mia"))

    own = await house.presses("Ada", await approve(house, "Ada"))
    half = await house.presses("Dan", await approve(house, "Dan"))
    whole = await house.presses("Ben", await approve(house, "Ben"))

    assert said(own) == texts.OWN_PROPOSAL
    assert said(half) == texts.half_agreed(["ta"])
    assert said(whole) == texts.approved("war room")


def become_one(session: Session, house: House, kept: str, gone: str) -> None:
    """Let two people turn out to be one."""
    user = account(gone)
    people.unlink_account(session, Account(user.platform, user.tenant, user.user))
    joining.join(session, house.ids[kept], house.ids[gone])


async def test_a_shared_meaning_needs_one_owner_of_each_department(house: House) -> None:
    sent = await house.says("Mia", 'add "war room" --dept=shared = Where we meet in an emergency.')

    half = await house.presses("Ada", await approve(house, "Ada"))
    again = await house.presses("Ada", await approve(house, "Ada"))
    same_side = await house.presses("Ben", await approve(house, "Ben"))
    still = await house.says("Mia", "war room")
    whole = await house.presses("Dan", await approve(house, "Dan"))

    assert "It needs one owner each of Security and Talent acquisition." in said(sent)
    assert said(half) == texts.half_agreed(["security"])
    assert said(again) == texts.SEAT_TAKEN
    assert said(same_side) == texts.SEAT_FILLED
    assert "not in the glossary" in said(still)
    assert said(whole) == texts.approved("war room")


async def test_who_owns_in_both_departments_still_fills_one_seat(house: House) -> None:
    await house.says("Mia", 'add "war room" --dept=shared = Where we meet in an emergency.')

    first = await house.presses("Zoe", await approve(house, "Zoe"))
    second = await house.presses("Zoe", await approve(house, "Zoe"))

    assert said(first) == texts.half_agreed(["ta"])
    assert said(second) == texts.SEAT_TAKEN


async def test_a_refusal_reaches_the_proposer_with_its_reason(house: House) -> None:
    await suggested(house)
    form = await house.presses("Dan", button(await house.card("Dan"), texts.DECLINE))

    receipt = await house.submits("Dan", form, note="We say incident room.")

    told = (await house.sent("Cleo"))[-1].message.text
    assert said(receipt) == "It is declined, and Cleo is told why."
    assert told == (
        "Dan declined your suggestion for “war room” and wrote: “We say incident room.” "
        "You can change it and suggest it again."
    )
    assert labels(await house.card("Zoe")) == []


async def test_an_approval_can_be_undone_for_ten_minutes(house: House) -> None:
    await suggested(house)
    done = await house.presses("Dan", await approve(house, "Dan"))
    house.clock.advance(timedelta(minutes=10))

    undone = await house.presses("Dan", button(done, texts.UNDO))

    assert said(undone) == texts.REOPENED
    assert "not in the glossary" in said(await house.says("Mia", "war room"))
    assert said(await house.presses("Zoe", await approve(house, "Zoe"))) == texts.approved(
        "war room"
    )
    assert said(await house.says("Mia", "war room")).startswith("war room, Security")


async def test_after_ten_minutes_or_by_somebody_else_nothing_is_undone(house: House) -> None:
    await suggested(house)
    done = await house.presses("Dan", await approve(house, "Dan"))

    others = await house.presses("Zoe", button(done, texts.UNDO))
    house.clock.advance(timedelta(minutes=11))
    late = await house.presses("Dan", button(done, texts.UNDO))

    assert said(others) == said(late) == texts.CANNOT_UNDO


async def test_a_refusal_can_be_undone_too(house: House) -> None:
    await suggested(house)
    form = await house.presses("Dan", button(await house.card("Dan"), texts.DECLINE))
    receipt = await house.submits("Dan", form, note="No.")

    await house.presses("Dan", button(receipt, texts.UNDO))

    assert labels(await house.card("Dan")) == [texts.APPROVE, texts.DECLINE]


async def edited(house: House, name: str = "Mia", **answers: str) -> Answer:
    form = await house.says(name, "edit SIEM")
    return await house.submits(name, form, **answers)


async def test_an_edit_shows_what_changes_and_counts_once_it_is_approved(house: House) -> None:
    await edited(house, plain="The place where all logs meet.")
    card = await house.card("Dan")

    await house.presses("Dan", button(card, texts.APPROVE))

    assert "Plain words: Now: A system that gathers" in card.text
    assert "Plain words: Suggested: The place where all logs meet." in card.text
    assert "The place where all logs meet." in said(await house.says("Mia", "SIEM"))


async def test_an_edit_that_changes_nothing_is_not_sent(house: House) -> None:
    assert said(await edited(house)) == texts.SAME_WORDING
    assert await house.sent() == []


async def test_an_undone_edit_brings_the_old_words_back(house: House) -> None:
    await edited(house, plain="The place where all logs meet.")
    done = await house.presses("Dan", await approve(house, "Dan"))

    await house.presses("Dan", button(done, texts.UNDO))

    assert "A system that gathers" in said(await house.says("Mia", "SIEM"))
    again = await house.presses("Dan", await approve(house, "Dan"))
    assert said(again) == texts.approved("SIEM")


async def test_an_edit_of_words_that_moved_meanwhile_is_not_approved(house: House) -> None:
    await edited(house, plain="First.")
    first = await approve(house, "Dan")
    await edited(house, "Noor", plain="Second.")
    await house.presses("Dan", await approve(house, "Dan"))

    refused = await house.presses("Dan", first)

    assert said(refused) == texts.WORDING_MOVED
    assert "Second." in said(await house.says("Mia", "SIEM"))


async def test_an_approval_that_something_newer_builds_on_cannot_be_undone(house: House) -> None:
    await edited(house, plain="First.")
    done = await house.presses("Dan", await approve(house, "Dan"))
    await edited(house, "Noor", plain="Second.")
    await house.presses("Dan", await approve(house, "Dan"))

    assert said(await house.presses("Dan", button(done, texts.UNDO))) == texts.CANNOT_UNDO


async def test_an_owner_brings_an_earlier_wording_back_with_one_press(house: House) -> None:
    await edited(house, plain="The place where all logs meet.")
    await house.presses("Dan", await approve(house, "Dan"))
    versions = await house.says("Dan", "history SIEM")

    done = await house.presses("Dan", button(versions, f"{texts.REVERT}: 1"))

    assert said(done) == "“SIEM” reads again as in version 1."
    assert "A system that gathers" in said(await house.says("Mia", "SIEM"))
    assert labels(await house.says("Mia", "history SIEM")) == []


async def test_nobody_else_brings_a_wording_back(house: House) -> None:
    await edited(house, plain="The place where all logs meet.")
    await house.presses("Dan", await approve(house, "Dan"))
    pressed = button(await house.says("Dan", "history SIEM"), f"{texts.REVERT}: 1")

    assert REFUSED in said(await house.presses("Ada", pressed))
    missing = pressed.model_copy(update={"payload": {**pressed.payload, "version": 99}})
    assert REFUSED in said(await house.presses("Dan", missing))


async def test_an_alias_is_suggested_approved_and_found(house: House) -> None:
    receipt = await house.says("Mia", 'alias LH = "legal hold" --dept=legal')
    refused = await house.says("Noor", "alias EDR = legal hold")

    done = await house.presses("Eve", await approve(house, "Eve"))

    assert "Eve can approve it and has been asked" in said(receipt)
    assert said(refused) == common.name_taken("EDR")
    assert said(await house.says("Mia", "lh")).startswith("legal hold")
    await house.presses("Eve", button(done, texts.UNDO))
    assert not said(await house.says("Mia", "lh")).startswith("legal hold")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("alias LH", texts.HOW_TO_ALIAS),
        ("alias = legal hold", texts.HOW_TO_ALIAS),
        ("alias LH = flibbertigibbet", common.nothing_found("flibbertigibbet")),
        ("edit flibbertigibbet", texts.which_sense("edit")),
        ("deprecate 999999", texts.which_sense("deprecate")),
        ("history 99999999999999999999", texts.which_sense("history")),
        ('add "SIEM" --dept=security = Once more.', texts.sense_exists("SIEM", "security")),
        ('add "war room" --dept=security --alias=SIEM = A room.', common.name_taken("SIEM")),
        ('add "???" --dept=security = A room.', common.bad_label(80)),
    ],
)
async def test_what_does_not_fit_is_refused_in_words(house: House, words: str, says: str) -> None:
    assert said(await house.says("Mia", words)) == says
    assert await house.sent() == []


async def test_words_that_are_too_long_are_refused_with_their_field(house: House) -> None:
    answer = await house.says("Mia", f'add "war room" = {"x" * 281}')

    assert said(answer) == "Plain words: Please shorten this by 1 characters; it may have 280."


async def test_a_deprecated_meaning_says_what_to_use_instead(house: House) -> None:
    before = (await house.searches("Mia", "predictive coding")).results
    assert "predictive coding" in {result.title for result in before}
    await house.says("Mia", 'deprecate "predictive coding" --use=TAR')
    card = await house.card("Eve")

    await house.presses("Eve", button(card, texts.APPROVE))

    answer = await house.says("Mia", "predictive coding")
    assert "Plain words: An older name for letting a computer" in card.text
    assert "Say “TAR” instead." in card.text
    assert common.SHARE not in labels(answer)
    assert "No longer used; say “TAR”." in str(answer)
    assert said(await house.says("Mia", "share predictive coding")) == common.NOT_TO_SHARE
    offered = (await house.searches("Mia", "predictive coding")).results
    assert "predictive coding" not in {result.title for result in offered}


async def test_a_deprecation_can_be_undone(house: House) -> None:
    await house.says("Mia", "deprecate predictive coding")
    done = await house.presses("Eve", await approve(house, "Eve"))

    await house.presses("Eve", button(done, texts.UNDO))

    assert common.SHARE in labels(await house.says("Mia", "predictive coding"))


async def test_the_form_opens_with_what_was_typed(house: House) -> None:
    form = await house.says("Noor", "add war room = Where we meet.")

    receipt = await house.submits("Noor", form, department="legal", aliases="crisis room|CR")

    assert isinstance(form, Form)
    assert "Eve can approve it" in said(receipt)
    await house.presses("Eve", await approve(house, "Eve"))
    assert "Where we meet." in said(await house.says("Mia", "crisis room"))


async def test_problems_stand_beside_their_fields(house: House) -> None:
    form = await house.says("Mia", "add war room")

    wrong = {"plain": "Fine.", "source_url": "javascript:alert(1)"}
    answer = await house.submits("Mia", form, **wrong)
    names = await house.submits("Mia", form, plain="Fine.", aliases="good|???")

    assert problems(answer) == {"source_url": common.BAD_ADDRESS}
    assert problems(names) == {"aliases": common.bad_label(80)}


async def test_a_quoted_word_becomes_the_term_and_a_quoted_sentence_its_words(
    house: House,
) -> None:
    short = await house.uses("Mia", "glossary.add_quoted", "war room")
    long = await house.uses("Mia", "glossary.add_quoted", "A war room is where we meet, you know.")

    assert isinstance(short, Form)
    assert isinstance(long, Form)
    assert short.state == {"term": "war room", "plain": ""}
    assert long.state["plain"].startswith("A war room is where")


async def test_an_unexplained_acronym_is_pointed_out_with_a_way_to_define_it(
    house: House,
) -> None:
    answer = await house.says("Mia", 'add "war room" = Ask the QZX or the SIEM for the key.')

    assert "“QZX” is not spelt out." in said(answer)
    assert "“SIEM” is not spelt out." in said(answer)
    assert labels(answer) == ["Suggest a meaning for QZX"]
    form = await house.presses("Mia", button(answer, "Suggest a meaning for QZX"))
    assert isinstance(form, Form)


async def test_when_nobody_can_approve_an_admin_is_told(house: House) -> None:
    await house.database.write(lambda session: people.grant(session, house.ids["Noor"], "admin"))

    receipt = await house.says("Eve", 'add "war room" = Where we meet.')

    assert said(receipt) == f"Thank you. {texts.NOBODY_TO_ASK}"
    assert (await house.sent("Noor"))[0].message.text == texts.nobody_owns("legal")


async def test_a_proposer_who_left_gets_no_answer_and_the_change_still_counts(
    house: House,
) -> None:
    await house.says("Mia", 'add "war room" = Where we meet.')
    await house.database.write(lambda session: people.deactivate(session, house.ids["Mia"]))

    await house.presses("Ada", await approve(house, "Ada"))

    [copy] = await house.sent("Mia")
    assert copy.key == "glossary:proposal:1"
    assert said(await house.says("Ben", "war room")).startswith("war room, Talent acquisition")


async def test_the_audit_knows_that_it_happened_and_none_of_the_words(house: House) -> None:
    await suggested(house)
    await house.presses("Dan", await approve(house, "Dan"))

    def read(session: Session) -> str:
        rows = session.connection().exec_driver_sql("SELECT * FROM audit")
        return str(rows.mappings().all())

    trail = await house.database.read(read)

    assert "glossary.approve" in trail
    assert "proposal:1" in trail
    assert "emergency" not in trail


async def test_what_people_typed_is_shown_as_plain_text(house: House) -> None:
    hostile = "<!channel> *x* [link](https://evil.example) =HYPERLINK(1)"
    await house.says("Mia", f'add "<@U1>" = {hostile}')

    card = await house.card("Ada")
    await house.presses("Ada", button(card, texts.APPROVE))

    assert hostile in card.text
    assert hostile in said(await house.says("Mia", "u1"))
    assert account("Ada").user not in card.text


async def test_of_two_suggestions_for_the_same_meaning_one_is_published(house: House) -> None:
    await suggested(house)
    first = await approve(house, "Dan")
    await house.says("Mia", 'add "war-room" --dept=security = Another room.')
    await house.presses("Dan", await approve(house, "Dan"))

    refused = await house.presses("Dan", first)

    assert said(refused) == texts.sense_exists("war-room", "security")
    assert "Another room." in said(await house.says("Mia", "war room"))


async def test_an_alias_that_was_taken_meanwhile_is_refused_with_its_meaning(house: House) -> None:
    await house.says("Cleo", 'add "war room" --alias="big table" = Where we meet.')
    first = await approve(house, "Dan")
    await house.says("Cleo", 'add "meeting room" --alias="big table" = Where we sit.')
    await house.presses("Dan", await approve(house, "Dan"))

    refused = await house.presses("Dan", first)

    assert said(refused) == common.name_taken("big table")
    assert "not in the glossary" in said(await house.says("Mia", "war room"))


async def test_undoing_a_new_term_frees_its_aliases(house: House) -> None:
    await house.says("Cleo", 'add "war room" --alias="big table" = Where we meet.')
    done = await house.presses("Dan", await approve(house, "Dan"))

    await house.presses("Dan", button(done, texts.UNDO))

    again = await house.says("Mia", 'add "meeting room" --alias="big table" = Where we sit.')
    assert "Thank you" in said(again)


async def test_undoing_a_second_meaning_leaves_the_first(house: House) -> None:
    await house.says("Cleo", "add intake = Where a case is taken in.")
    done = await house.presses("Dan", await approve(house, "Dan"))

    await house.presses("Dan", button(done, texts.UNDO))

    answer = await house.says("Mia", "intake call")
    assert "first talk between recruiter" in said(answer)
    assert "case is taken in" not in said(answer)


async def test_an_end_can_be_brought_back_from_the_history(house: House) -> None:
    await house.says("Mia", "deprecate SIEM --use=XDR")
    await house.presses("Dan", await approve(house, "Dan"))
    await edited(house, plain="The place where all logs meet.")
    await house.presses("Dan", await approve(house, "Dan"))
    versions = await house.says("Dan", "history SIEM")

    await house.presses("Dan", button(versions, f"{texts.REVERT}: 2"))

    assert "No longer used" in str(await house.says("Mia", "SIEM"))


async def test_a_form_for_a_meaning_that_is_gone_is_refused(house: House) -> None:
    form = await house.says("Mia", "edit SIEM")
    assert isinstance(form, Form)
    gone = form.model_copy(update={"state": {"sense": 999_999}})

    assert REFUSED in said(await house.submits("Mia", gone))
