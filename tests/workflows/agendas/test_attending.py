"""Who comes to a series and who owns it, where its agenda stands, and how it is shown."""

from datetime import timedelta

from bot.ui import Answer, Facts, Message
from bot.workflow import NO_SUCH_THING
from storage import people, places
from storage.places import RoomPlace
from tests.workflows.acting import SLACK, TEAMS, TENANTS, buttons, said
from tests.workflows.agendas.house import IDS, SLOT, STARTS, House
from workflows.agendas import attending, planning, series_texts, tables
from workflows.agendas import placing_texts as texts
from workflows.agendas.tables import Series
from workflows.agendas.texts import WHICH_SERIES


async def members(house: House) -> dict[int, bool]:
    """Return who comes, and whether they own it."""
    found = await house.database.read(lambda session: tables.members(session, 1))
    return {one.person_id: one.is_owner for one in found}


async def stands_in(house: House) -> list[RoomPlace]:
    """Return where the agenda stands."""
    return await house.database.read(lambda session: places.places_of(session, "agenda-1"))


def facts(answer: Answer) -> dict[str, object]:
    assert isinstance(answer, Message)
    return dict(next(block for block in answer.blocks if isinstance(block, Facts)).facts)


class TestInviting:
    async def test_who_is_invited_comes_and_is_told(self, house: House) -> None:
        await house.meets()

        answer = await house.says("Tom", "agenda invite AG-1 @UOLGA @UMAX")

        assert said(answer) == texts.invited("AG-1", "Olga")
        assert (await members(house))[IDS["Olga"]] is False
        assert "Tom invited you to AG-1, Security and TA" in (await house.told("Olga"))[0]
        assert await house.told("Max") == []

    async def test_anybody_can_take_themselves_off_but_an_owner(self, house: House) -> None:
        await house.meets()

        answer = await house.says("Max", "agenda uninvite AG-1")

        assert said(answer) == texts.uninvited("AG-1", "Max")
        assert IDS["Max"] not in await members(house)
        assert "Sina owns AG-1" in said(await house.says("Sina", "agenda uninvite AG-1"))

    async def test_owners_alone_take_others_off(self, house: House) -> None:
        await house.meets()

        refused = await house.says("Max", "agenda uninvite AG-1 @UTIA")
        await house.says("Sina", "agenda uninvite AG-1 @UTIA")

        assert said(refused) == NO_SUCH_THING
        assert IDS["Tia"] not in await members(house)
        assert (await house.told("Tia"))[0].startswith("Sina took you off AG-1")

    async def test_other_owners_take_over_and_the_former_ones_come_all_the_same(
        self, house: House
    ) -> None:
        await house.meets()

        answer = await house.says("Sina", "agenda owners AG-1 @UMAX @UOLGA")

        assert said(answer) == texts.owners("AG-1", "Max and Olga")
        own = [id for id, is_owner in (await members(house)).items() if is_owner]
        assert own == [IDS["Max"], IDS["Olga"]]
        assert said(await house.says("Sina", "agenda owners AG-1 @UMAX @UTOM")) == NO_SUCH_THING

    async def test_who_cannot_come_is_refused_in_words(self, house: House) -> None:
        await house.meets()
        await house.database.write(lambda session: people.deactivate(session, IDS["Olga"]))
        for words, problem in (
            ("invite AG-1", texts.WHOM),
            ("invite AG-1 @UMAX", texts.comes_already("Max")),
            ("invite AG-1 @UOLGA", series_texts.not_here("Olga")),
            ("owners AG-1 @UMAX", texts.TWO_OWNERS),
            ("uninvite AG-1 @UADAM", texts.comes_not("Adam")),
        ):
            assert said(await house.says("Sina", f"agenda {words}")) == problem, words

    async def test_an_audience_is_no_meeting(self, house: House) -> None:
        await house.meets()
        crowd = [f"Guest {number}" for number in range(attending.MOST_MEMBERS - 4)]
        ids = await house.database.write(
            lambda session: [people.add_person(session, name).id for name in crowd]
        )
        await house.says("Sina", f"agenda invite AG-1 {' '.join(f'{id}' for id in ids)}")
        before = await members(house)

        invited = await house.says("Sina", "agenda invite AG-1 @UOLGA")
        owned = await house.says("Sina", "agenda owners AG-1 @USINA @UOLGA")

        assert len(before) == attending.MOST_MEMBERS
        assert said(invited) == said(owned) == texts.too_many(attending.MOST_MEMBERS)
        assert await members(house) == before


