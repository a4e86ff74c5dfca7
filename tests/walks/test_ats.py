"""A hiring system finds Parley's door where an operator opened it, and nowhere else."""

import json

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.ats.ingress import PATH, SIGNATURE, signed
from app import Parley
from storage.database import Session
from tests.adapters.ats.house import JOB, JSON, SECRET
from tests.simulation import settings_for
from workflows.hiring import tables

KEY = SecretStr("the key of all walks is long enough to seal with")
BODY = json.dumps(JOB).encode()


@pytest.mark.parametrize(
    ("secret", "status", "titles"),
    [(SecretStr(SECRET), 200, ["SOC analyst, junior"]), (None, 404, [])],
    ids=["with a secret", "without"],
)
async def test_the_door_of_the_hiring_system_is_there_only_with_its_secret(
    sqlite_url: str, secret: SecretStr | None, status: int, titles: list[str]
) -> None:
    own = settings_for(sqlite_url).model_copy(update={"secret_key": KEY, "ats_secret": secret})
    parley = Parley(own)
    await parley.start()

    async with ClientSession() as http:
        headers = {**JSON, SIGNATURE: signed(SECRET, BODY)}
        async with http.post(f"{parley.url}{PATH}", data=BODY, headers=headers) as answer:
            answered = answer.status

    def opened(session: Session) -> list[str]:
        return [one.title for one in tables.searches(session)]

    assert answered == status
    assert await parley.database.read(opened) == titles
    await parley.close()
