"""What was posted of something sensitive goes from where it stands, and comes back nowhere."""

import pytest
from sqlmodel import Session

from bot import outbox
from bot.errors import DeliveryError
from bot.ui import Message
from storage import jobs
from storage.jobs import State
from tests.bot.platforms import CLOSED, GONE
from tests.bot.postman import Post

STUB = Message(text="It was erased.")


@pytest.fixture
async def told(post: Post) -> Post:
    """A postman who has brought one sensitive message and one that is not."""
    await post.send("What the toy did.", key="toy:1:card", sensitive=True)
    await post.send("Thank you.", key="toy:1:thanks")
    await post.settle()
    return post


async def take_down(post: Post) -> None:
    """Take down what was posted of the toy, and deliver that."""

    def work(session: Session) -> None:
        now = post.house.clock.now()
        outbox.take_down(session, post.house.sealer, STUB, about="toy:1", now=now)

    await post.house.database.write(work)
    await post.settle()


async def dead(post: Post) -> int:
    """Return how many dead letters there are."""
    return len(await post.house.database.read(lambda session: jobs.listing(session, State.DEAD)))


async def test_only_what_is_sensitive_is_edited(told: Post) -> None:
    await take_down(told)

    assert told.slack.texts == ["It was erased.", "Thank you."]


@pytest.mark.parametrize("refusal", [GONE, CLOSED])
async def test_what_cannot_be_edited_is_not_posted_anew_and_alarms_nobody(
    told: Post, refusal: DeliveryError
) -> None:
    told.slack.fail("edit", refusal)

    await take_down(told)

    assert told.slack.texts == ["What the toy did.", "Thank you."]
    assert await dead(told) == 0


async def test_nobody_replays_a_dead_letter_about_it(told: Post) -> None:
    told.slack.fail("post", CLOSED)
    await told.send("What the toy did next.", sensitive=True)
    await told.settle()
    before = await dead(told)

    await take_down(told)

    assert (before, await dead(told)) == (1, 0)
