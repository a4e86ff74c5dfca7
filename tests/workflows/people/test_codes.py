"""A code from one platform, typed on the other, makes accounts one person's; once, and soon."""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bot.clock import FrozenClock
from bot.engine import Engine
from bot.inbound import Command, UserRef
from bot.platform import Standing
from bot.standing import Standings
from bot.ui import Answer
from storage import linking as proofs
from storage import people
from storage.database import Database
from storage.linking import MOST_TRIES
from tests.workflows.people.house import SLACK, TEAMS, House, account, button, channel, text_of
from workflows import people as staff
from workflows.people import linking_texts, rules, texts

HERE, THERE = account("Nia", SLACK), account("Nia", TEAMS)
WRONG = "AAAAA-AAAAA-AAAAA"
EVE = account("Eve", TEAMS)


async def code_of(house: House, name: str = "Nia", platform: str = SLACK) -> str:
    """Let somebody ask for a code, and return it as it is written."""
    told = text_of(await house.says(name, "people link", platform))
    found = re.search(r"people link ([A-Z0-9-]+)”", told)
    assert found, told
    return found[1]


async def types(house: House, code: str, name: str = "Nia", platform: str = TEAMS) -> str:
    """Let somebody type a code, and return what they are told."""
    return text_of(await house.says(name, f"people link {code}", platform))


@pytest.fixture
async def nia(house: House) -> House:
    """The house, with Nia known on Slack alone."""
    await house.hires("Nia", SLACK)
    return house


class TestLinking:
    async def test_who_types_it_on_the_other_platform_is_one_person_on_both(
        self, nia: House
    ) -> None:
        told = await types(nia, await code_of(nia))

        known = await nia.known(THERE)
        assert known is not None
        assert known.id == nia.ids["Nia"]
        assert "You are Nia here as well" in told
        [news] = await nia.sent()
        assert news.user == HERE
        assert "set it apart at once" in news.message.text

    @pytest.mark.parametrize("change", [str.casefold, lambda code: code.replace("-", " ")])
    async def test_it_may_be_typed_in_any_way(
        self, nia: House, change: Callable[[str], str]
    ) -> None:
        await types(nia, change(await code_of(nia)))

        assert await nia.known(THERE) is not None

    def test_it_is_long_and_has_no_letters_that_look_alike(self) -> None:
        assert len(rules.CODE_LETTERS) ** rules.CODE_LENGTH >= 2**60
        assert not set(rules.CODE_LETTERS) & set("O0I1LS5Z2B8U")
        assert len(set(rules.CODE_LETTERS)) == len(rules.CODE_LETTERS)

    async def test_two_who_are_both_known_become_the_one_on_the_list(self, house: House) -> None:
        await house.hires("Root", SLACK)
        await house.hires("Nia", TEAMS, email="nia@northwind.example")
        await house.write(lambda s: people.grant(s, house.ids["Root"], "admin"))

        asks = await house.says("Nia", f"people link {await code_of(house, 'Root')}", TEAMS)
        await house.presses("Nia", button(asks, linking_texts.JOIN), TEAMS)

        known = await house.known(THERE)
        assert known == await house.known(account("Root", SLACK))
        assert known is not None
        assert (known.id, known.name) == (house.ids["Nia"], "Nia")
        assert known.holds("admin")

    async def test_two_who_both_have_an_account_there_stay_two(self, nia: House) -> None:
        told = await types(nia, await code_of(nia), "Lena")

        assert told == linking_texts.BOTH_HAVE_ONE
        assert await nia.known(THERE) is None
        assert (await nia.person("Lena")).name == "Lena"

    async def test_nobody_gets_a_second_account_on_one_platform(self, nia: House) -> None:
        told = await types(nia, await code_of(nia), "Eve", SLACK)

        assert told == linking_texts.TAKEN
        assert await nia.known(account("Eve", SLACK)) is None

    async def test_on_ones_own_account_it_says_so(self, nia: House) -> None:
        code = await code_of(nia)

        assert await types(nia, code, platform=SLACK) == linking_texts.OWN_CODE

    async def test_who_is_linked_everywhere_needs_none(self, house: House) -> None:
        told = text_of(await house.says("Mia", "people link"))

        assert told.startswith("Your accounts on Slack and Microsoft Teams are linked.")

    async def test_it_links_again_what_was_set_apart(self, nia: House) -> None:
        await types(nia, await code_of(nia))
        await nia.write(
            lambda s: people.unlink_account(s, people.accounts_of(s, nia.ids["Nia"])[1])
        )

        await types(nia, await code_of(nia))

        assert await nia.known(THERE) is not None


