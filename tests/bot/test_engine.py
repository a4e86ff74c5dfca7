"""The order of a request: seen before, who, which route, may they, handler, audit, commit."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from sqlmodel import Session
from structlog.testing import capture_logs

from bot import menu, outbox
from bot.engine import Engine
from bot.errors import Overloaded
from bot.inbound import Command, Inbound, Place, Post, Press, QuotedMessage, Shortcut, UserRef
from bot.repeats import TWICE
from bot.ui import Buttons, Form, Message, Problems
from bot.workflow import NO_SUCH_THING
from storage import audit, jobs, linking, people, places, roster
from storage.jobs import State
from storage.people import Account
from storage.secrets import Sealer
from tests.bot import toys
from tests.bot.house import (
    ADA,
    ADAM,
    CHANNEL,
    LEE,
    MONDAY,
    NOBODY_WE_KNOW,
    OLGA,
    ROOT,
    House,
    text_of,
)


def spoken(words: str, *, id: str, user: UserRef = ADA) -> Command:
    """Words said in a channel: the platform carries no answer back by itself."""
    return Command(
        id=id, user=user, place=CHANNEL, name="", text=words, inline=False, opens_forms=False
    )


class TestAnswers:
    async def test_what_a_handler_returns_answers_who_asked(self, house: House) -> None:
        answer = await house.says("toy add Bear")

        assert text_of(answer) == "“Bear” is in the box now."
        assert await house.toys() == {"bear"}

    async def test_a_refusal_is_its_words_and_nothing_is_stored(self, house: House) -> None:
        answer = await house.says("toy refuse")

        assert text_of(answer) == "The box is closed on Sundays. Come back on Monday."
        assert await house.toys() == set()
        assert await house.count("inbound") == 0

    async def test_an_accident_is_an_apology_with_its_number_in_the_log(self, house: House) -> None:
        with capture_logs() as lines:
            answer = await house.says("toy break Ada's diary")

        number = re.search(r"number ([0-9a-f]{8})\.", text_of(answer))
        assert number is not None
        assert [line["reference"] for line in lines] == [number[1]]
        assert await house.toys() == set()
        assert await house.count("inbound") == await house.count("audit") == 0

    async def test_an_answer_that_does_not_fit_is_told_in_words_where_no_form_is(
        self, house: House
    ) -> None:
        answer = await house.presses("toys.clash")

        assert text_of(answer) == "Two toys cannot stand in one place. Move one of them."

    async def test_words_that_mean_nothing_get_the_menu(self, house: House) -> None:
        answer = await house.says("hello!")

        assert text_of(answer).startswith(menu.INTRODUCTION)

    async def test_a_button_of_the_menu_says_its_words(self, house: House) -> None:
        answer = await house.presses(menu.RUN, words="toy add Bear")

        assert text_of(answer) == "“Bear” is in the box now."

    async def test_a_button_of_the_menu_without_words_gets_the_menu(self, house: House) -> None:
        answer = await house.presses(menu.RUN)

        assert text_of(answer).startswith(menu.INTRODUCTION)

    async def test_help_after_a_verb_explains_that_verb(self, house: House) -> None:
        answer = await house.says("toy help")

        assert "toy add NAME: Put a toy into the box." in text_of(answer)

    async def test_a_shortcut_gets_the_message_it_was_used_on(self, house: House) -> None:
        quoted = QuotedMessage(id="m1", text="Bear", author="Olga")

        answer = await house.engine.handle(
            Shortcut(id="s1", user=ADA, place=CHANNEL, route="toys.keep", quoted=quoted)
        )

        assert text_of(answer) == "Kept “Bear” of Olga."
        assert await house.toys() == {"m1"}

    @pytest.mark.parametrize("route", ["toys.nothing", "", "toys.toy_add", "toys.tidy"])
    async def test_a_route_that_is_not_there_reads_as_no_such_thing(
        self, house: House, route: str
    ) -> None:
        quoted = QuotedMessage(id="m1", text="Bear", author="Olga")
        shortcut = Shortcut(id="s1", user=ADA, place=CHANNEL, route=route, quoted=quoted)

        answers = [
            await house.presses(route),
            await house.submits(route, {}, {}),
            await house.engine.handle(shortcut),
            await house.engine.handle(Inbound(id="i1", user=ADA, place=CHANNEL)),
        ]

        assert {text_of(answer) for answer in answers} == {NO_SUCH_THING}

    @pytest.mark.parametrize(
        "payload",
        [{}, {"toy": 3}, {"toy": "bear", "extra": 1}, {"toy": "bear", "hands": "many"}],
    )
    async def test_a_payload_that_does_not_fit_reads_as_no_such_thing(
        self, house: House, payload: dict[str, object]
    ) -> None:
        press = Press(id="p", user=ADA, place=CHANNEL, route="toys.take", payload=payload)

        answer = await house.engine.handle(press)

        assert text_of(answer) == NO_SUCH_THING
        assert await house.toys() == set()


class TestRepeats:
    async def test_the_same_act_has_one_effect_and_the_same_answer(self, house: House) -> None:
        answers = [await house.says("toy add Bear", id="once") for _ in range(4)]

        assert {text_of(answer) for answer in answers} == {"“Bear” is in the box now."}
        assert await house.count("inbound") == await house.count("audit") == 1

    async def test_the_same_act_at_the_same_time_has_one_effect(self, house: House) -> None:
        answers = await asyncio.gather(
            *(house.says("toy add Bear", id="once") for _ in range(7)), return_exceptions=True
        )

        assert {text_of(answer) for answer in answers if isinstance(answer, Message)} <= {
            "“Bear” is in the box now.",
            TWICE,
        }
        assert all(isinstance(answer, Message) for answer in answers)
        assert await house.count("audit") == 1

    async def test_after_a_restart_a_repeat_is_told_that_it_was_done(self, house: House) -> None:
        await house.says("toy add Bear", id="once")
        restarted = replace(house, engine=_engine_of(house))

        answer = await restarted.says("toy add Bear", id="once")

        assert text_of(answer) == TWICE
        assert await house.count("audit") == 1

    async def test_a_repeat_is_known_across_a_change_of_the_secret_key(self, house: House) -> None:
        await house.says("toy add Bear", id="once")
        newest, older = "a newer key for tests, long enough", "a key for tests that is long enough"
        sealer = Sealer(newest, older)
        rotated = replace(house, engine=_engine_of(replace(house, sealer=sealer)))

        answer = await rotated.says("toy add Bear", id="once")

        assert text_of(answer) == TWICE
        assert await house.count("audit") == 1

    async def test_what_was_refused_may_be_tried_again(self, house: House) -> None:
        await house.presses("toys.approve", id="once")
        await house.write(lambda session: people.grant(session, 1, "owner"))

        answer = await house.presses("toys.approve", id="once")

        assert text_of(answer) == "Approved by Ada."

    async def test_reading_leaves_no_row(self, house: House) -> None:
        await house.says("toy add Bear")

        for _ in range(2):
            await house.says("toy bear", id="look")
            await house.presses("toys.count", id="press")
            await house.presses("toys.swap", id="form", owner="Ada")
            await house.says("help", id="help")

        assert await house.count("inbound") == await house.count("audit") == 1

    async def test_only_so_many_answers_are_remembered(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bot.repeats.REMEMBERED", 1)
        await house.says("toy add Bear", id="first")
        await house.says("toy add Ball", id="second")

        answers = [await house.says("toy add …", id=id) for id in ("first", "second")]

        assert [text_of(answer) for answer in answers] == [TWICE, "“Ball” is in the box now."]

    async def test_the_inbound_row_says_nothing_of_the_person(self, house: House) -> None:
        await house.says("toy add Bear", id="slack:T1:UADA:1")

        row = await house.database.read(
            lambda session: session.connection().execute(sa.text("SELECT * FROM inbound")).one()
        )

        assert "UADA" not in str(row)


class TestForms:
    async def test_a_command_may_open_a_form(self, house: House) -> None:
        await house.says("toy add Bear")

        form = await house.says("toy swap")

        assert isinstance(form, Form)
        assert (form.route, form.state) == ("toys.swap", {"owner": "Ada"})

    async def test_what_was_filled_in_reaches_the_submit_handler(self, house: House) -> None:
        await house.says("toy add Bear")

        answer = await house.submits(
            "toys.swap", {"owner": "Ada"}, {"toy": "bear", "reason": "It is old."}
        )

        assert text_of(answer) == "Ada has swapped “bear”."
        assert await house.toys() == {"bear", "swapped"}

    async def test_an_option_that_is_no_longer_offered_is_refused(self, house: House) -> None:
        await house.says("toy add Bear")
        form = await house.says("toy swap")
        assert isinstance(form, Form)
        await house.write(
            lambda session: session.connection().execute(
                sa.update(people.department).values(key="ball", name="Ball")
            )
        )

        answer = await house.submits(form.route, form.state, {"toy": "bear", "reason": "Old."})

        assert isinstance(answer, Problems)
        assert "no longer offered" in answer.fields["toy"]

    async def test_problems_of_the_handler_stand_beside_their_inputs(self, house: House) -> None:
        await house.says("toy add Bear")

        answer = await house.submits(
            "toys.swap", {"owner": "Ada"}, {"toy": "bear", "reason": "because"}
        )

        assert answer == Problems(fields={"reason": "Please say a little more."})
        assert await house.toys() == {"bear"}

    async def test_a_state_that_does_not_fit_reads_as_no_such_thing(self, house: House) -> None:
        answer = await house.submits("toys.swap", {"owner": ["Ada"]}, {})

        assert text_of(answer) == NO_SUCH_THING

    async def test_a_form_that_nobody_takes_is_an_accident(self, house: House) -> None:
        with capture_logs() as lines:
            answer = await house.submits("toys.dead_end", {}, {})

        assert "Something went wrong on my side" in text_of(answer)
        assert lines[0]["event"] == "request_failed"

    async def test_a_form_is_offered_behind_a_button_where_none_can_open(
        self, house: House
    ) -> None:
        await house.says("toy add Bear")
        asked = Command(
            id="c", user=ADA, place=CHANNEL, name="parley", text="toy swap", opens_forms=False
        )

        offer = await house.engine.handle(asked)

        assert isinstance(offer, Message)
        [button] = offer.blocks[-1].buttons if isinstance(offer.blocks[-1], Buttons) else []
        form = await house.presses(button.route, **button.payload)
        assert isinstance(form, Form)
        assert form.title == "Swap a toy of Ada"


class TestWhoMay:
    @pytest.mark.parametrize(
        ("user", "allowed"),
        [
            (NOBODY_WE_KNOW, {"wave"}),
            (LEE, {"wave"}),
            (ADA, {"wave", "take"}),
            (OLGA, {"wave", "take", "approve"}),
            (ADAM, {"wave", "take", "configure"}),
            (ROOT, {"wave", "take", "configure"}),
            (replace(ADA, tenant="T2"), {"wave"}),
            (replace(ADA, platform="teams"), {"wave"}),
        ],
        ids=lambda value: "+".join(sorted(value)) if isinstance(value, set) else str(value),
    )
    async def test_each_may_do_what_their_role_allows(
        self, house: House, user: UserRef, allowed: set[str]
    ) -> None:
        done = set()

        for act, payload in (
            ("wave", {}),
            ("take", {"toy": "x"}),
            ("approve", {}),
            ("configure", {}),
        ):
            answer = await house.presses(f"toys.{act}", user, **payload)
            if text_of(answer) not in {NO_SUCH_THING, menu.FOR_STRANGERS}:
                done.add(act)

        assert done == allowed

    async def test_a_refusal_reads_like_a_thing_that_is_not_there(self, house: House) -> None:
        refused = await house.presses("toys.approve")
        missing = await house.presses("toys.nothing")

        assert refused == missing

    async def test_a_stranger_is_told_how_to_get_the_rest(self, house: House) -> None:
        answer = await house.says("toy add Bear", NOBODY_WE_KNOW)

        assert text_of(answer) == menu.FOR_STRANGERS
        assert await house.toys() == set()

    async def test_a_leaver_is_refused_at_the_next_click(self, house: House) -> None:
        before = await house.presses("toys.take", toy="bear")
        await house.write(lambda session: people.deactivate(session, 1))

        after = await house.presses("toys.take", toy="ball")

        assert "holds" in text_of(before)
        assert text_of(after) == menu.FOR_STRANGERS
        assert await house.toys() == {"taken-bear"}

    async def test_a_role_ends_when_it_was_said_to_end(self, house: House) -> None:
        end = house.clock.now() + timedelta(hours=1)
        await house.write(lambda session: people.grant(session, 1, "owner", ends_at=end))

        before = await house.presses("toys.approve")
        house.clock.move_to(end)
        after = await house.presses("toys.approve")

        assert [text_of(before), text_of(after)] == ["Approved by Ada.", NO_SUCH_THING]


class TestAudit:
    async def test_a_write_leaves_one_row_that_tells_no_text(self, house: House) -> None:
        await house.says("toy add Bear")

        rows = await house.database.read(
            lambda session: session.connection().execute(sa.select(audit.audit)).all()
        )

        assert [(row.action, row.actor, row.entity) for row in rows] == [
            ("toys.toy_add", 1, "toy:bear")
        ]
        assert "Bear" not in str(rows)
        assert rows[0].after
        assert not rows[0].before

    async def test_the_chain_of_several_writes_is_intact(self, house: House) -> None:
        for toy in ("Bear", "Ball"):
            await house.says(f"toy add {toy}")
        await house.presses("toys.wave", NOBODY_WE_KNOW)

        verdict = await house.database.read(partial(audit.verify, sealer=house.sealer))

        assert verdict.intact
        assert verdict.entries == 3


class TestAnswersThatThePlatformDoesNotCarry:
    async def test_they_are_sent_privately_and_once(self, house: House) -> None:
        for _ in range(3):
            assert await house.engine.handle(spoken("toy add Bear", id="once")) is None

        [job] = await house.jobs()
        parcel = outbox.unpack(house.sealer, job.key, job.payload)
        assert parcel.message.text == "“Bear” is in the box now."
        assert parcel.place == CHANNEL.privately(ADA)
        assert "Bear" not in str(job)

    async def test_a_repeat_that_nobody_remembers_is_not_sent_again(self, house: House) -> None:
        await house.engine.handle(spoken("toy add Bear", id="once"))

        await _engine_of(house).handle(spoken("toy add Bear", id="once"))

        assert len(await house.jobs()) == 1

    async def test_in_a_chat_of_two_they_are_said_aloud(self, house: House) -> None:
        await house.engine.handle(replace(spoken("help", id="c"), one_to_one=True))

        _welcome, job = await house.jobs()
        assert outbox.unpack(house.sealer, job.key, job.payload).place == CHANNEL

    async def test_a_form_becomes_an_offer(self, house: House) -> None:
        await house.says("toy add Bear")

        await house.engine.handle(spoken("toy swap", id="c"))

        [job] = await house.jobs()
        parcel = outbox.unpack(house.sealer, job.key, job.payload)
        assert "Press the button" in parcel.message.text

    async def test_silence_stays_silence(self, house: House) -> None:
        await house.engine.handle(spoken("toy tell A new bear.", id="c"))

        assert [job.payload["key"] for job in await house.jobs()] == ["news"]

    async def test_refusals_and_problems_reach_the_person_as_well(self, house: House) -> None:
        press = Press(id="p", user=ADA, place=CHANNEL, route="toys.clash", inline=False)

        await house.engine.handle(press)

        [job] = await house.jobs()
        assert "one place" in outbox.unpack(house.sealer, job.key, job.payload).message.text


class TestListening:
    @staticmethod
    def post(text: str = "Good morning", place: Place = CHANNEL, id: str = "p1") -> Post:
        return Post(id=id, user=ADA, place=place, text=text, inline=False, opens_forms=False)

    async def test_a_post_in_a_room_that_is_listened_to_is_heard(self, house: House) -> None:
        await house.write(_bind_playroom)

        for _ in range(2):
            await house.engine.handle(self.post())

        assert await house.toys() == {"heard"}
        assert len(await house.jobs()) == 1

    async def test_a_post_elsewhere_leaves_no_trace(self, house: House) -> None:
        await house.write(_bind_playroom)

        await house.engine.handle(self.post(place=replace(CHANNEL, channel="C2")))

        assert await house.toys() == set()
        assert await house.count("inbound") == await house.count("audit") == 0

    async def test_a_repeated_post_that_nobody_remembers_is_not_answered(
        self, house: House
    ) -> None:
        await house.write(_bind_playroom)
        await house.engine.handle(self.post("quietly"))

        await _engine_of(house).handle(self.post("quietly"))

        assert await house.jobs() == []

    async def test_without_a_listener_nothing_is_looked_up(self, house: House) -> None:
        deaf = Engine(house.database, [], clock=house.clock, sealer=house.sealer)
        await house.write(_bind_playroom)

        assert await deaf.handle(self.post()) is None
        assert await house.count("inbound") == 0


class TestTimers:
    async def test_a_timer_runs_once_in_one_transaction_with_its_end(self, house: House) -> None:
        job = await _claimed_timer(house, {"route": "toys.tidy", "payload": {"toy": "bear"}})

        for _ in range(2):
            await house.engine.run_timer(job)

        assert await house.toys() == {"tidied-bear"}
        assert [done.key for done in await house.jobs(State.DONE)] == ["tidy"]
        assert [job.kind for job in await house.jobs()] == ["send"]
        assert await house.count("audit") == 1

    async def test_a_timer_that_fails_leaves_nothing_and_is_not_done(self, house: House) -> None:
        await house.write(lambda session: people.add_department(session, "tidied-bear", "Bear"))
        job = await _claimed_timer(house, {"route": "toys.tidy", "payload": {"toy": "bear"}})

        with pytest.raises(sa.exc.IntegrityError):
            await house.engine.run_timer(job)

        assert [waiting.key for waiting in await house.jobs()] == ["tidy"]
        assert await house.count("audit") == 0


class TestOverload:
    async def test_a_full_house_asks_the_platform_to_repeat(self, house: House) -> None:
        for crew in (house.database._writers, house.database._readers):
            assert crew is not None
            crew._room = 0

        for act in (spoken("toy add Bear", id="a"), spoken("help", id="b")):
            with pytest.raises(Overloaded, match="nothing was done"):
                await house.engine.handle(act)


class TestAdminsInTheSettings:
    async def test_they_are_people_from_the_first_start_on(self, house: House) -> None:
        await house.write(house.engine.keepers.know)

        everybody = await house.database.read(lambda session: roster.everybody(session, now=MONDAY))

        assert [person.name for person in everybody].count(str(ROOT)) == 1

    @pytest.mark.parametrize("is_set_apart", [False, True])
    async def test_one_who_left_or_was_set_apart_stays_a_stranger(
        self, house: House, is_set_apart: bool
    ) -> None:
        def end(session: Session) -> None:
            root = people.identify(session, "slack", "T1", "UROOT", now=MONDAY)
            assert root is not None
            if is_set_apart:
                linking.set_apart(session, Account("slack", "T1", "UROOT"), now=MONDAY)
            else:
                people.deactivate(session, root.id)

        await house.write(end)
        await house.write(house.engine.keepers.know)

        assert text_of(await house.presses("toys.configure", ROOT)) == menu.FOR_STRANGERS


class TestAdminsAreTold:
    async def test_each_admin_hears_once_of_a_job_that_died(self, house: House) -> None:
        job = await _claimed_timer(house, {"route": "toys.nothing", "payload": {}})

        for _ in range(2):
            await house.write(
                lambda session: house.engine.keepers.tell_of_death(session, job, "KeyError")
            )

        told = [sent for sent in await house.jobs() if sent.kind == "send"]
        root = await house.database.read(
            lambda session: people.identify(session, "slack", "T1", "UROOT", now=MONDAY)
        )
        assert root is not None
        assert {sent.lane for sent in told} == {f"person:{root.id}", "person:3"}
        note = outbox.unpack(house.sealer, told[0].key, told[0].payload).message
        assert f"job {job.id}" in note.text
        assert {sent.priority for sent in told} == {jobs.ALERT}

    async def test_a_note_that_died_is_not_worth_another_note(self, house: House) -> None:
        job = await _claimed_timer(house, {"route": "toys.nothing", "payload": {}})
        await house.write(
            lambda session: house.engine.keepers.tell_of_death(session, job, "KeyError")
        )
        note = next(sent for sent in await house.jobs() if sent.kind == "send")

        await house.write(
            lambda session: house.engine.keepers.tell_of_death(session, note, "no_route")
        )

        assert len([sent for sent in await house.jobs() if sent.kind == "send"]) == 2


async def _root(house: House) -> people.Person | None:
    return await house.database.read(
        lambda session: people.identify(session, "slack", "T1", "UROOT", now=MONDAY)
    )


def _engine_of(house: House) -> Engine:
    """Return an engine with nothing in memory, over the same database."""
    return Engine(house.database, [toys.workflow], clock=house.clock, sealer=house.sealer)


def _bind_playroom(session: Session) -> None:
    where = places.RoomPlace(CHANNEL.platform, CHANNEL.tenant, CHANNEL.channel)
    places.bind_room(session, "playroom", where)
    places.bind_room(session, "attic", where)


async def _claimed_timer(house: House, work: dict[str, object]) -> jobs.Job:
    now = house.clock.now()

    def claim(session: Session) -> list[jobs.Job]:
        jobs.enqueue(session, "timer", "tidy", work, lane=None, run_at=now)
        lease = timedelta(minutes=1)
        return jobs.claim(session, owner="me", slots=1, lease=lease, now=now)

    [job] = await house.database.write(claim)
    return job
