"""The card of a vote: the same in all its places, and edited at a pace."""

from datetime import timedelta

from bot.context import unasked
from bot.inbound import Place
from tests.workflows.votes.house import House
from workflows.votes import calls

THREADS = [
    {"platform": "slack", "tenant": "T1", "channel": "C1", "thread": "1.0"},
    {"platform": "teams", "tenant": "tenant", "channel": "19:room", "thread": "7"},
]


async def changes(house: House, vote: int) -> None:
    """Let a vote change."""
    now = house.clock.now()
    await house.database.write(
        lambda session: calls.vote_changed(unasked(session, house.sealer, now), vote)
    )


async def test_changes_within_two_seconds_are_one_edit_in_every_thread(house: House) -> None:
    vote = await house.opens(places=THREADS)
    for _ in range(3):
        await changes(house, vote)

    await house.passes(timedelta(minutes=1))

    sent = await house.sent()
    assert [parcel.place for parcel in sent] == [Place(**place) for place in THREADS]
    assert {parcel.envelope.key for parcel in sent} == {f"vote:{vote}"}
    assert "0 of 6" in sent[0].message.text
