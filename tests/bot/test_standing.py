"""Guests, other companies and closed accounts count as strangers, whatever the list says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import menu
from bot import standing as remembered
from bot.inbound import UserRef
from bot.platform import Profile, Standing
from bot.standing import Standings
from storage import accounts, people
from storage.people import Account
from tests.bot.house import ADA, OLGA, ROOT, House, text_of
from tests.bot.platforms import DOWN, MemoryPlatform, all_told

OUTSIDE = [Standing.GUEST, Standing.FOREIGN, Standing.GONE]
HOUR = timedelta(hours=1)
OWNERS = "Approved by Olga."


async def approves(house: House) -> str:
    """Let Olga, whom the list calls an owner, do what owners may."""
    return text_of(await house.presses("toys.approve", OLGA))


@pytest.mark.parametrize("standing", OUTSIDE)
async def test_whoever_is_no_member_loses_what_the_list_gives_them(
    house: House, standing: Standing
) -> None:
    as_a_member = await approves(house)
    house.slack.standings[OLGA] = standing
    house.clock.advance(25 * HOUR)

    assert as_a_member == OWNERS
    assert await approves(house) == menu.FOR_STRANGERS


@pytest.mark.parametrize("standing", OUTSIDE)
async def test_whoever_is_no_member_may_do_what_strangers_may(
    house: House, standing: Standing
) -> None:
    house.slack.standings[OLGA] = standing

    assert text_of(await house.presses("toys.wave", OLGA)) == "Hello stranger."
    assert "configure" not in text_of(await house.says("help", OLGA))


async def test_an_admin_of_the_settings_must_be_a_member_as_well(house: House) -> None:
    as_a_member = await house.presses("toys.configure", ROOT)
    house.slack.standings[ROOT] = Standing.GUEST
    house.clock.advance(25 * HOUR)

    assert text_of(as_a_member) == "Configured."
    assert text_of(await house.presses("toys.configure", ROOT)) == menu.FOR_STRANGERS


async def test_a_member_whom_the_list_does_not_know_is_a_stranger(house: House) -> None:
    unlisted = UserRef("slack", "T1", "UNEW")

    refused = await house.presses("toys.approve", unlisted)

    assert text_of(refused) == menu.FOR_STRANGERS


async def test_a_member_who_left_is_a_stranger(house: House) -> None:
    before = await approves(house)

    await house.write(lambda session: people.deactivate(session, 2))

    assert before == OWNERS
    assert await approves(house) == menu.FOR_STRANGERS


class TestNotKnowing:
    async def test_what_might_be_secret_waits_until_the_platform_has_answered(
        self, house: House
    ) -> None:
        house.slack.fail("profile", DOWN)

        unsure = await approves(house)
        house.clock.advance(timedelta(minutes=1))

        assert unsure == menu.UNSURE
        assert await approves(house) == OWNERS

    async def test_nobody_waits_longer_than_a_moment(self, house: House) -> None:
        house.slack.answers.clear()

        unsure = await approves(house)
        house.slack.answers.set()
        await house.standings.learn(OLGA)

        assert unsure == menu.UNSURE
        assert await approves(house) == OWNERS

    async def test_whoever_comes_after_that_moment_does_not_wait_at_all(self, house: House) -> None:
        house.slack.answers.clear()
        await approves(house)

        # It comes to its end at once, without giving way to anything.
        with pytest.raises(StopIteration):
            house.standings.settle(OLGA).send(None)
        assert await approves(house) == menu.UNSURE
        assert house.slack.asked == [OLGA]

    async def test_a_refusal_for_lack_of_an_answer_leaves_nothing_behind(
        self, house: House
    ) -> None:
        house.slack.fail("profile", DOWN)

        await house.presses("toys.approve", OLGA, id="again")

        assert await house.count("inbound") == 0

    async def test_a_quick_answer_waits_for_no_platform(self, house: House) -> None:
        house.slack.answers.clear()

        assert text_of(await house.says("peek", ADA)) == "Nothing."

    async def test_a_quick_answer_is_not_for_whoever_is_known_to_be_a_guest(
        self, house: House
    ) -> None:
        house.slack.standings[ADA] = Standing.GUEST

        await house.presses("toys.wave", ADA)

        assert text_of(await house.says("peek", ADA)) == menu.FOR_STRANGERS

    async def test_where_no_platform_can_be_asked_nobody_is_a_member(self, house: House) -> None:
        unasked = replace(OLGA, platform="pigeon")

        assert text_of(await house.presses("toys.approve", unasked)) == menu.UNSURE


class TestAsking:
    async def test_a_platform_is_asked_once_however_much_somebody_does(self, house: House) -> None:
        for _ in range(3):
            await approves(house)

        assert house.slack.asked == [OLGA]

    async def test_before_the_answer_is_a_day_old_it_is_asked_again_beside_the_act(
        self, house: House
    ) -> None:
        await approves(house)
        house.slack.answers.clear()

        house.clock.advance(13 * HOUR)

        assert await approves(house) == OWNERS
        assert house.slack.asked == [OLGA, OLGA]

    async def test_what_is_a_day_old_counts_no_more(self, house: House) -> None:
        await approves(house)
        house.slack.answers.clear()

        house.clock.advance(24 * HOUR)

        assert await approves(house) == menu.UNSURE

    async def test_a_platform_that_is_down_is_not_asked_with_every_act(self, house: House) -> None:
        house.slack.fail("profile", *[DOWN] * 9)

        for _ in range(3):
            await approves(house)

        assert house.slack.asked == [OLGA]

    async def test_an_answer_outlives_a_platform_that_is_down(self, house: House) -> None:
        await approves(house)
        house.slack.fail("profile", *[DOWN] * 9)

        house.clock.advance(23 * HOUR)

        assert await approves(house) == OWNERS
        assert await approves(house) == OWNERS

    async def test_a_guest_who_joins_the_company_gets_what_the_list_gives_them(
        self, house: House
    ) -> None:
        house.slack.standings[OLGA] = Standing.GUEST
        as_a_guest = await approves(house)

        house.slack.standings[OLGA] = Standing.MEMBER
        house.clock.advance(25 * HOUR)

        assert as_a_guest == menu.FOR_STRANGERS
        assert await approves(house) == OWNERS

    async def test_what_was_said_is_known_after_a_restart(self, house: House) -> None:
        house.slack.standings[OLGA] = Standing.GUEST
        await approves(house)

        restarted = Standings(house.database, {}, house.clock)
        await restarted.recall()

        assert restarted.of(OLGA) is Standing.GUEST
        assert restarted.of(ADA) is Standing.UNKNOWN

    async def test_a_question_that_fails_in_another_way_is_asked_again(self, house: House) -> None:
        broken = BrokenPlatform("slack")
        standings = Standings(house.database, {"slack": broken}, house.clock)

        for minutes in (0, 0, 1):
            house.clock.advance(timedelta(minutes=minutes))
            standings.meet(OLGA)
            await standings.settle(OLGA)

        assert standings.of(OLGA) is Standing.UNKNOWN
        assert broken.asked == [OLGA, OLGA]

    async def test_more_accounts_than_can_be_kept_are_asked_for_again(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(remembered, "ENTRIES", 1)

        for user in (OLGA, ADA, OLGA):
            await house.standings.learn(user)

        assert house.slack.asked == [OLGA, ADA, OLGA]


class BrokenPlatform(MemoryPlatform):
    """A platform with a bug."""

    async def profile(self, user: UserRef) -> Profile:
        """Fail in a way that nobody foresaw."""
        self.asked.append(user)
        raise RuntimeError("a bug")


class TestProfiles:
    @pytest.mark.parametrize(
        ("standing", "email", "vouched"),
        [
            (Standing.MEMBER, "Olga@Example.com", "olga@example.com"),
            *((standing, "olga@example.com", "") for standing in (*OUTSIDE, Standing.UNKNOWN)),
            # Each of these folds, or might be shown, as another address.
            (Standing.MEMBER, "\N{KELVIN SIGN}im@example.com", ""),
            (Standing.MEMBER, "stra\N{LATIN SMALL LETTER SHARP S}e@example.com", ""),
            (Standing.MEMBER, "olga\0@example.com", ""),
            (Standing.MEMBER, "olga", ""),
            (Standing.MEMBER, "", ""),
        ],
    )
    def test_an_address_counts_only_as_a_members_and_only_where_it_is_clear(
        self, standing: Standing, email: str, vouched: str
    ) -> None:
        assert Profile(standing, email, "Olga").vouched() == Profile(standing, vouched, "Olga")

    async def test_who_acts_is_heard_of_once_the_platform_has_said_who_it_is(
        self, house: House
    ) -> None:
        heard: list[tuple[UserRef, Profile]] = []
        house.standings.hears = lambda _session, user, profile: heard.append((user, profile))
        house.slack.emails[OLGA] = "Olga@Example.com"

        await house.standings.learn(OLGA)
        asked_only = list(heard)
        for _ in range(2):
            house.standings.meet(OLGA)
            await all_told(house.standings)

        assert asked_only == []
        told = Profile(Standing.MEMBER, "olga@example.com", OLGA.user, said_at=house.clock.now())
        assert heard == [(OLGA, told)]
        assert house.standings.profile_of(OLGA) == heard[0][1]


class TestHearing:
    async def lose(self, house: House) -> None:
        house.clock.advance(timedelta(seconds=1))
        lost, now = Account(ADA.platform, ADA.tenant, ADA.user), house.clock.now()
        await house.write(lambda session: accounts.lose(session, lost, "user_disabled", now=now))
        house.clock.advance(timedelta(seconds=1))

    async def out_of_reach(self, house: House) -> list[str]:
        await house.standings.sweep(house.clock.now())
        found = await house.database.read(accounts.out_of_reach)
        return [noted.name for noted in found]

    @pytest.mark.parametrize("words", ["peek", "help", "toy add Bear"])
    async def test_whoever_is_heard_from_is_out_of_reach_no_more(
        self, house: House, words: str
    ) -> None:
        await self.lose(house)
        await house.says(words, OLGA)
        before = await self.out_of_reach(house)

        await house.says(words, ADA)

        assert before == ["Ada"]
        assert await self.out_of_reach(house) == []

    async def test_what_was_heard_before_a_loss_does_not_undo_it(self, house: House) -> None:
        await house.says("help", ADA)

        await self.lose(house)

        assert await self.out_of_reach(house) == ["Ada"]
