"""The glossary as comma-separated values: reading, comparing with what is there, writing."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum

from workflows.glossary import texts
from workflows.glossary.rules import DEPARTMENTS, LABEL_MAX, Kind, Status, key_norm, owner_group
from workflows.glossary.wording import Wording, listed, tidy

REQUIRED = ("term", "department", "plain")
COLUMNS = (
    *("term", "kind", "department", "expansion", "plain", "expert", "example", "aliases"),
    *("owner", "source_title", "source_url", "licence", "status", "review_due"),
    *("why_it_matters", "not_to_confuse_with"),
)

# A spreadsheet would run a cell that begins with one of these as a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r\0]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r\0]")

SenseKey = tuple[str, str]  #: the term's key and the department


@dataclass(frozen=True, slots=True)
class Row:
    """One sense with its term, as it stands in a file; *line* is 0 when it comes from the house."""

    term: str
    department: str
    wording: Wording
    aliases: tuple[str, ...] = ()
    owner: str = ""
    status: Status | None = None  #: None leaves it as it is; a new sense is approved
    review_due: date | None = None
    line: int = 0

    @property
    def key(self) -> SenseKey:
        """What makes a sense the same sense."""
        return key_norm(self.term), self.department

    def due(self) -> datetime | None:
        """Return when the row wants its next review."""
        # Noon in UTC is the same calendar day for almost everyone.
        return datetime.combine(self.review_due, time(12), UTC) if self.review_due else None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be taken."""

    line: int
    text: str


class Fate(StrEnum):
    """What an import would do with a row."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """One row and its fate; *reason* explains a conflict."""

    fate: Fate
    row: Row
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do: everything, or nothing while problems or conflicts remain."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()

    def rows(self, fate: Fate) -> list[Row]:
        """Return the rows of one fate."""
        return [change.row for change in self.changes if change.fate is fate]

    def is_ready(self) -> bool:
        """Tell whether the import can be applied, and would do something."""
        return not self.problems and not self.rows(Fate.CONFLICT) and bool(self.work())

    def work(self) -> list[Row]:
        """Return the rows that an import would write."""
        return [*self.rows(Fate.ADD), *self.rows(Fate.CHANGE)]


def read(text: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a file, and what is wrong with the lines that are none.

    A byte order mark is ignored; unknown columns are left out.
    """
    # Strict, so that a quote which is never closed is told instead of swallowing the rest.
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        missing = [name for name in REQUIRED if name not in (reader.fieldnames or ())]
        if missing:
            return [], [Problem(1, texts.columns_missing(missing))]
        for cells in reader:
            try:
                rows.append(_row(cells, reader.line_num))
            except ValueError as problem:
                problems.append(Problem(reader.line_num, str(problem)))
    except csv.Error:
        problems.append(Problem(reader.reader.line_num, texts.NOT_CSV))
    return rows, problems


def write(rows: Iterable[Row]) -> str:
    """Return *rows* as a file that a spreadsheet cannot mistake for formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(_quoted(cell) for cell in _cells(row))
    return out.getvalue()


def compare(
    rows: Iterable[Row], present: Mapping[SenseKey, Row], names: Mapping[str, str]
) -> tuple[Change, ...]:
    """Return each row's fate beside what is *present*.

    *names* maps every key in use (labels and aliases) to the key of its term.
    """
    taken = dict(names)
    seen: set[SenseKey] = set()
    changes: list[Change] = []
    for row in rows:
        reason = texts.ROW_TWICE if row.key in seen else _clash(row, taken)
        seen.add(row.key)
        fate = Fate.CONFLICT if reason else _fate(row, present.get(row.key))
        changes.append(Change(fate, row, reason))
    return tuple(changes)


def _row(cells: Mapping[str | None, str | list[str] | None], line: int) -> Row:
    if None in cells or None in cells.values():
        raise ValueError(texts.WRONG_CELL_COUNT)
    cell = {name: tidy(_unquoted(str(value))) for name, value in cells.items() if name}
    wording = Wording(
        kind=_kind(cell.get("kind", "")),
        not_to_confuse_with=listed(cell.get("not_to_confuse_with", "")),
        **{name: cell.get(name, "") for name in _TEXTS},
    )
    if found := wording.problems():
        raise ValueError(texts.fields(found))
    return Row(
        term=_label(cell["term"]),
        department=_department(cell["department"]),
        wording=wording,
        aliases=tuple(map(_label, listed(cell.get("aliases", "")))),
        owner=_owner(cell.get("owner", "")),
        status=_status(cell.get("status", "")),
        review_due=_day(cell.get("review_due", "")),
        line=line,
    )


_TEXTS = (
    *("expansion", "plain", "expert", "example"),
    *("why_it_matters", "source_title", "source_url", "licence"),
)


def _label(text: str) -> str:
    if not key_norm(text) or len(text) > LABEL_MAX or "|" in text:
        raise ValueError(texts.bad_label(LABEL_MAX))
    return text


def _department(text: str) -> str:
    if text.casefold() not in DEPARTMENTS:
        raise ValueError(texts.no_such("department", text, DEPARTMENTS))
    return text.casefold()


def _owner(text: str) -> str:
    return _department(text) if text else ""


def _kind(text: str) -> Kind:
    try:
        return Kind(text.casefold() or Kind.TERM)
    except ValueError:
        raise ValueError(texts.no_such("kind", text, list(Kind))) from None


def _status(text: str) -> Status | None:
    # A proposal is made in chat, where somebody can answer it.
    offered = [Status.APPROVED, Status.STALE, Status.DEPRECATED]
    if text and text.casefold() not in offered:
        raise ValueError(texts.no_such("status", text, offered))
    return Status(text.casefold()) if text else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(texts.bad_day(text)) from None


def _clash(row: Row, taken: dict[str, str]) -> str:
    """Claim the row's names in *taken*; return whose they are already, or ""."""
    own = row.key[0]
    for name in (row.term, *row.aliases):
        holder = taken.setdefault(key_norm(name), own)
        if holder != own:
            return texts.name_taken(name)
    return ""


def _fate(row: Row, present: Row | None) -> Fate:
    if present is None:
        return Fate.ADD
    known = {key_norm(alias) for alias in present.aliases} | {row.key[0]}
    has_news = any(key_norm(alias) not in known for alias in row.aliases)
    return Fate.CHANGE if has_news or _settled(row, present) != present else Fate.SAME


def _settled(row: Row, present: Row) -> Row:
    """Return *row* with what its empty cells leave as it is."""
    return replace(
        row,
        aliases=present.aliases,
        owner=row.owner or present.owner,
        status=row.status or present.status,
        review_due=row.review_due or present.review_due,
        line=present.line,
    )


def _cells(row: Row) -> list[str]:
    wording = {name: getattr(row.wording, name) for name in _TEXTS}
    cells = {
        **wording,
        "term": row.term,
        "kind": row.wording.kind.value,
        "department": row.department,
        "aliases": "|".join(row.aliases),
        "owner": row.owner or owner_group(row.department),
        "status": row.status or Status.APPROVED,
        "review_due": row.review_due.isoformat() if row.review_due else "",
        "not_to_confuse_with": "|".join(row.wording.not_to_confuse_with),
    }
    return [cells[column] for column in COLUMNS]


def _quoted(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unquoted(cell: str) -> str:
    return cell[1:] if _QUOTED_FORMULA.match(cell) else cell
