"""Accounts become one person's by an address and a yes; nothing else that looks like them does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import menu
from bot.inbound import UserRef
from bot.outbox import Parcel
from bot.platform import Profile, Standing
from bot.standing import BELIEVED
from bot.ui import Buttons, Message
from storage import people
from tests.workflows.people.house import SLACK, TEAMS, House, account, button, text_of
from workflows.people import linking_texts

NIA = "nia@northwind.example"
HERE, THERE = account("Nia", SLACK), account("Nia", TEAMS)
OUTSIDE = [Standing.GUEST, Standing.FOREIGN, Standing.GONE]


async def acts(house: House, user: UserRef = THERE) -> None:
    """Let an account say something, and all that follows from it happen."""
    house.engine._standings.meet(user)
    await house.told()


async def questions(house: House) -> list[Parcel]:
    """Return the questions that were sent, the oldest first."""
    return [one for one in await house.sent() if one.message.text.startswith("Is this you?")]


async def asked(house: House, user: UserRef = THERE) -> Message:
    """Let an account act, and return what its owner is asked."""
    await acts(house, user)
    return (await questions(house))[-1].message


async def nia_is_asked(house: House) -> Message:
    """Let Nia, known and seen on Slack, act on Teams with the same address."""
    await house.hires("Nia", SLACK, email=NIA)
    await acts(house, HERE)
    house.belongs(THERE, email="Nia@Northwind.example")
    return await asked(house)


class TestAsking:
    async def test_who_has_the_address_of_a_colleague_is_asked_in_private(
        self, house: House
    ) -> None:
        await nia_is_asked(house)

        [question] = await questions(house)
        assert (question.user, question.envelope.sensitive) == (THERE, True)
        assert f"I know Nia by the address {NIA}" in question.message.text
        assert await house.known(THERE) is None

    async def test_who_says_yes_is_one_person_on_both_and_both_are_told(self, house: House) -> None:
        question = await nia_is_asked(house)

        told = text_of(await house.presses("Nia", button(question, "Yes, that is me"), TEAMS))

        nia = await house.known(THERE)
        assert nia is not None
        assert nia.id == house.ids["Nia"]
        assert "your accounts on Slack and Microsoft Teams are linked" in told
        *_, news, edited = await house.sent()
        assert (news.user, edited.user) == (HERE, THERE)
        assert "An account on Microsoft Teams, “UNIA”, is linked with yours" in news.message.text
        assert edited.envelope.key == (await questions(house))[0].envelope.key
        assert edited.message.text == told

    async def test_who_is_told_of_another_account_can_set_it_apart(self, house: House) -> None:
        question = await nia_is_asked(house)
        await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)
        news = next(one for one in await house.sent() if one.user == HERE)

        await house.presses("Nia", button(news.message, "Set apart: Microsoft Teams"))

        assert await house.known(THERE) is None
        assert await house.known(HERE) is not None

    async def test_who_is_on_the_list_without_an_account_is_asked_as_well(
        self, house: House
    ) -> None:
        await house.hires("Nia", email=NIA)
        house.belongs(THERE, email=NIA)

        question = await asked(house)
        await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)

        assert await house.known(THERE) is not None

    async def test_an_address_that_the_other_platform_gives_is_enough(self, house: House) -> None:
        await house.hires("Nia", SLACK)
        house.belongs(HERE, email="NIA@northwind.example")
        house.belongs(THERE, email=NIA)
        await acts(house, HERE)

        question = await asked(house)
        await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)

        assert await house.known(THERE) is not None

    async def test_an_address_that_platforms_give_to_two_people_is_nobodys(
        self, house: House
    ) -> None:
        twin = UserRef(TEAMS, "tenant", "UTWIN")
        for name in ("Nia", "Nio"):
            await house.hires(name, SLACK)
            house.belongs(account(name), email=NIA)
            await acts(house, account(name))
        house.belongs(twin, email=NIA)

        await acts(house, twin)

        assert await questions(house) == []

    async def test_nobody_is_asked_twice(self, house: House) -> None:
        await nia_is_asked(house)

        for _ in range(2):
            house.clock.advance(timedelta(hours=25))
            await acts(house)

        assert len(await questions(house)) == 1

    async def test_a_no_is_kept(self, house: House) -> None:
        question = await nia_is_asked(house)

        told = await house.presses("Nia", button(question, "No"), TEAMS)
        house.clock.advance(timedelta(hours=25))
        await acts(house)

        assert text_of(told) == linking_texts.NOT_ASKED_AGAIN
        assert len(await questions(house)) == 1
        assert text_of(await house.says("Nia", "people link", TEAMS)) == linking_texts.HOW_TO_LINK
        late = await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)
        assert text_of(late) == linking_texts.QUESTION_IS_OVER
        assert await house.known(THERE) is None

    async def test_after_a_yes_a_no_is_too_late(self, house: House) -> None:
        question = await nia_is_asked(house)
        await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)

        late = await house.presses("Nia", button(question, "No"), TEAMS)

        assert text_of(late) == linking_texts.QUESTION_IS_OVER
        assert await house.known(THERE) is not None

    async def test_who_asks_for_the_question_reads_it_again(self, house: House) -> None:
        await nia_is_asked(house)

        question = await house.says("Nia", "people link", TEAMS)
        await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)

        assert await house.known(THERE) is not None

    async def test_the_link_is_in_the_audit(self, house: House) -> None:
        question = await nia_is_asked(house)

        await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)

        rows = await house.read(
            lambda s: s.connection().exec_driver_sql("SELECT action, entity FROM audit").all()
        )
        assert [tuple(row) for row in rows] == [
            ("people.this_is_me", f"person:{house.ids['Nia']}"),
            ("people.this_is_me", "account:teams:tenant:UNIA"),
        ]


class TestWhoIsNotAsked:
    @pytest.mark.parametrize("standing", OUTSIDE)
    async def test_whoever_is_no_member_is_not_asked_and_links_nothing(
        self, house: House, standing: Standing
    ) -> None:
        question = await nia_is_asked(house)
        outsider = UserRef(TEAMS, "tenant", "UEVE")
        house.belongs(outsider, standing, NIA)

        await acts(house, outsider)
        forged = await house.presses("Eve", button(question, "Yes, that is me"), TEAMS)

        assert len(await questions(house)) == 1
        assert text_of(forged) == linking_texts.QUESTION_IS_OVER
        assert await house.known(outsider) is None

    async def test_the_same_name_is_no_reason(self, house: House) -> None:
        await house.hires("UNIA", SLACK, email=NIA)
        house.belongs(THERE, email="another@northwind.example")

        await acts(house)

        assert house.engine._standings.profile_of(THERE).name == "UNIA"
        assert await questions(house) == []

    async def test_an_address_that_has_changed_since_links_nobody(self, house: House) -> None:
        question = await nia_is_asked(house)
        house.belongs(THERE, email="eve@northwind.example")
        house.clock.advance(timedelta(hours=25))

        late = await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)

        assert text_of(late) == linking_texts.QUESTION_IS_OVER
        assert await house.known(THERE) is None

    async def test_a_button_names_nobody_but_whom_the_address_means(self, house: House) -> None:
        question = await nia_is_asked(house)
        yes = button(question, "Yes, that is me")
        forged = yes.model_copy(update={"payload": {"person": house.ids["Adam"]}})

        assert text_of(await house.presses("Nia", forged, TEAMS)) == linking_texts.QUESTION_IS_OVER
        assert await house.known(THERE) is None

    async def test_who_has_an_account_there_gets_no_second_one(self, house: House) -> None:
        question = await nia_is_asked(house)
        second = UserRef(TEAMS, "tenant", "USECOND")
        house.belongs(second, email=NIA)
        await acts(house, second)
        [_, other] = await questions(house)

        await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)
        late = await house.presses("Second", button(other.message, "Yes, that is me"), TEAMS)

        assert text_of(late) == linking_texts.QUESTION_IS_OVER
        assert await house.known(second) is None

    async def test_who_is_known_or_has_left_is_asked_nothing(self, house: House) -> None:
        for name in ("Mia", "Lee"):
            house.belongs(account(name), email=f"{name}@northwind.example")
            await acts(house, account(name))

        assert await questions(house) == []

    async def test_nobody_is_asked_whether_they_are_somebody_who_left(self, house: House) -> None:
        await house.hires("Nia", SLACK, email=NIA)
        await house.write(lambda s: people.deactivate(s, house.ids["Nia"]))
        house.belongs(THERE, email=NIA)

        await acts(house)

        assert await questions(house) == []

    async def test_nobody_is_asked_whether_they_are_somebody_whose_accounts_are_closed(
        self, house: House
    ) -> None:
        await house.hires("Nia", SLACK, email=NIA)
        house.belongs(HERE, Standing.GONE)
        house.belongs(THERE, email=NIA)
        await acts(house, HERE)

        await acts(house)

        assert await questions(house) == []

    @pytest.mark.parametrize("is_listed", [False, True])
    async def test_nobody_is_asked_whether_they_are_somebody_of_whom_nothing_was_heard_for_a_day(
        self, house: House, is_listed: bool
    ) -> None:
        await house.hires("Nia", SLACK, email=NIA if is_listed else None)
        house.belongs(HERE, email=NIA)
        house.belongs(THERE, email=NIA)
        await acts(house, HERE)
        house.clock.advance(BELIEVED)

        how = await house.says("Nia", "people link", TEAMS)
        await acts(house)

        assert text_of(how) == linking_texts.HOW_TO_LINK
        assert await questions(house) == []

    async def test_a_yes_counts_as_long_as_both_are_known_to_be_members(self, house: House) -> None:
        question = await nia_is_asked(house)
        house.belongs(HERE, Standing.GONE)
        house.clock.advance(BELIEVED)
        await acts(house)

        late = await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)

        assert text_of(late) == linking_texts.QUESTION_IS_OVER
        assert await house.known(THERE) is None

    async def test_as_long_as_the_platform_does_not_say_nothing_is_linked(
        self, house: House
    ) -> None:
        question = await nia_is_asked(house)
        house.clock.advance(timedelta(hours=25))
        house.platforms[TEAMS].answers.clear()

        unsure = await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)
        house.platforms[TEAMS].answers.set()

        assert "Please try again in a minute" in text_of(unsure)
        assert await house.known(THERE) is None

    def test_a_profile_says_nothing_of_whom_it_does_not_know(self) -> None:
        assert replace(Profile(Standing.UNKNOWN), email=NIA).vouched().email == ""


class TestSettingApart:
    @pytest.mark.parametrize("label", ["Slack, where you are now", "Microsoft Teams"])
    async def test_either_account_is_a_stranger_from_its_next_click_on(
        self, house: House, label: str
    ) -> None:
        offered = await house.says("Mia", "people unlink")
        pressed = button(offered, f"Set apart: {label}")

        told = await house.presses("Mia", pressed)

        gone = label.partition(",")[0]
        assert pressed.confirm
        assert f"The account on {gone} is no longer Mia's" in text_of(told)
        for platform, name in ((SLACK, "Slack"), (TEAMS, "Microsoft Teams")):
            shown = text_of(await house.says("Mia", "people show", platform))
            assert shown.startswith("I do not know you") == (name == gone)
        assert [one.user for one in await house.sent()] == [account("Mia", TEAMS)]

    async def test_the_only_account_stays(self, house: House) -> None:
        await house.hires("Nia", SLACK)
        nothing = await house.says("Nia", "people unlink")
        other = button(await house.says("Mia", "people unlink"), "Set apart: Microsoft Teams")
        own = other.model_copy(update={"payload": {"person": house.ids["Nia"], "platform": SLACK}})

        refused = await house.presses("Nia", own)

        assert text_of(nothing) == linking_texts.NOTHING_TO_SET_APART
        assert text_of(refused) == linking_texts.ONLY_ACCOUNT
        assert await house.known(HERE) is not None

    async def test_an_admin_sets_anybodys_apart(self, house: House) -> None:
        card = await house.says("Adam", "people show mia@northwind.example")
        words = button(card, linking_texts.SET_APART).payload["words"]
        offered = await house.says("Adam", str(words))

        await house.presses("Adam", button(offered, "Set apart: Microsoft Teams"))

        assert await house.known(account("Mia", TEAMS)) is None
        told = {one.user for one in await house.sent()}
        assert told == {account("Mia"), account("Mia", TEAMS)}

    async def test_to_others_nobody_elses_account_exists(self, house: House) -> None:
        offered = await house.says("Adam", "people unlink mia@northwind.example")
        theirs = button(offered, "Set apart: Microsoft Teams")
        nobodys = theirs.model_copy(update={"payload": {"person": 4711, "platform": TEAMS}})

        refused = [
            await house.presses("Lena", theirs),
            await house.presses("Lena", nobodys),
            await house.says("Lena", "people unlink mia@northwind.example"),
            await house.says("Lena", "people unlink nobody@northwind.example"),
        ]

        assert len({text_of(answer) for answer in refused}) == 1
        assert await house.known(account("Mia", TEAMS)) is not None

    async def test_an_account_that_was_set_apart_already_is_not_there(self, house: House) -> None:
        offered = await house.says("Mia", "people unlink")
        for _ in range(2):
            answer = await house.presses("Mia", button(offered, "Set apart: Microsoft Teams"))

        assert "not for you to see or do" in text_of(answer)

    async def test_its_address_does_not_link_it_again_behind_the_owners_back(
        self, house: House
    ) -> None:
        question = await nia_is_asked(house)
        await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)
        offered = await house.says("Nia", "people unlink")
        await house.presses("Nia", button(offered, "Set apart: Microsoft Teams"))

        again = await house.presses("Nia", button(question, "Yes, that is me"), TEAMS)
        how = await house.says("Nia", "people link", TEAMS)

        assert text_of(again) == linking_texts.QUESTION_IS_OVER
        assert text_of(how) == linking_texts.HOW_TO_LINK
        assert await house.known(THERE) is None


async def test_everybody_is_offered_what_they_can_do_about_their_accounts(house: House) -> None:
    await house.hires("Nia", SLACK)

    for name, label in (("Nia", linking_texts.LINK), ("Mia", linking_texts.SET_APART)):
        button(await house.says(name, "people show"), label)


async def test_strangers_are_told_that_they_can_link(house: House) -> None:
    refused = text_of(await house.says("Sam", "people show"))
    listed = text_of(await house.says("Sam", "help"))

    assert "say “people link”" in refused
    assert linking_texts.HELP_LINK in listed
    assert text_of(await house.says("Sam", "people link")) == linking_texts.HOW_TO_LINK


async def test_where_one_platform_alone_is_on_nobody_is_offered_to_link(house: House) -> None:
    await house.hires("Nia", SLACK)
    house.engine._standings._platforms = {SLACK: house.platforms[SLACK]}

    card = await house.says("Nia", "people show")
    known = text_of(await house.says("Nia", "people link"))
    unknown = text_of(await house.says("Sam", "people link"))
    refused = text_of(await house.says("Sam", "people show"))

    assert isinstance(card, Message)
    assert not any(isinstance(block, Buttons) for block in card.blocks)
    assert (known, unknown) == (linking_texts.ONLY_PLATFORM, linking_texts.HOW_TO_BE_KNOWN)
    assert refused == menu.FOR_STRANGERS_HERE