class TestRefusals:
    """Whatever is wrong reads the same."""

    async def test_a_wrong_one(self, nia: House) -> None:
        await code_of(nia)

        assert await types(nia, WRONG) == linking_texts.NO_SUCH_CODE

    async def test_one_that_was_used(self, nia: House) -> None:
        code = await code_of(nia)
        await types(nia, code)

        assert await types(nia, code, "Eve") == linking_texts.NO_SUCH_CODE
        assert await nia.known(EVE) is None

    async def test_one_after_ten_minutes(self, nia: House) -> None:
        code = await code_of(nia)
        nia.clock.advance(timedelta(minutes=10))

        assert await types(nia, code) == linking_texts.NO_SUCH_CODE
        assert await nia.known(THERE) is None

    async def test_one_after_which_another_was_made(self, nia: House) -> None:
        code = await code_of(nia)
        await code_of(nia)

        assert await types(nia, code) == linking_texts.NO_SUCH_CODE

    async def test_one_of_somebody_who_left(self, nia: House) -> None:
        code = await code_of(nia)
        await nia.write(lambda s: people.deactivate(s, nia.ids["Nia"]))

        assert await types(nia, code) == linking_texts.NO_SUCH_CODE
        assert await nia.known(THERE) is None

    @pytest.mark.parametrize("end", ["people unlink", "people leave"])
    async def test_one_of_an_account_that_was_set_apart_or_whose_owner_was_let_go(
        self, nia: House, end: str
    ) -> None:
        code = await code_of(nia)
        asks = await nia.says("Adam", f"{end} {nia.ids['Nia']}")
        label = "Set apart: Slack" if end == "people unlink" else texts.LET_GO
        await nia.presses("Adam", button(asks, label))

        again = [await types(nia, code, platform=platform) for platform in (SLACK, TEAMS)]

        assert again == [linking_texts.NO_SUCH_CODE] * 2
        assert await nia.read(lambda s: s.connection().scalars(sa.select(proofs.code)).all()) == []
        assert await nia.known(HERE) is None

    async def test_by_somebody_who_left(self, nia: House) -> None:
        code = await code_of(nia)

        assert await types(nia, code, "Lee") == linking_texts.NO_SUCH_CODE
        assert await nia.known(account("Lee", TEAMS)) is None

    @pytest.mark.parametrize("standing", [Standing.GUEST, Standing.FOREIGN, Standing.GONE])
    async def test_by_whoever_is_no_member(self, nia: House, standing: Standing) -> None:
        code = await code_of(nia)
        nia.belongs(EVE, standing)

        refused = await types(nia, code, "Eve")
        await types(nia, code)

        assert refused == linking_texts.NO_SUCH_CODE
        assert await nia.known(EVE) is None
        assert await nia.known(THERE) is not None

    async def test_whoever_is_nobody_gets_none(self, house: House) -> None:
        assert text_of(await house.says("Eve", "people link")) == linking_texts.HOW_TO_LINK


async def test_linking_keeps_the_word_of_the_platform_with_its_own_time(nia: House) -> None:
    nia.belongs(THERE, email="nia@northwind.example")
    said_at = nia.clock.now()
    nia.engine._standings.meet(THERE)
    await nia.told()
    nia.clock.advance(timedelta(hours=11))

    await types(nia, await code_of(nia))

    assert await nia.read(_word_of_there) == ("member", said_at, "nia@northwind.example")


async def test_joining_after_a_restart_leaves_the_word_of_the_platform_as_it_was(
    house: House,
) -> None:
    await house.hires("Root", SLACK)
    await house.hires("Nia", TEAMS)
    house.belongs(THERE, email="nia@northwind.example")
    await house.engine._standings.learn(THERE)
    before = await house.read(_word_of_there)
    house.engine._standings._words.clear()
    house.clock.advance(timedelta(hours=11))
    await house.engine._standings.recall()

    asks = await house.says("Nia", f"people link {await code_of(house, 'Root')}", TEAMS)
    await house.presses("Nia", button(asks, linking_texts.JOIN), TEAMS)

    assert house.engine._standings.profile_of(THERE).email == "nia@northwind.example"
    assert await house.read(_word_of_there) == before


def _word_of_there(session: Session) -> tuple[object, ...]:
    own = people.account.c
    wanted = sa.select(own.standing, own.standing_at, own.email).where(own.user == THERE.user)
    found = session.connection().execute(wanted.where(own.platform == THERE.platform))
    return tuple(found.one())


