"""The issuer: documents, keys that change, true and false tokens, and the tokens it sells."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from aiohttp import ClientError, ClientSession
from jwt import PyJWKSet

from adapters.simulator.faults import FaultKind
from adapters.simulator.teams.issuer import ISSUER, Issuer, Registration
from adapters.simulator.teams.keys import Signature
from adapters.simulator.teams.simulator import Behaviour, TeamsSimulator

Json = dict[str, Any]


async def fetched(http: ClientSession, url: str) -> Json:
    async with http.get(url) as answer:
        document: Json = await answer.json()
    return document


async def key_set(teams: TeamsSimulator, http: ClientSession) -> PyJWKSet:
    """Return the published keys, found as a bot finds them."""
    metadata = await fetched(http, teams.openid_metadata_url)
    return PyJWKSet.from_dict(await fetched(http, metadata["jwks_uri"]))


def accepted(teams: TeamsSimulator, keys: PyJWKSet, token: str) -> Json:
    """Return the claims of *token*, as the library of the trade reads them."""
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims: Json = jwt.decode(token, key.key, ["RS256"], audience=teams.app_id, issuer=ISSUER)
    return claims


async def bought(teams: TeamsSimulator, http: ClientSession, **changes: str) -> tuple[int, Json]:
    form = {
        "grant_type": "client_credentials",
        "client_id": teams.app_id,
        "client_secret": teams.app_password,
        "scope": "https://api.botframework.com/.default",
    }
    async with http.post(teams.token_url, data=form | changes) as answer:
        return answer.status, await answer.json()


async def test_a_true_token_is_accepted_with_the_published_keys(
    teams: TeamsSimulator, http: ClientSession
) -> None:
    keys = await key_set(teams, http)

    claims = accepted(teams, keys, teams.issuer.token(teams.service_url))

    assert claims["serviceurl"] == teams.service_url
    assert claims["exp"] - claims["nbf"] == 3600


async def test_only_some_of_the_published_keys_may_sign_for_teams(
    teams: TeamsSimulator, http: ClientSession
) -> None:
    metadata = await fetched(http, teams.openid_metadata_url)
    keys = (await fetched(http, metadata["jwks_uri"]))["keys"]

    token = teams.issuer.sign(teams.issuer.claims(teams.service_url), Signature.UNENDORSED)

    endorsed = {key["kid"]: "msteams" in key["endorsements"] for key in keys}
    assert sorted(endorsed.values()) == [False, True]
    assert endorsed[jwt.get_unverified_header(token)["kid"]] is False


@pytest.mark.parametrize(
    "how",
    [
        Signature.RETIRED,
        Signature.UNKNOWN_KEY,
        Signature.STRANGERS_KEY,
        Signature.HMAC_OF_PUBLIC_KEY,
        Signature.NONE,
    ],
)
async def test_a_false_signature_is_no_good(
    teams: TeamsSimulator, http: ClientSession, how: Signature
) -> None:
    keys = await key_set(teams, http)

    token = teams.issuer.sign(teams.issuer.claims(teams.service_url), how)

    with pytest.raises((jwt.InvalidTokenError, KeyError)):
        accepted(teams, keys, token)


async def test_claims_can_be_changed_and_left_out(teams: TeamsSimulator) -> None:
    claims = teams.issuer.claims(teams.service_url, aud="another", exp=None)

    assert claims["aud"] == "another"
    assert "exp" not in claims


async def test_after_a_rotation_the_old_key_is_gone(
    teams: TeamsSimulator, http: ClientSession
) -> None:
    before = teams.issuer.token(teams.service_url)

    teams.issuer.rotate()

    keys = await key_set(teams, http)
    assert accepted(teams, keys, teams.issuer.token(teams.service_url))
    with pytest.raises(KeyError):
        accepted(teams, keys, before)


async def test_a_rotation_may_keep_the_old_key(teams: TeamsSimulator, http: ClientSession) -> None:
    before = teams.issuer.token(teams.service_url)

    teams.issuer.rotate(keep_old=True)

    assert accepted(teams, await key_set(teams, http), before)


async def test_the_issuer_can_be_down_and_slow(teams: TeamsSimulator, http: ClientSession) -> None:
    teams.faults.add("openid", FaultKind.UNAVAILABLE)
    # The client asks once more by itself when the connection is cut.
    teams.faults.add("keys", FaultKind.REQUEST_LOST, times=2)

    async with http.get(teams.openid_metadata_url) as down:
        status = down.status

    assert status == 503
    with pytest.raises(ClientError):
        await key_set(teams, http)
    assert [entry.title for entry in teams.journal] == ["openid", "openid", "keys", "keys"]


async def test_the_bot_buys_a_token_that_the_connector_takes(
    teams: TeamsSimulator, http: ClientSession
) -> None:
    status, said = await bought(teams, http)

    assert (status, said["token_type"], said["expires_in"]) == (200, "Bearer", 3600)
    assert teams.issuer.bears(f"Bearer {said['access_token']}")
    assert teams.app_password not in str(list(teams.journal))


async def test_a_bought_token_proves_nothing_to_the_bot(
    teams: TeamsSimulator, http: ClientSession
) -> None:
    _, said = await bought(teams, http)

    with pytest.raises(KeyError):
        accepted(teams, await key_set(teams, http), said["access_token"])


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "another"}, 400, "unauthorized_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "https://graph.microsoft.com/.default"}, 400, "invalid_scope"),
    ],
)
async def test_a_wrong_request_buys_nothing(
    teams: TeamsSimulator, http: ClientSession, changes: dict[str, str], status: int, error: str
) -> None:
    refused, said = await bought(teams, http, **changes)

    assert (refused, said["error"]) == (status, error)
    assert said["error_codes"][0] > 70000


async def test_another_tenant_is_not_known(teams: TeamsSimulator, http: ClientSession) -> None:
    async with http.post(f"{teams.base_url}/another/oauth2/v2.0/token") as answer:
        said = await answer.json()

    assert (answer.status, said["error_codes"]) == (400, [90002])


@pytest.mark.parametrize("authorization", ["", "Basic eA==", "Bearer", "Bearer x.y.z"])
def test_what_is_no_token_is_not_taken(authorization: str) -> None:
    issuer = Issuer(Registration("app", "password", "tenant"), lambda: datetime.now(UTC))

    assert not issuer.bears(authorization)


async def test_a_bought_token_ends_with_its_lifetime(http: ClientSession) -> None:
    present = [datetime.now(UTC)]
    settings = Behaviour(token_lifetime=timedelta(minutes=10), wire_now=lambda: present[0])
    async with TeamsSimulator(settings) as teams:
        _, said = await bought(teams, http)

        present[0] += timedelta(minutes=11)

        assert said["expires_in"] == 600
        assert not teams.issuer.bears(f"Bearer {said['access_token']}")


async def test_a_token_for_another_bot_is_not_taken(
    teams: TeamsSimulator, http: ClientSession
) -> None:
    _, said = await bought(teams, http)
    other = Issuer(Registration("other", "password", "tenant"), lambda: datetime.now(UTC))

    assert not other.bears(f"Bearer {said['access_token']}")
    assert not teams.issuer.bears(f"Bearer {teams.issuer.token(teams.service_url)}")
