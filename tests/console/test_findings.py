"""How things are judged."""

from pathlib import Path

import pytest

from console import findings
from console.findings import Condition, Needs

MIB = 1024**2


@pytest.mark.parametrize(
    ("free", "condition"),
    [
        (0, Condition.BROKEN),
        (200 * MIB - 1, Condition.BROKEN),
        (200 * MIB, Condition.NOTABLE),
        (1024 * MIB - 1, Condition.NOTABLE),
        (1024 * MIB, Condition.FINE),
    ],
)
def test_a_disk_is_judged_by_what_is_free(free: int, condition: Condition) -> None:
    assert findings.disk(Path("/srv"), free).condition is condition


def test_vocabularies_with_owners_are_fine() -> None:
    assert findings.approvers([]).condition is Condition.FINE


def test_whatever_is_not_fine_says_how_to_mend_it() -> None:
    found = [
        findings.disk(Path("/srv"), 0),
        findings.approvers(["ta", "security"]),
        findings.unreachable(2),
        *findings.needs("slack", frozenset(), Needs("scope", {"chat:write": "No."}, "Add it.")),
    ]

    assert all(finding.mend for finding in found)


NEEDED = Needs("scope", {"chat:write": "Mute."}, "Add it.", wishes={"files:write": "No charts."})


@pytest.mark.parametrize(
    ("has", "found"),
    [
        ({"chat:write", "files:write"}, [Condition.FINE]),
        ({"chat:write"}, [Condition.FINE, Condition.NOTABLE]),
        ({"files:write"}, [Condition.BROKEN]),
        ({"chat:write", "files:write", "users:read"}, [Condition.FINE, Condition.NOTABLE]),
    ],
)
def test_a_grant_is_compared_with_what_is_needed_and_wished_for(
    has: set[str], found: list[Condition]
) -> None:
    judged = findings.needs("slack", frozenset(has), NEEDED)

    assert [finding.condition for finding in judged] == found


def test_what_is_granted_for_nothing_is_named() -> None:
    [_, beyond] = findings.needs("slack", frozenset({*NEEDED.uses, *NEEDED.wishes, "a"}), NEEDED)

    assert beyond.text == "Parley makes no use of the scopes a."
