"""The record: all that is needed to understand a decision, and proof that it is as it was."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from adapters.slack import render as slack
from adapters.teams import render as teams
from bot.context import Context
from bot.ui import Items, Message, Quote
from bot.workflow import NO_SUCH_THING
from storage import audit
from tests.workflows.acting import said
from tests.workflows.votes.house import IDS, House
from workflows.votes import calls, keeping, record
from workflows.votes.deciding_tables import Commit, Count, Decision, Veto
from workflows.votes.rules import Ground, Mode, Resolution, Result, Stance, State
from workflows.votes.tables import Elector, Terms, Vote

CAST = {"Cleo": "advance", "Dan": "decline", "Ben": "advance", "Ada": "advance"}
REASONS = {"Dan": "The timeline he drew left out the first access; twice."}
SHARES = {"advance": "70", "decline": "30", "more_evidence": "0"}
RATIONALE = "Forensics can be learned beside a senior within the first half year; the rest is rare."
OBJECTION = "We said the same of the last two hires."


async def decided(house: House, **changed: Any) -> int:
    """Let a vote be decided and sealed; return its number."""
    vote = await house.opens(**changed)
    await house.votes(vote, CAST, reasons=REASONS)
    await house.within(lambda ctx: _decide(ctx, vote))
    return vote


def _decide(ctx: Context, id: int) -> None:
    vote = ctx.session.get_one(Vote, id)
    vote.state, vote.closed_at = State.DECIDED, ctx.now
    count = Count(
        vote_id=id,
        version=1,
        result=Result.PASSED,
        recommended="advance",
        electors=6,
        answered=4,
        shares=SHARES,
        at=ctx.now,
    )
    ctx.session.add(count)
    decision = Decision(
        vote_id=id, decided="advance", recommended="advance", decider_id=IDS["Eve"], at=ctx.now
    )
    keeping.seal_decision(ctx, decision, RATIONALE)
    veto = Veto(
        vote_id=id,
        person_id=IDS["Fay"],
        ground=Ground.CLEARANCE,
        raised_at=ctx.now,
        expires_at=ctx.now + timedelta(days=3),
        resolution=Resolution.REJECTED,
    )
    keeping.seal_veto(ctx, veto, "The clearance of the site needs five years of residence here.")
    commit = Commit(vote_id=id, person_id=IDS["Dan"], stance=Stance.OBJECT, at=ctx.now)
    keeping.seal_commit(ctx, commit, OBJECTION)
    record.seal_record(ctx, vote)


async def shown(house: House, vote: int, *, name: str = "Eve") -> Message:
    """Return the record as somebody reads it."""
    answer = await house.says(name, f"vote record V-{vote}")
    assert isinstance(answer, Message)
    return answer


async def test_the_record_says_who_voted_what_and_what_came_of_it(house: House) -> None:
    vote = await decided(house)

    text = str((await shown(house, vote)).blocks)

    for part in (
        "Passed: Advance",
        "Advance 70.00 %, Decline 30.00 %",
        f"Dan: Decline. {REASONS['Dan']}",
        "Cleo: Advance",
        "Tom (Talent Acquisition), Eve (Security)",
        "Fay, ground: clearance; rejected",
        "Advance, by Eve",
        RATIONALE,
        f"Dan objects: {OBJECTION}",
    ):
        assert part in text


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.SECRET])
async def test_only_a_named_vote_tells_who_voted_what(house: House, mode: Mode) -> None:
    vote = await decided(house, mode=mode)

    message = await shown(house, vote)
    document = str(await house.says("Eve", f"vote record V-{vote} --json"))

    text = str(message.blocks)
    assert "Cleo (Security), Dan (Security)" in text
    assert not any(told in text for told in ("Dan: Decline", REASONS["Dan"]))
    assert REASONS["Dan"] not in document


async def test_auditors_read_confidential_votes_by_name_and_it_is_audited(house: House) -> None:
    vote = await decided(house, mode=Mode.CONFIDENTIAL)
    colleague = said(await house.says("Eve", f"vote ballots V-{vote}"))

    answer = await house.says("Aud", f"vote ballots V-{vote}")

    assert colleague == NO_SUCH_THING
    assert isinstance(answer, Message)
    [items] = [block for block in answer.blocks if isinstance(block, Items)]
    assert f"Dan: Decline. {REASONS['Dan']}" in items.items
    assert "is kept in the audit" in answer.text
    kept = await house.database.read(
        lambda s: audit.latest(s, house.sealer, f"vote:{vote}:ballots")
    )
    assert kept is not None
    assert kept.entry.actor == IDS["Aud"]


async def test_nobody_reads_ballots_before_the_close_or_of_a_secret_vote(house: House) -> None:
    going_on = await house.opens(mode=Mode.CONFIDENTIAL)
    secret = await decided(house, mode=Mode.SECRET)

    answers = [said(await house.says("Aud", f"vote ballots V-{id}")) for id in (going_on, secret)]

    assert "is still open" in answers[0]
    assert "is stored nowhere" in answers[1]


async def test_the_audit_confirms_the_hash_that_anybody_can_compute(house: House) -> None:
    vote = await decided(house)

    answer = await house.says("Eve", f"vote record V-{vote} --json")
    message = await shown(house, vote)

    assert isinstance(answer, Message)
    document = json.loads("".join(one.text for one in answer.blocks if isinstance(one, Quote)))
    text = json.dumps(document["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == document["sha256"]
    assert document["sha256"] in message.text
    assert f"Entry {document['confirmed_by_audit_entry']} of the audit confirms" in message.text


@pytest.mark.parametrize(
    "change",
    [
        sa.update(Count).values(recommended="decline"),
        sa.update(Elector).where(sa.column("person_id") == IDS["Tom"]).values(is_recused=True),
        sa.update(Commit).values(stance=Stance.AGREE),
        sa.update(Terms).values(weights={"security": 40, "ta": 60}),
        sa.insert(audit.audit).from_select(
            [column.name for column in audit.audit.columns],
            sa.select(
                *(column + 1 if column.name == "seq" else column for column in audit.audit.columns)
            )
            .order_by(audit.audit.c.seq.desc())
            .limit(1),
        ),
    ],
    ids=lambda change: str(change.table.name),
)
async def test_a_record_that_was_tampered_with_is_confirmed_by_nothing(
    house: House, change: sa.Update | sa.Insert
) -> None:
    vote = await decided(house)
    before = (await shown(house, vote)).text

    await house.database.write(lambda session: session.connection().execute(change))
    after = (await shown(house, vote)).text

    assert "of the audit confirms this record" in before
    assert "Nothing confirms this record" in after


async def test_new_names_change_nothing_in_a_record(house: House) -> None:
    vote = await decided(house)

    await house.database.write(
        lambda s: s.connection().execute(
            sa.text("UPDATE person SET name = 'Danielle' WHERE id = 5")
        )
    )

    message = await shown(house, vote)
    assert "Danielle objects" in str(message.blocks)
    assert "of the audit confirms this record" in message.text


async def test_a_later_stance_is_sealed_anew_and_once(house: House) -> None:
    vote = await decided(house)

    def stand(ctx: Context) -> None:
        commit = Commit(vote_id=vote, person_id=IDS["Tom"], stance=Stance.COMMIT, at=ctx.now)
        keeping.seal_commit(ctx, commit, "")
        record.seal_record(ctx, ctx.session.get_one(Vote, vote))
        record.keep_sealed(ctx, vote)
        assert len(ctx.records) == 1

    await house.within(stand)

    message = await shown(house, vote)
    verdict = await house.database.read(lambda s: audit.verify(s, house.sealer))
    assert "Tom disagrees, and commits" in str(message.blocks)
    assert "of the audit confirms this record" in message.text
    assert verdict.intact


async def test_whatever_changes_after_the_end_is_sealed_as_well(house: House) -> None:
    vote = await decided(house)

    def expire(ctx: Context) -> None:
        found = ctx.session.get_one(Vote, vote)
        ctx.session.get_one(Veto, 1).resolution = Resolution.EXPIRED
        calls.vote_changed(ctx, found.id or 0)

    await house.within(expire)

    message = await shown(house, vote)
    assert "expired without an answer" in str(message.blocks)
    assert "of the audit confirms this record" in message.text


async def test_before_the_close_there_is_only_the_status(house: House) -> None:
    vote = await house.opens()

    answer = said(await house.says("Eve", f"vote record V-{vote} --json"))

    assert "There is no record before the close." in answer
    assert "Answered: 0 of 6." in answer


async def test_a_long_record_is_cut_for_a_chat_and_whole_in_a_file(house: House) -> None:
    long = "Because of <b>all</b> that *was* said. " * 70
    vote = await house.opens()
    await house.votes(vote, dict.fromkeys(CAST, "decline"), reasons=dict.fromkeys(CAST, long))
    await house.within(lambda ctx: _decide(ctx, vote))

    message = await shown(house, vote)
    as_json = await house.says("Eve", f"vote record V-{vote} --json")
    whole = await house.within(
        lambda ctx: record.markdown(record.record_of(ctx, ctx.session.get_one(Vote, vote)))
    )

    assert slack.render_message(message)
    assert teams.render_message(message)
    assert "Long texts are cut here." in str(message.blocks)
    assert "too long for a chat" in said(as_json)
    assert whole.count("Because of") == 70 * len(CAST)
    assert f"> **Eve:**\n> {RATIONALE}" in whole
    assert r"\<b\>all\</b\> that \*was\* said" in whole
