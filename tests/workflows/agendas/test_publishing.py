"""The agenda in its channels: each shows what all who read there may know, until it begins."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from adapters.slack import render as slack_cards
from adapters.teams import render as teams_cards
from bot.context import Context
from bot.errors import DeliveryError
from bot.inbound import Place, UserRef
from bot.outbox import Parcel
from bot.platform import SHARED, Standing
from storage import places
from storage.database import Database
from storage.places import RoomPlace
from tests.bot.platforms import MemoryPlatform
from tests.workflows.acting import SLACK, TEAMS, TENANTS, account, buttons
from tests.workflows.agendas.house import IDS, STARTS, House
from tests.workflows.agendas.live import Live
from tests.workflows.agendas.test_drafting import MINUTE, change
from tests.workflows.engine import engine_around
from workflows import agendas
from workflows.agendas import access, copying, publishing
from workflows.agendas.rules import LONGEST, Part, Reach, State

PUBLISHED = """\
Security and TA: agenda (AG-1).
When: Monday 9 November 2026, 09:00 (Europe/London).
Time: 13 of 45 minutes.
Facilitator: Tom.
1. Open escalations (8 min, Sina):
- V-7 waits for an answer (Tia)
2. Added items (5 min):
- Badges for visitors (5 min)
Talk about it in the thread below; this is kept up to date until the meeting begins. What you want \
to add, say with `agenda add "topic" 5m`."""
CREW = ("Sina", "Tom", "Max", "Tia")


@dataclass
class Stage:
    """The house, and the platforms on which its agendas are posted."""

    house: House
    slack: MemoryPlatform
    teams: MemoryPlatform

    def gather(self, *names: str) -> None:
        """Let these people be in the channel on each platform, and nobody else."""
        for each in (self.slack, self.teams):
            each.members["C1"] = [account(name, each.name) for name in names]

    async def publishes(self, **changed: object) -> int:
        """Let a meeting's agenda be posted; return the meeting's number."""
        meeting = await self.house.holds(await self.house.meets(), **changed)
        await self.house.moves(meeting, State.PUBLISHED)
        return meeting

    async def posts(self, platform: str = SLACK) -> list[Parcel]:
        """Return what was sent to the channel on a platform, in order."""
        found = await self.house.sent()
        return [one for one in found if one.place and one.place.platform == platform]

    async def texts(self, platform: str = SLACK) -> list[str]:
        """Return the words of what was sent to the channel on a platform, in order."""
        return [one.message.text for one in await self.posts(platform)]


@pytest.fixture
async def stage(database: Database, live: Live) -> AsyncIterator[Stage]:
    """The engine around the database, with two owners and two more who come."""
    slack, teams = MemoryPlatform(SLACK), MemoryPlatform(TEAMS)
    platforms = {SLACK: slack, TEAMS: teams}
    around = engine_around(agendas.workflow, database, platforms=platforms)
    async with around as (engine, clock, sealer):
        stage = Stage(House(engine, database, clock, sealer, IDS), slack, teams)
        stage.gather(*CREW)
        live.put(Part.WORDS, "panel is asked for")
        yield stage


async def test_each_channel_reads_the_agenda_once(stage: Stage, live: Live) -> None:
    live.items.clear()
    live.put(Part.ESCALATIONS, "V-7 waits for an answer", owner=IDS["Tia"])
    live.put(Part.ADDED, "Badges for visitors", minutes=5)

    await stage.publishes(facilitator_id=IDS["Tom"])

    assert await stage.texts(SLACK) == [PUBLISHED]
    assert await stage.texts(TEAMS) == [PUBLISHED]


async def test_where_all_who_read_are_known_each_ones_rights_count(
    stage: Stage, live: Live
) -> None:
    stage.slack.members["C1"].pop()

    await stage.publishes()

    asked = {tuple(reader.name for reader in one.readers) for one in live.asked}
    assert {CREW, CREW[:-1]} <= asked
    assert all(parcel.envelope.sensitive for parcel in await stage.posts())


async def test_where_a_colleague_is_unknown_nobody_is_named(stage: Stage, live: Live) -> None:
    stage.slack.members["C1"].append(UserRef(SLACK, TENANTS[SLACK], "UNEWCOMER"))
    live.put(Part.WORDS, "panel is asked for", owner=IDS["Tia"])

    await stage.publishes(facilitator_id=IDS["Tom"])

    [text] = await stage.texts(SLACK)
    assert (Reach.COMPANY, ()) in {(one.reach, one.readers) for one in live.asked}
    assert "panel is asked for" in text
    assert not [name for name in CREW if name in text]


@pytest.mark.parametrize("way", ["guest", "connected", "too_many"])
async def test_where_others_may_read_the_short_version_is_posted_by_itself(
    stage: Stage, live: Live, way: str
) -> None:
    if way == "guest":
        stage.slack.standings[account("Max")] = Standing.GUEST
    else:
        code = SHARED if way == "connected" else "too_many_to_look_at"
        stage.slack.fail("readers", DeliveryError(code, permanent=True))

    await stage.publishes()

    [reduced] = await stage.posts(SLACK)
    assert "this is the short version" in reduced.message.text
    assert not reduced.envelope.sensitive
    assert "short version" not in (await stage.texts(TEAMS))[0]
    assert {one.reach for one in live.asked} == {Reach.KNOWN, Reach.OUTSIDE}


async def test_an_owners_words_do_not_leave_the_company(stage: Stage) -> None:
    stage.slack.standings[account("Max")] = Standing.GUEST
    meeting = await stage.house.holds(await stage.house.meets())
    await stage.house.moves(meeting, State.DRAFT)
    form = await stage.house.presses("Tom", await stage.house.offered("Tom", "Change words"))
    await stage.house.sends("Tom", form, {"what": "words:panel", "words": "Ask Ada Byron"})

    await stage.house.moves(meeting, State.PUBLISHED)

    assert "Ada" not in (await stage.texts(SLACK))[0]
    assert "Ask Ada Byron" in (await stage.texts(TEAMS))[0]


async def test_a_change_before_the_start_is_shown_where_it_was_posted(
    stage: Stage, live: Live
) -> None:
    meeting = await stage.publishes()
    live.put(Part.WORDS, "panel and pool are asked for")
    await stage.house.within(lambda ctx: change(ctx, meeting))

    await stage.house.passes(MINUTE)

    first, second = await stage.posts()
    assert "panel and pool" in second.message.text
    assert second.envelope.key == first.envelope.key


async def test_nothing_is_edited_while_nothing_changes(stage: Stage, live: Live) -> None:
    await stage.publishes()

    await stage.house.passes(timedelta(hours=2))

    assert len(await stage.posts()) == 1


async def test_data_that_nobody_tells_of_are_looked_at_every_five_minutes(
    stage: Stage, live: Live
) -> None:
    await stage.publishes()
    live.put(Part.WORDS, "pool is asked for")

    await stage.house.passes(5 * MINUTE)

    assert "pool is asked for" in (await stage.texts())[-1]


async def test_a_guest_who_comes_later_leaves_the_short_version(stage: Stage) -> None:
    await stage.publishes()
    stage.slack.members["C1"].append(account("Olga"))
    stage.slack.standings[account("Olga")] = Standing.GUEST

    await stage.house.passes(timedelta(minutes=35))

    first, second = await stage.posts()
    assert "this is the short version" in second.message.text
    assert second.envelope.key == first.envelope.key


async def test_nothing_is_edited_once_the_meeting_has_begun(stage: Stage, live: Live) -> None:
    meeting = await stage.publishes()
    await stage.house.moves(meeting, State.RUNNING)
    live.put(Part.WORDS, "pool is asked for")
    await stage.house.within(lambda ctx: change(ctx, meeting))

    await stage.house.passes(timedelta(hours=1))

    assert len(await stage.posts()) == 1


async def test_what_is_posted_late_says_so_also_when_the_meeting_has_begun(
    stage: Stage,
) -> None:
    meeting = await stage.house.holds(await stage.house.meets(), is_late=True)

    await stage.house.moves(meeting, State.RUNNING)

    [text] = await stage.texts()
    assert "This comes late: Parley was not running when it was due." in text


async def test_a_meeting_that_is_skipped_says_so_where_its_agenda_stands_and_owners_read_why(
    stage: Stage,
) -> None:
    meeting = await stage.publishes()

    await stage.house.moves(meeting, State.SKIPPED, why="Tom is ill")

    first, second = await stage.posts()
    assert second.message.text.endswith("does not take place.")
    assert second.envelope.key == first.envelope.key
    assert (await stage.house.told("Tom"))[-1].endswith("does not take place: Tom is ill.")


async def test_what_nobody_has_read_is_not_taken_back_in_the_channels(stage: Stage) -> None:
    meeting = await stage.house.holds(await stage.house.meets())
    await stage.house.moves(meeting, State.DRAFT, State.SKIPPED)

    assert await stage.posts() == []


async def test_an_agenda_that_comes_later_after_all_says_when(stage: Stage) -> None:
    meeting = await stage.publishes()

    await stage.house.moves(meeting, State.PLANNED)

    assert "The agenda stands here again before that." in (await stage.texts())[-1]
    assert "The agenda stands here again before that." in (await stage.house.told("Tom"))[-1]


async def test_a_part_that_fails_is_left_out_until_it_works_again(stage: Stage, live: Live) -> None:
    live.put(Part.NEEDS, "An analyst is needed")
    live.broken.add(Part.NEEDS)
    await stage.publishes()
    live.broken.clear()

    await stage.house.passes(5 * MINUTE)

    first, second = await stage.texts()
    assert "panel is asked for" in first
    assert "Left out, since it could not be read just now: Upcoming needs." in first
    assert "An analyst is needed" in second
    assert "Left out" not in second


async def test_an_agenda_whose_only_part_fails_is_not_taken_for_empty(
    stage: Stage, live: Live
) -> None:
    live.items.clear()
    live.broken.add(Part.NEEDS)
    meeting = await stage.house.holds(await stage.house.meets())

    await stage.house.moves(meeting, State.DRAFT)

    [draft] = await stage.house.sent("Sina")
    assert "Cancel this meeting" not in [button.label for button in buttons(draft.message)]


async def test_a_channel_that_is_bound_later_reads_it_as_well(stage: Stage) -> None:
    meeting = await stage.publishes()
    series = (await stage.house.meeting(meeting)).series_id
    stage.slack.members["C2"] = [account("Sina")]
    await stage.house.within(lambda ctx: bind(ctx, series, "C2"))

    await stage.house.passes(5 * MINUTE)

    assert [one.place.channel for one in await stage.posts() if one.place] == ["C1", "C2"]


@pytest.mark.parametrize("state", [State.PUBLISHED, State.RUNNING])
async def test_in_a_channel_that_is_left_the_agenda_becomes_a_line(
    stage: Stage, state: State
) -> None:
    meeting = await stage.publishes()
    if state is not State.PUBLISHED:
        await stage.house.moves(meeting, state)

    await stage.house.says("Sina", "agenda not here AG-1")
    await stage.house.passes(7 * MINUTE)

    first, second = await stage.posts(SLACK)
    assert second.message.text == (
        "The agenda of Security and TA is not posted here any more; it stands in one other channel "
        "now. Its owners bring it back with `agenda here AG-1`."
    )
    assert second.envelope.key == first.envelope.key
    assert len(await stage.posts(TEAMS)) == 1


async def test_a_channel_that_was_left_hears_of_a_later_cancelling(stage: Stage) -> None:
    await stage.publishes()
    await stage.house.says("Sina", "agenda not here AG-1")
    await stage.house.passes(MINUTE)

    await stage.house.says("Sina", "agenda skip AG-1 2026-11-09 shutdown")
    await stage.house.passes(MINUTE)

    for platform in (SLACK, TEAMS):
        last = (await stage.texts(platform))[-1]
        assert "does not take place" in last
        assert "shutdown" not in last
        assert "panel is asked for" not in last


async def test_a_channel_that_is_bound_again_reads_the_agenda_again(stage: Stage) -> None:
    await stage.publishes()
    await stage.house.says("Sina", "agenda not here AG-1")
    await stage.house.passes(MINUTE)

    await stage.house.says("Sina", "agenda here AG-1")
    await stage.house.passes(6 * MINUTE)

    assert "panel is asked for" in (await stage.texts(SLACK))[-1]


async def test_a_channel_that_is_left_before_its_answer_reads_nothing(stage: Stage) -> None:
    meeting = await stage.publishes()
    left = {"meeting": meeting, "at": copying.spot_of(Place(SLACK, TENANTS[SLACK], "C9"))}

    await stage.house.within(lambda ctx: publishing.seen.call(ctx, {**left, "answer": [1]}))

    assert [one.place.channel for one in await stage.posts() if one.place] == ["C1"]


@pytest.mark.parametrize("words", ["so it goes ", "\u4f1a\u8b70\u306e "])
async def test_the_fullest_agenda_fits_on_each_platform(
    stage: Stage, live: Live, words: str
) -> None:
    for part in Part:
        live.put(part, *(f"{part}-{number} {words * 25}" for number in range(12)))
    meeting = await stage.house.holds(await stage.house.meets(), ends_at=STARTS + LONGEST)
    await stage.house.moves(meeting, State.DRAFT, State.PUBLISHED)
    [draft, *_] = await stage.house.sent("Sina")
    forms = [
        await stage.house.presses("Sina", await stage.house.offered("Sina", label))
        for label in ("Change the order", "Leave out", "Change words", "Add a topic")
    ]

    messages = [draft.message, *(parcel.message for parcel in await stage.posts())]

    assert len(messages) == 2
    assert all(slack_cards.render_message(each) for each in messages)
    assert all(teams_cards.render_message(each) for each in messages)
    assert all(forms)


def bind(ctx: Context, series: int, channel: str) -> None:
    place = RoomPlace(SLACK, TENANTS[SLACK], channel)
    places.bind_room(ctx.session, access.room_of(series).name, place)
