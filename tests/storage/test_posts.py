"""The post ledger: what was posted where, under which key."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from storage import posts
from storage.database import Database
from storage.posts import Post

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
POST = Post(
    platform="slack",
    tenant="T1",
    channel="C1",
    message="170.1",
    key="vote:3",
    entity="vote:3",
    sensitive=True,
    job_key="send:1",
    posted_at=NOW,
    link="https://parley.slack.com/archives/C1/p1701",
)
IN_THREAD = replace(POST, message="170.2", thread="160.0")
ON_TEAMS = replace(POST, platform="teams", tenant="x", channel="19:x", message="1", link=None)


def record_all(session: Session) -> None:
    for post in (POST, IN_THREAD, ON_TEAMS):
        posts.record(session, post)


def in_channel(session: Session) -> str | None:
    return posts.find(session, "vote:3", platform="slack", tenant="T1", channel="C1", thread=None)


async def test_a_post_is_found_by_key_and_place(database: Database) -> None:
    await database.write(record_all)

    assert await database.read(in_channel) == POST.message
    found = await database.read(
        lambda s: posts.find(
            s, "vote:3", platform="slack", tenant="T1", channel="C1", thread="160.0"
        )
    )
    assert found == IN_THREAD.message


async def test_all_posts_of_a_key_and_of_an_entity_are_found(database: Database) -> None:
    await database.write(record_all)

    assert await database.read(lambda s: posts.all_for(s, "vote:3")) == [POST, IN_THREAD, ON_TEAMS]
    assert await database.read(lambda s: posts.about(s, "vote:3")) == [POST, IN_THREAD, ON_TEAMS]
    assert await database.read(lambda s: posts.about(s, "vote:4")) == []


async def test_recording_again_changes_nothing(database: Database) -> None:
    await database.write(record_all)

    await database.write(lambda s: posts.record(s, replace(POST, key="other")))

    assert await database.read(lambda s: posts.all_for(s, "vote:3")) == [POST, IN_THREAD, ON_TEAMS]


async def test_an_edit_is_noted(database: Database) -> None:
    await database.write(record_all)
    later = NOW + timedelta(hours=1)

    await database.write(lambda s: posts.edited(s, "slack", "T1", "C1", "170.1", now=later))

    found = await database.read(lambda s: posts.all_for(s, "vote:3"))
    assert found == [replace(POST, edited_at=later), IN_THREAD, ON_TEAMS]


async def test_a_post_that_is_gone_is_not_found_but_remembered(database: Database) -> None:
    await database.write(record_all)

    await database.write(lambda s: posts.mark_dead(s, "slack", "T1", "C1", "170.1"))

    assert await database.read(in_channel) is None
    remembered = await database.read(lambda s: posts.all_for(s, "vote:3"))
    assert [post.dead for post in remembered] == [True, False, False]


async def test_the_newest_of_several_posts_is_the_one_to_edit(database: Database) -> None:
    newer = replace(POST, message="180.0")
    await database.write(record_all)

    await database.write(lambda s: posts.record(s, newer))

    assert await database.read(in_channel) == newer.message


async def test_a_post_is_found_by_its_own_name(database: Database) -> None:
    await database.write(record_all)

    found = await database.read(lambda session: posts.at(session, "slack", "T1", "C1", "170.2"))
    nothing = await database.read(lambda session: posts.at(session, "slack", "T1", "C2", "170.2"))

    assert found == IN_THREAD
    assert nothing is None
