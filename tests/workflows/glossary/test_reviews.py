"""Keeping the glossary true: what becomes due, who is asked, and how often."""

from datetime import timedelta

from sqlmodel import Session

from bot.ui import Form
from storage import people
from tests.workflows.glossary.house import CREW, House, account, button, labels, problems, said
from workflows.glossary import proposal_texts as texts
from workflows.glossary import publishing, tables

A_QUARTER = timedelta(days=90)


async def kept_by(house: House, name: str, label: str = "SIEM") -> None:
    """Let somebody keep a meaning, so that the reminder has one address."""

    def keep(session: Session) -> None:
        term = tables.term_named(session, label.casefold())
        assert term is not None
        edit = publishing.begin(session, house.clock.now(), person=house.ids[name])
        for sense in tables.senses_of(session, term.id or 0):
            publishing.confirm(edit, sense)

    await house.database.write(keep)


async def asked_about(house: House, name: str, label: str) -> list[str]:
    return [
        sent.key
        for sent in await house.sent(name)
        if "Please read" in sent.message.text and label in sent.message.text
    ]


async def test_a_reader_sees_that_a_review_is_due_before_any_timer_ran(house: House) -> None:
    house.clock.advance(A_QUARTER)

    answer = await house.says("Mia", "SIEM")

    assert "Its review is due" in str(answer)
    assert "SIEM" in said(await house.says("Mia", "list --status=stale"))
    assert "Its review is due" not in str(await house.says("Mia", "GRC"))


async def test_the_keeper_is_reminded_once(house: House) -> None:
    await kept_by(house, "Dan")
    house.clock.advance(A_QUARTER)

    await house.runs("glossary.morning")
    house.clock.advance(timedelta(days=1))
    await house.runs("glossary.morning")

    assert len(await asked_about(house, "Dan", "SIEM")) == 1
    assert await asked_about(house, "Cleo", "SIEM") == []


async def test_when_the_keeper_left_the_owner_group_is_asked(house: House) -> None:
    await kept_by(house, "Dan", "CSPM")
    await house.database.write(lambda session: people.deactivate(session, house.ids["Dan"]))
    house.clock.advance(A_QUARTER)

    await house.runs("glossary.morning")

    for name in ("Cleo", "Zoe"):
        assert len(await asked_about(house, name, "CSPM")) == 1


async def test_many_reviews_on_one_morning_become_one_message(house: House) -> None:
    house.clock.advance(A_QUARTER)

    await house.runs("glossary.morning")

    (request,) = await house.sent("Cleo")
    assert "meanings again, since their review is due: " in request.message.text
    assert "more." in request.message.text
    assert labels(request.message) == [texts.SEE_REVIEWS]


async def test_a_single_review_is_asked_for_with_its_buttons(house: House) -> None:
    house.clock.advance(2 * A_QUARTER)
    await house.runs("glossary.morning")
    await kept_by(house, "Dan")
    house.clock.advance(A_QUARTER)

    await house.runs("glossary.morning")

    request = (await house.sent("Dan"))[-1].message
    assert "Please read “SIEM” (Security) again: its review is due." in request.text
    assert labels(request) == [texts.STILL_RIGHT, texts.EDIT, texts.HAND_OVER]


async def test_still_right_starts_the_interval_anew(house: House) -> None:
    await kept_by(house, "Dan")
    house.clock.advance(A_QUARTER)
    await house.runs("glossary.morning")
    review = await house.says("Dan", "review")

    thanks = await house.presses("Dan", button(review, texts.STILL_RIGHT))

    assert said(thanks).startswith("Thank you. “SIEM” counts as read today.")
    assert "Its review is due" not in str(await house.says("Mia", "SIEM"))
    house.clock.advance(A_QUARTER)
    await house.runs("glossary.morning")
    assert len(await asked_about(house, "Dan", "SIEM")) == 2


async def test_an_owner_sees_what_is_due_in_their_departments(house: House) -> None:
    nothing = await house.says("Eve", "review")
    house.clock.advance(A_QUARTER)

    due = await house.says("Cleo", "review")

    assert said(nothing) == texts.NOTHING_DUE
    assert "meanings are due for a review; these are the first 8." in said(due)
    assert labels(due)[:3] == [texts.STILL_RIGHT, texts.EDIT, texts.HAND_OVER]


async def test_one_review_leads_to_the_next_until_none_is_left(house: House) -> None:
    house.clock.advance(A_QUARTER)
    shown = await house.says("Cleo", "review")
    count = 0

    while texts.STILL_RIGHT in labels(shown):
        shown = await house.presses("Cleo", button(shown, texts.STILL_RIGHT))
        count += 1
        assert "Thank you." in said(shown)

    assert count > 8
    assert said(shown).endswith("counts as read today.")
    assert said(await house.says("Cleo", "review")) == texts.NOTHING_DUE