class TestRolesToLose:
    """Who is known already is asked before somebody else gets what they may do."""

    @pytest.fixture
    async def vic(self, nia: House) -> House:
        """The house with Vic, an owner on Teams, who was talked into typing Nia's code."""
        await nia.hires("Vic", TEAMS)
        await nia.write(lambda s: people.grant(s, nia.ids["Vic"], "owner", department="security"))
        return nia

    async def test_typing_somebodys_code_gives_them_nothing(self, vic: House) -> None:
        told = await types(vic, await code_of(vic), "Vic")

        assert "Nia, on Slack, made this code" in told
        assert "may then do all that you may: owner@security" in told
        assert not (await vic.person("Nia")).holds("owner")
        assert await vic.known(account("Vic", TEAMS)) == await vic.person("Vic")
        assert await vic.sent() == []

    async def test_after_the_press_all_accounts_are_told_and_can_set_the_other_apart(
        self, vic: House
    ) -> None:
        asks = await vic.says("Vic", f"people link {await code_of(vic)}", TEAMS)

        await vic.presses("Vic", button(asks, linking_texts.JOIN), TEAMS)

        assert button(asks, linking_texts.JOIN).confirm
        news = {one.user: one.message for one in await vic.sent()}
        assert set(news) == {HERE, account("Vic", TEAMS)}
        button(news[HERE], "Set apart: Microsoft Teams")
        await vic.presses("Vic", button(news[account("Vic", TEAMS)], "Set apart: Slack"), TEAMS)
        assert await vic.known(HERE) is None
        known = await vic.known(account("Vic", TEAMS))
        assert known is not None
        assert known.holds("owner", "security")

    async def test_the_code_is_kept_for_who_typed_it_and_for_ten_minutes(self, vic: House) -> None:
        code = await code_of(vic)
        asks = await vic.says("Vic", f"people link {code}", TEAMS)
        yes = button(asks, linking_texts.JOIN)

        others = [await types(vic, code, name) for name in ("Eve", "Lena")]
        forged = text_of(await vic.presses("Lena", yes, TEAMS))
        vic.clock.advance(timedelta(minutes=10))
        late = text_of(await vic.presses("Vic", yes, TEAMS))

        assert others == [linking_texts.NO_SUCH_CODE] * 2
        assert (forged, late) == (linking_texts.CODE_IS_OVER, linking_texts.CODE_IS_OVER)
        assert await vic.known(account("Vic", TEAMS)) == await vic.person("Vic")

    async def test_it_is_over_when_its_maker_is_set_apart_before_the_press(
        self, vic: House
    ) -> None:
        asks = await vic.says("Vic", f"people link {await code_of(vic)}", TEAMS)
        offered = await vic.says("Adam", f"people unlink {vic.ids['Nia']}")
        await vic.presses("Adam", button(offered, "Set apart: Slack"))

        late = await vic.presses("Vic", button(asks, linking_texts.JOIN), TEAMS)

        assert text_of(late) == linking_texts.CODE_IS_OVER


class TestGuessing:
    async def test_after_five_wrong_ones_nothing_is_looked_at_for_an_hour(self, nia: House) -> None:
        for _ in range(MOST_TRIES):
            assert await types(nia, WRONG) == linking_texts.NO_SUCH_CODE
        nia.clock.advance(timedelta(minutes=20))

        refused = await types(nia, await code_of(nia))
        nia.clock.advance(timedelta(minutes=40))
        await types(nia, await code_of(nia))

        assert "Try again in 40 minutes" in refused
        assert await nia.known(THERE) is not None

    async def test_many_at_once_are_counted_as_well(self, nia: House) -> None:
        answers = await asyncio.gather(*(types(nia, WRONG) for _ in range(MOST_TRIES + 3)))

        assert sorted(answer == linking_texts.NO_SUCH_CODE for answer in answers) == [
            *[False] * 3,
            *[True] * MOST_TRIES,
        ]

    async def test_the_tries_of_one_account_are_not_anothers(self, nia: House) -> None:
        for _ in range(MOST_TRIES + 1):
            await types(nia, WRONG, "Eve")

        await types(nia, await code_of(nia))

        assert await nia.known(THERE) is not None

    async def test_two_who_type_one_code_at_once_are_not_both_linked(self, nia: House) -> None:
        code = await code_of(nia)

        answers = await asyncio.gather(*(types(nia, code, name) for name in ("Nia", "Eve")))

        linked = [await nia.known(user) is not None for user in (THERE, EVE)]
        assert sorted(linked) == [False, True]
        assert answers.count(linking_texts.NO_SUCH_CODE) == 1

    @pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
    async def test_two_processes_do_not_both_take_one_code(
        self, database_url: str, nia: House
    ) -> None:
        code = await code_of(nia)
        other = Database(database_url)
        await other.open()
        clock, platforms = FrozenClock(nia.clock.now()), nia.platforms
        standings = Standings(other, platforms, clock)
        elsewhere = Engine(
            other, [staff.workflow], clock=clock, sealer=nia.sealer, standings=standings
        )

        async def types_there(user: UserRef) -> Answer:
            said = Command(
                id="there",
                user=user,
                place=channel(TEAMS),
                name="parley",
                text=f"people link {code}",
            )
            return await elsewhere.handle(said)

        await asyncio.gather(types(nia, code), types_there(EVE))

        linked = [await nia.known(user) is not None for user in (THERE, EVE)]
        assert sorted(linked) == [False, True]
        await standings.close()
        await other.close()


async def test_a_code_is_kept_nowhere_as_it_is(
    nia: House, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        written = await code_of(nia)
        stored = await nia.read(_everything)
        await types(nia, WRONG)
        await types(nia, written)
        stored += await nia.read(_everything)

    traces = stored + caplog.text + "".join(capsys.readouterr())
    assert "people.people_link" in stored
    for code in (written, rules.typed_code(written)):
        assert code.casefold() not in traces.casefold()


def _everything(session: Session) -> str:
    """Return every row of the database as text."""
    connection = session.connection()
    tables = sa.inspect(connection).get_table_names()
    everything: sa.Select[tuple[object]] = sa.select(sa.literal_column("*"))
    rows = [connection.execute(everything.select_from(sa.table(name))).all() for name in tables]
    return str(rows)
