"""What comes back every few minutes."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Invalid
from bot.interval import Interval, read_rule
from bot.recurrence import Recurrence

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_slot_is_later_than_the_instant_it_follows() -> None:
    quarters = Interval(15)

    assert quarters.next_after(NOON) == NOON + 15 * MINUTE
    assert quarters.next_after(NOON - MINUTE) == NOON
    assert quarters.next_after(NOON + 14 * MINUTE) == NOON + 15 * MINUTE


def test_slots_lie_between_two_instants() -> None:
    slots = Interval(20).slots_between(NOON, NOON + timedelta(hours=1))

    assert list(slots) == [NOON + 20 * MINUTE, NOON + 40 * MINUTE, NOON + 60 * MINUTE]


def test_a_rule_reads_as_it_is_written() -> None:
    assert read_rule(str(Interval(15)), "Europe/Berlin") == Interval(15)
    assert isinstance(read_rule("mon 09:00", "Europe/Berlin"), Recurrence)


@pytest.mark.parametrize("text", ["every 7m", "every 0m", "every 90m", "every 15"])
def test_what_fits_into_no_hour_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_rule(text, "UTC")
