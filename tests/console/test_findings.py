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
