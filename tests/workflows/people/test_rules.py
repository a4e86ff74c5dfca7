"""The pure decisions about people, by table."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import Invalid
from storage.people import Account, Grant
from storage.roster import Holding
from workflows.people import rules
from workflows.people.rules import Rank

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DEPARTMENTS = ("security", "ta")
HERE = Account("slack", "T1", "U1")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("slack:T1:U2", Account("slack", "T1", "U2")),
        (" teams:tenant:id ", Account("teams", "tenant", "id")),
        ("@U2", Account("slack", "T1", "U2")),
    ],
)
def test_an_account_is_read_in_full_or_by_the_place_it_is_near(text: str, read: Account) -> None:
    assert rules.account(text, near=HERE) == read


@pytest.mark.parametrize("text", ["", "slack:T1", "slack::U1", "a:b:c:d", "@Ada Okafor", "Ada"])
def test_what_is_no_account_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.account(text, near=HERE)


def test_a_user_alone_is_nobody_without_a_place_to_be_near() -> None:
    with pytest.raises(Invalid):
        rules.account("@U2")


@pytest.mark.parametrize(
    ("text", "grant"),
    [
        ("admin", Grant("admin")),
        ("Owner@Security", Grant("owner", "security")),
        (" owner@ ", Grant("owner")),
    ],
)
def test_a_role_is_read_with_its_department(text: str, grant: Grant) -> None:
    assert rules.grant(text, DEPARTMENTS) == grant


@pytest.mark.parametrize("text", ["", "member", "stranger", "king", "owner@catering"])
def test_what_cannot_be_given_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.grant(text, DEPARTMENTS)


@pytest.mark.parametrize(
    ("text", "rank"),
    [("", Rank.PRIMARY), ("Deputy", Rank.DEPUTY), ("3", Rank.BACKUP), (" 1 ", Rank.PRIMARY)],
)
def test_a_rank_is_read_by_name_or_number(text: str, rank: Rank) -> None:
    assert rules.rank_named(text) is rank


@pytest.mark.parametrize("text", ["0", "4", "first", "-1"])
def test_a_rank_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.rank_named(text)


@pytest.mark.parametrize(("text", "key"), [("", None), ("  ", None), (" TA", "ta")])
def test_a_department_is_read_however_it_is_capitalised(text: str, key: str | None) -> None:
    assert rules.department_named(text, DEPARTMENTS) == key


@pytest.mark.parametrize(
    ("text", "key"), [("Sales", "sales"), ("public-affairs", "public-affairs")]
)
def test_a_new_department_gets_a_key_that_can_be_typed(text: str, key: str) -> None:
    assert rules.department_key(text) == key


@pytest.mark.parametrize("text", ["", "-", "two words", "büro", "a@b", "x" * 31])
def test_a_key_that_cannot_be_typed_after_a_role_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.department_key(text)


@pytest.mark.parametrize(("text", "zone"), [("", None), (" Europe/Berlin ", "Europe/Berlin")])
def test_a_zone_is_read_by_its_name(text: str, zone: str | None) -> None:
    assert rules.zone(text) == zone


@pytest.mark.parametrize("text", ["Mars/Base", "../etc/passwd", "Europe"])
def test_a_zone_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.zone(text)


@pytest.mark.parametrize(
    ("zone", "ends_at"),
    [
        ("UTC", datetime(2026, 11, 2, 23, 59, 59, 999999, UTC)),
        ("America/New_York", datetime(2026, 11, 3, 4, 59, 59, 999999, UTC)),
        ("Asia/Tokyo", datetime(2026, 11, 2, 14, 59, 59, 999999, UTC)),
    ],
)
def test_a_role_ends_with_the_day_where_it_was_given(zone: str, ends_at: datetime) -> None:
    assert rules.end_of(NOW.date(), zone=zone, now=NOW) == ends_at


def test_a_role_without_a_last_day_has_no_end() -> None:
    assert rules.end_of(None, zone="UTC", now=NOW) is None


def test_a_last_day_that_is_over_is_refused() -> None:
    with pytest.raises(Invalid):
        rules.end_of(NOW.date() - timedelta(days=1), zone="UTC", now=NOW)


@pytest.mark.parametrize(("text", "day"), [("", None), ("2027-03-31", date(2027, 3, 31))])
def test_a_day_is_read_as_it_is_written(text: str, day: date | None) -> None:
    assert rules.day_named(text) == day


@pytest.mark.parametrize("text", ["31.3.2027", "2027-02-30", "tomorrow"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        rules.day_named(text)


def admin(person: int, ends_at: datetime | None = None) -> Holding:
    return Holding(person, Grant("admin"), ends_at)


@pytest.mark.parametrize(
    ("before", "after", "weakens"),
    [
        ([admin(1)], [], True),
        ([admin(1)], [admin(1, NOW)], True),
        ([admin(1), admin(2, NOW)], [admin(2, NOW)], True),
        ([admin(1), admin(2)], [admin(2)], False),
        ([admin(1, NOW)], [admin(2, NOW)], False),
        ([admin(1, NOW)], [], True),
        ([], [admin(1)], False),
        ([], [], False),
    ],
)
def test_the_last_who_holds_a_role_for_good_is_missed(
    before: list[Holding], after: list[Holding], weakens: bool
) -> None:
    assert rules.weakens(before, after) is weakens
