"""Tokens that are sent again: what was proven is remembered, and what may change is asked anew."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.simulator.teams.keys import Signature
from adapters.simulator.teams.simulator import TeamsSimulator
from adapters.teams import tokens
from adapters.teams.keys import FRESH_SECONDS, Keys
from adapters.teams.tokens import PUBLIC_ISSUER, SKEW_SECONDS, Verifier
from bot.wire import Reason, Refused


@dataclass
class Gate:
    """A verifier whose clocks can be moved."""

    teams: TeamsSimulator
    verifier: Verifier
    later: float = 0.0

    def token(self, **claims: object) -> str:
        return self.teams.issuer.sign(self.teams.issuer.claims(self.teams.service_url, **claims))

    async def refusal(self, token: str) -> Reason | None:
        """Return why a token is refused; None when it is good."""
        try:
            await self.verifier.verify(f"Bearer {token}")
        except Refused as refused:
            return refused.reason
        return None


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    async with TeamsSimulator() as teams:
        began = teams.world.now().timestamp()
        keys = Keys(teams.openid_metadata_url, clock=lambda: opened.later)
        verifier = Verifier(teams.app_id, PUBLIC_ISSUER, keys, now=lambda: began + opened.later)
        opened = Gate(teams, verifier)
        yield opened
        await keys.close()


async def test_a_token_that_comes_again_vouches_for_the_same(gate: Gate) -> None:
    token = gate.token()

    first = await gate.verifier.verify(f"Bearer {token}")
    again = await gate.verifier.verify(f"Bearer {token}")

    assert first == again
    assert again.service_url == gate.teams.service_url


async def test_a_token_that_was_good_ends_with_its_time(gate: Gate) -> None:
    token = gate.token()
    assert await gate.refusal(token) is None

    gate.later = 3600 + SKEW_SECONDS + 1

    assert await gate.refusal(token) is Reason.STALE


async def test_a_token_that_was_good_ends_with_its_key(gate: Gate) -> None:
    token = gate.token(exp=int(gate.teams.world.now().timestamp() + 10 * FRESH_SECONDS))
    assert await gate.refusal(token) is None

    gate.teams.issuer.rotate()
    gate.later = FRESH_SECONDS + 1
    assert await gate.refusal(gate.token()) is None  # with the new key, which is fetched for it

    assert await gate.refusal(token) is Reason.SIGNATURE


async def test_a_key_of_the_same_id_does_not_take_over_what_another_one_proved(gate: Gate) -> None:
    token = gate.token()
    assert await gate.refusal(token) is None
    known = gate.verifier._keys._keys
    (other, *_) = [key for id, key in known.items() if id != gate.teams.issuer._current.id]

    known[gate.teams.issuer._current.id] = other

    assert await gate.refusal(token) is Reason.SIGNATURE


async def test_good_claims_with_another_signature_are_no_good_token(gate: Gate) -> None:
    token = gate.token()
    assert await gate.refusal(token) is None
    signed, _, signature = token.rpartition(".")

    assert await gate.refusal(f"{signed}.{signature[::-1]}") is Reason.SIGNATURE


async def test_forged_tokens_leave_nothing_and_good_ones_only_so_much(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "PROVEN_KEPT", 2)
    claims = gate.teams.issuer.claims(gate.teams.service_url)

    for how in set(Signature) - {Signature.TRUE, Signature.UNENDORSED}:
        assert await gate.refusal(gate.teams.issuer.sign(claims, how)) is Reason.SIGNATURE
    assert not gate.verifier._proven._tokens

    for n in range(3):
        assert await gate.refusal(gate.token(note=n)) is None
    assert len(gate.verifier._proven._tokens) == 2
