"""The glossary as comma-separated values."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.glossary import rules, transfer
from workflows.glossary.rules import Kind, Status, key_norm
from workflows.glossary.transfer import Fate, Plan, Row
from workflows.glossary.wording import Wording, tidy

HEADER = "term,department,plain"
TEXT = st.text(min_size=1, max_size=40).map(tidy)
LABELS = st.text(max_size=30).map(lambda text: tidy(text.replace("|", ""))).filter(key_norm)
ROWS = st.builds(
    Row,
    term=LABELS,
    department=st.sampled_from(rules.DEPARTMENTS),
    wording=st.builds(
        Wording,
        plain=TEXT.filter(bool),
        kind=st.sampled_from(Kind),
        expert=TEXT,
        example=TEXT,
    ),
    aliases=st.lists(LABELS, unique=True, max_size=3).map(tuple),
    owner=st.sampled_from(["security", "ta"]),
    status=st.sampled_from([Status.APPROVED, Status.STALE, Status.DEPRECATED]),
    review_due=st.dates(date(2020, 1, 1)) | st.none(),
)


def row(term: str = "EDR", department: str = "security", plain: str = "A guard.") -> Row:
    return Row(term, department, Wording(plain), owner=department, status=Status.APPROVED)


@given(st.lists(ROWS, max_size=5))
def test_what_is_written_reads_back_and_writes_the_same_bytes(rows: list[Row]) -> None:
    text = transfer.write(rows)

    again, problems = transfer.read(text)

    assert problems == []
    assert transfer.write(again) == text
    assert [found.wording for found in again] == [given.wording for given in rows]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "'=", "''@"])
def test_no_cell_is_a_formula_to_a_spreadsheet(start: str) -> None:
    text = transfer.write([row(plain=f"{start}SUM(A1)")])

    cell = text.splitlines()[1].split(",")[4]

    assert cell == f"'{start}SUM(A1)"
    assert transfer.read(text)[0][0].wording.plain == f"{start}SUM(A1)"


def test_a_byte_order_mark_is_ignored() -> None:
    text = transfer.write([row()])

    assert transfer.read(f"\ufeff{text}") == transfer.read(text)


def test_only_three_columns_are_needed_and_unknown_ones_are_left_out() -> None:
    rows, problems = transfer.read("plain,term,colour,department\nA guard.,EDR,blue,Security\n")

    assert problems == []
    assert rows == [Row("EDR", "security", Wording("A guard."), line=2)]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "must name the columns"),
        ("term,plain\nEDR,A guard.\n", 1, "lacks department"),
        (f"{HEADER}\nEDR,security\n", 2, "more or fewer cells"),
        (f"{HEADER}\nEDR,security,A guard.,more\n", 2, "more or fewer cells"),
        (f"{HEADER}\nEDR,catering,A guard.\n", 2, "no department"),
        (f"{HEADER}\n???,security,A guard.\n", 2, "needs a letter or a digit"),
        (f"{HEADER}\nA|B,security,A guard.\n", 2, "no bar"),
        (f"{HEADER}\nEDR,security,\n", 2, "plain words"),
        (f"{HEADER}\nEDR,security,{'x' * 281}\n", 2, "shorten this by 1"),
        (f"{HEADER},kind\nEDR,security,A guard.,beast\n", 2, "no kind"),
        (f"{HEADER},status\nEDR,security,A guard.,proposed\n", 2, "no status"),
        (f"{HEADER},review_due\nEDR,security,A guard.,soon\n", 2, "not a day"),
        (f"{HEADER},source_url\nEDR,security,A guard.,http://x\n", 2, "https://"),
        (f"{HEADER},owner\nEDR,security,A guard.,catering\n", 2, "no department"),
        (f'{HEADER}\nEDR,security,"A guard.\n', 2, "quotation mark"),
    ],
)
def test_a_broken_line_is_named_in_words(text: str, line: int, says: str) -> None:
    rows, problems = transfer.read(text)

    assert rows == []
    assert [problem.line for problem in problems] == [line]
    assert says in problems[0].text


def test_too_many_confusions_are_refused() -> None:
    text = f"{HEADER},not_to_confuse_with\nEDR,security,A guard.,a|b|c|d|e|f\n"

    assert "at most 5" in transfer.read(text)[1][0].text


def fates(*rows: Row, present: Row) -> list[Fate]:
    names = {key_norm(name): present.key[0] for name in (present.term, *present.aliases)}
    return [change.fate for change in transfer.compare(rows, {present.key: present}, names)]


def test_a_dry_run_tells_what_is_new_changed_and_the_same() -> None:
    present = row()

    found = fates(row("XDR"), row(), row(department="ta"), present=present)

    assert found == [Fate.ADD, Fate.SAME, Fate.ADD]
    assert fates(row(plain="A watchman."), present=present) == [Fate.CHANGE]


def test_empty_cells_leave_owner_status_and_review_as_they_are() -> None:
    present = Row(
        "EDR",
        "security",
        Wording("A guard."),
        aliases=("guard",),
        owner="ta",
        status=Status.STALE,
        review_due=date(2027, 1, 1),
    )

    bare, _ = transfer.read(f"{HEADER}\nEDR,security,A guard.\n")

    assert fates(*bare, present=present) == [Fate.SAME]


def test_a_new_alias_is_a_change() -> None:
    rows, _ = transfer.read(f"{HEADER},aliases\nEDR,security,A guard.,endpoint guard\n")

    assert fates(*rows, present=row()) == [Fate.CHANGE]


def test_a_name_that_leads_elsewhere_is_a_conflict() -> None:
    rows, _ = transfer.read(f"{HEADER},aliases\nXDR,security,A wider guard.,edr\n")

    changes = transfer.compare(rows, {row().key: row()}, {"edr": "edr"})

    assert changes[0].fate is Fate.CONFLICT
    assert "“edr” already leads to another term" in changes[0].reason


def test_the_same_term_twice_in_a_file_is_a_conflict() -> None:
    changes = transfer.compare([row(), row(plain="Another.")], {}, {})

    assert [change.fate for change in changes] == [Fate.ADD, Fate.CONFLICT]


def test_a_plan_is_ready_when_nothing_is_in_its_way_and_something_is_to_do() -> None:
    add = transfer.compare([row()], {}, {})

    assert Plan(add).is_ready()
    assert not Plan(()).is_ready()
    assert not Plan(add, (transfer.Problem(1, "Broken."),)).is_ready()
    assert not Plan((*add, transfer.Change(Fate.CONFLICT, row(), "Taken."))).is_ready()


def test_five_thousand_rows_are_read_compared_and_written_within_seconds() -> None:
    rows = [row(f"term number {number}") for number in range(5_000)]

    started = time.process_time()
    text = transfer.write(rows)
    again, _ = transfer.read(text)
    changes = transfer.compare(again, {found.key: found for found in rows}, {})

    assert time.process_time() - started < 10
    assert {change.fate for change in changes} == {Fate.SAME}
