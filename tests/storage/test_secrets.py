"""Sealed text opens in its own field, under its own key, and nowhere else."""

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from storage.secrets import Sealer, Unreadable, sealed

OLD = "an old secret key of thirty-two characters"
NEW = "the newest secret key of thirty-two characters"
SEALER = Sealer(NEW)


def field(table: str, column: str) -> sa.Column[str]:
    """Return a column that holds sealed texts."""
    return sa.Table(table, sa.MetaData(), sa.Column(column, sa.String, info=sealed())).c[column]


REPORT = field("case", "report")


def seal(text: str, row: str = "1") -> str:
    return SEALER.seal(text, at=REPORT, row=row)


def open_(sealed: str, *, at: sa.Column[str] = REPORT, row: str = "1") -> str:
    return SEALER.open(sealed, at=at, row=row)


@given(st.text())
def test_what_was_sealed_can_be_opened(text: str) -> None:
    assert open_(seal(text)) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert seal("text") != seal("text")
    assert "text" not in seal("text")


@pytest.mark.parametrize(
    ("at", "row"),
    [(field("candidate", "report"), "1"), (field("case", "name"), "1"), (REPORT, "2")],
)
def test_a_text_moved_to_another_field_is_refused(at: sa.Column[str], row: str) -> None:
    with pytest.raises(Unreadable, match="changed or moved"):
        open_(seal("text"), at=at, row=row)


def test_nothing_is_sealed_where_no_rotation_would_find_it() -> None:
    unmarked = sa.Table("case", sa.MetaData(), sa.Column("report", sa.String)).c.report

    with pytest.raises(LookupError, match=r"case\.report is not marked"):
        SEALER.seal("text", at=unmarked, row="1")


@pytest.mark.parametrize("change", ["", "v1", "v1..", "v1.00000000.AAAA", "v1.x.y.z", "é.é.é"])
def test_what_we_did_not_seal_is_refused(change: str) -> None:
    with pytest.raises(Unreadable):
        open_(change)


def test_a_changed_text_is_refused() -> None:
    version, key, body = seal("text").split(".")
    other = "A" if body[20] != "A" else "B"

    with pytest.raises(Unreadable):
        open_(f"{version}.{key}.{body[:20]}{other}{body[21:]}")
    with pytest.raises(Unreadable):
        open_(f"v2.{key}.{body}")


def test_an_older_key_still_opens_and_the_newest_seals() -> None:
    before = Sealer(OLD).seal("text", at=REPORT, row="1")
    rotated = Sealer(NEW, OLD)

    opened = rotated.open(before, at=REPORT, row="1")
    again = rotated.seal(opened, at=REPORT, row="1")

    assert opened == "text"
    assert open_(again) == "text"
    with pytest.raises(Unreadable):
        open_(before)


def test_keys_are_named_the_newest_first_and_a_text_names_its_key() -> None:
    newest, older = Sealer(NEW, OLD).key_ids

    assert seal("text").split(".")[1] == newest
    assert Sealer(OLD).key_ids == (older,)
    assert NEW not in newest


def test_a_digest_depends_on_the_key_and_the_purpose() -> None:
    digest = SEALER.digest("T1:U1", purpose="inbound")

    assert digest == Sealer(NEW).digest("T1:U1", purpose="inbound")
    assert digest != SEALER.digest("T1:U1", purpose="send")
    assert digest != SEALER.digest("T1:U2", purpose="inbound")
    assert digest != Sealer(OLD).digest("T1:U1", purpose="inbound")


def test_a_digest_outlives_a_new_key() -> None:
    before = Sealer(OLD).digest("T1:U1", purpose="inbound")

    assert Sealer(NEW, OLD).digest("T1:U1", purpose="inbound") == before


def test_a_signature_outlives_a_new_key() -> None:
    signature = Sealer(OLD).sign("value", purpose="audit")
    rotated = Sealer(NEW, OLD)

    assert rotated.verifies(signature, "value", purpose="audit")
    assert not rotated.verifies(signature, "other", purpose="audit")
    assert not rotated.verifies(signature, "value", purpose="other")
    assert not SEALER.verifies(signature, "value", purpose="audit")
    assert not SEALER.verifies("", "value", purpose="audit")


@pytest.mark.parametrize("secret", ["", " " * 40, "too short"])
def test_a_short_key_is_refused_with_a_way_to_make_one(secret: str) -> None:
    with pytest.raises(ValueError, match="token_urlsafe"):
        Sealer(secret)