async def test_only_owners_review(house: House) -> None:
    house.clock.advance(A_QUARTER)
    still_right = button(await house.says("Cleo", "review"), texts.STILL_RIGHT)

    for name in ("Mia", "Ada"):
        assert "not here, or not for you to see" in said(await house.presses(name, still_right))
    assert "not here, or not for you to see" in said(await house.says("Mia", "review"))


async def test_what_is_no_longer_used_needs_no_review(house: House) -> None:
    house.clock.advance(A_QUARTER)
    still_right = button(await house.says("Cleo", "review"), texts.STILL_RIGHT)

    def end(session: Session) -> None:
        sense = session.get_one(tables.Sense, still_right.payload["sense"])
        publishing.deprecate(publishing.begin(session, house.clock.now()), sense, "")

    await house.database.write(end)

    assert "not here, or not for you" in said(await house.presses("Cleo", still_right))


async def test_a_review_is_handed_over_to_another_owner(house: House) -> None:
    house.clock.advance(A_QUARTER)
    due = await house.says("Cleo", "review")
    form = await house.presses("Cleo", button(due, texts.HAND_OVER))

    receipt = await house.submits("Cleo", form, keeper=account("Dan").user)

    assert isinstance(form, Form)
    assert said(receipt).startswith("Dan now keeps “")
    assert "Cleo asked you to keep" in (await house.sent("Dan"))[0].message.text


async def test_a_review_is_not_handed_to_somebody_who_owns_nothing_there(house: House) -> None:
    house.clock.advance(A_QUARTER)
    form = await house.presses("Cleo", button(await house.says("Cleo", "review"), texts.HAND_OVER))

    for name in ("Ada", "Nobody"):
        answer = await house.submits("Cleo", form, keeper=account(name).user)

        assert problems(answer) == {"keeper": texts.NOT_AN_OWNER}


async def test_the_weekly_digest_goes_to_owners_with_something_due(house: House) -> None:
    await house.runs("glossary.weekly")
    assert await house.sent() == []
    house.clock.advance(A_QUARTER)

    await house.runs("glossary.weekly")

    told = {name for name, _, _ in CREW for _ in await house.sent(name)}
    assert told == {"Ada", "Ben", "Cleo", "Dan", "Zoe"}
    assert labels((await house.sent("Dan"))[0].message) == [texts.SEE_REVIEWS]


async def test_a_suggestion_that_waits_five_working_days_is_brought_up_once(
    house: House,
) -> None:
    await house.says("Mia", 'add "war room" = Where we meet.')
    reminders = []

    for days in (5, 2, 1):  # Saturday, then Monday at the same hour, then Tuesday
        house.clock.advance(timedelta(days=days))
        await house.runs("glossary.morning")
        sent = await house.sent("Ada")
        reminders.append(sum(message.key.endswith(":waiting") for message in sent))

    assert reminders == [0, 1, 1]


async def test_who_became_an_owner_meanwhile_is_asked_too(house: House) -> None:
    await house.says("Mia", 'add "war room" = Where we meet.')
    await house.database.write(
        lambda session: people.grant(session, house.ids["Noor"], "owner", department="ta")
    )
    house.clock.advance(timedelta(days=7))

    await house.runs("glossary.morning")

    assert labels(await house.card("Noor")) == [texts.APPROVE, texts.DECLINE]


async def test_an_owners_home_shows_what_waits_until_it_is_done(house: House) -> None:
    await house.says("Mia", 'add "war room" --dept=shared = Where we meet in an emergency.')
    house.clock.advance(A_QUARTER)

    home = await house.opens_home("Dan")

    assert texts.to_decide(["war room"]) in str(home)
    await house.presses("Dan", button(home, texts.SEE_REVIEWS))
    await house.presses("Dan", button(await house.card("Dan"), texts.APPROVE))
    assert texts.to_decide(["war room"]) not in str(await house.opens_home("Dan"))
    assert texts.to_decide(["war room"]) in str(await house.opens_home("Ada"))


async def test_the_home_of_who_has_nothing_to_decide_shows_nothing_of_it(house: House) -> None:
    await house.says("Dan", 'add "war room" = Where we meet in an emergency.')

    homes = [str(await house.opens_home(name)) for name in ("Dan", "Ada", "Mia", "Nobody")]

    assert [home for home in homes if texts.WAITING in home] == []