class TestPlaces:
    async def test_it_stands_in_each_channel_that_an_owner_names(self, house: House) -> None:
        await house.says("Sina", "agenda schedule Weekly mon 09:00 @UTOM")

        answer = await house.says("Sina", "agenda here AG-1")
        await house.says("Tom", "agenda here AG-1", TEAMS)

        assert said(answer) == texts.stands_here("AG-1", "Weekly")
        assert await stands_in(house) == [
            RoomPlace(SLACK, TENANTS[SLACK], "C1"),
            RoomPlace(TEAMS, TENANTS[TEAMS], "C1"),
        ]

    async def test_in_their_own_chat_the_only_one_to_which_they_come_is_meant(
        self, house: House
    ) -> None:
        await house.meets()
        alone = said(await house.says("Max", "agenda show", privately=True))
        await house.meets()

        assert "AG-1, Security and TA" in alone
        assert said(await house.says("Max", "agenda show", privately=True)) == WHICH_SERIES
        assert said(await house.says("Olga", "agenda show", privately=True)) == WHICH_SERIES

    async def test_there_it_needs_no_number_and_can_be_ended(self, house: House) -> None:
        await house.says("Sina", "agenda schedule Weekly mon 09:00 @UTOM")
        assert said(await house.says("Sina", "agenda show")) == WHICH_SERIES
        await house.says("Sina", "agenda here AG-1")

        await house.says("Sina", "agenda not here")

        assert await stands_in(house) == []
        assert said(await house.says("Sina", "agenda not here AG-1")) == texts.not_here("AG-1")

    async def test_our_own_chat_is_no_channel(self, house: House) -> None:
        await house.meets()

        assert said(await house.says("Sina", "agenda here AG-1", privately=True)) == (
            texts.NO_CHANNEL
        )
        assert said(await house.says("Sina", "agenda here AG-1")) == texts.here_already("AG-1")

    async def test_who_does_not_own_it_puts_it_nowhere(self, house: House) -> None:
        await house.meets()

        for name in ("Max", "Olga"):
            assert said(await house.says(name, "agenda here AG-1")) == NO_SUCH_THING
            assert said(await house.says(name, "agenda not here AG-1")) == NO_SUCH_THING


class TestShowing:
    async def test_the_list_holds_what_one_comes_to(self, house: House) -> None:
        await house.meets()

        answer = await house.says("Max", "agenda list")

        assert "AG-1 Security and TA: every Monday at 09:00 in Europe/London" in said(answer)
        assert said(await house.says("Olga", "agenda")) == series_texts.NO_SERIES

    async def test_a_word_that_is_none_of_its_verbs_is_not_taken_for_the_list(
        self, house: House
    ) -> None:
        await house.meets()

        answer = await house.says("Max", "agenda holidays AG-1")

        assert "“agenda holidays” means nothing to me. After “agenda” I know add," in said(answer)

    async def test_a_slip_is_offered_as_it_was_meant_and_never_as_it_was_said(
        self, house: House
    ) -> None:
        await house.meets()

        slip = await house.says("Max", "agenda lits\nAG-1")
        half = await house.says("Max", "agenda not AG-1")

        assert [one.label for one in buttons(slip)] == ["Yes: agenda list AG-1"]
        assert not any("agenda not AG-1" in one.label for one in buttons(half))

    async def test_what_has_met_for_the_last_time_is_listed_no_more(self, house: House) -> None:
        await house.meets(active_until=SLOT)
        await house.within(lambda ctx: planning.plan(ctx, ctx.session.get_one(Series, 1)))
        house.clock.move_to(STARTS)
        last = said(await house.says("Max", "agenda list"))

        house.clock.move_to(STARTS + timedelta(days=1))

        assert "AG-1 Security and TA" in last
        assert said(await house.says("Max", "agenda list")) == series_texts.NO_SERIES
        assert series_texts.YOURS not in str(await house.says("Max", "home"))

    async def test_a_card_says_when_who_and_where(self, house: House) -> None:
        await house.meets()

        answer = await house.says("Sina", "agenda show AG-1")

        shown = facts(answer)
        assert "Next: Mon 09 Nov 2026, 09:00; Mon 16 Nov" in said(answer)
        assert shown[series_texts.MEETS] == "every Monday at 09:00 in Europe/London"
        assert shown[series_texts.OWN] == "Sina and Tom"
        assert shown[series_texts.COME] == "Max and Tia"
        assert shown[series_texts.STANDS] == "2 channels"
        assert [one.label for one in buttons(answer)] == [series_texts.CHANGE, series_texts.END]

    async def test_home_names_what_one_comes_to(self, house: House) -> None:
        await house.meets()

        home = await house.says("Max", "home")

        assert isinstance(home, Message)
        assert series_texts.YOURS in str(home.blocks)
        assert series_texts.YOURS not in str(await house.says("Olga", "home"))

    async def test_who_only_comes_has_no_buttons_and_others_see_nothing(self, house: House) -> None:
        await house.meets()

        assert buttons(await house.says("Max", "agenda show AG-1")) == []
        assert said(await house.says("Olga", "agenda show AG-1")) == NO_SUCH_THING
        assert said(await house.says("Olga", "agenda show AG-9")) == NO_SUCH_THING
        assert buttons(await house.says("Adam", "agenda show AG-1"))
