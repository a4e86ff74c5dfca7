"""Interviews as a file: one line each, with the search, the candidate and the panel it is of."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import Invalid
from workflows.hiring import importing_texts as texts
from workflows.hiring import rules
from workflows.hiring.importing import Fate, Intake
from workflows.hiring.rules import InterviewStatus
from workflows.hiring.said import (
    Applicant,
    Appointment,
    Candidacy,
    Colleague,
    Kind,
    Opening,
    Said,
    Stage,
    instant,
)
from workflows.hiring.texts import STAGE_MAX

CSV = "csv"
COLUMNS = (
    "search",
    "role_family",
    "level",
    "candidate",
    "name",
    "source",
    "stage",
    "interview",
    "kind",
    "starts_at",
    "ends_at",
    "debrief_at",
    "status",
    "panel",
    "lead",
    "criteria",
)
NEEDED = ("search", "role_family", "level", "candidate", "interview", "starts_at", "ends_at")
#: What is counted; people and stages are only referred to.
COUNTED = (Kind.SEARCH, Kind.CANDIDATE, Kind.APPLICATION, Kind.INTERVIEW)

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """What one line of a file says of one thing."""

    number: int
    said: Said


def read(text: str) -> list[Line]:
    """Return what a file says, each thing once, and before whatever refers to it.

    Raises:
        Invalid: lines cannot be taken; the text names each with its reason.
    """
    sheet = _Sheet()
    # Strict, so that a quote which is never closed is told instead of swallowing the rest.
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        _check_columns(reader.fieldnames or ())
        for cells in reader:
            sheet.add(reader.line_num, {name: (cells[name] or "").strip() for name in COLUMNS})
    except csv.Error:
        sheet.problems.append(texts.in_line(reader.line_num, texts.LINE_NOT_CSV))
    if sheet.problems:
        raise Invalid("\n".join([*sheet.problems, texts.MEND_LINES]))
    return sheet.lines()


def take(intake: Intake, line: Line, now: datetime) -> Fate:
    """Take in what one line says of one thing.

    Raises:
        Invalid: it cannot be taken; the text names the line.
    """
    try:
        fate = intake.take(line.said, now)
    except Invalid as problem:
        raise _refused(line, str(problem)) from None
    for search in intake.without_template.values():
        raise _refused(line, texts.no_template(search))
    if intake.barred:
        raise _refused(line, texts.cannot_meet(sorted(intake.barred)))
    if fate is Fate.KEPT:
        raise _refused(line, texts.IS_HISTORY)
    return fate


class _Sheet:
    """The lines of a file, gathered by what they speak of."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._lines: dict[tuple[Kind, str], Line] = {}
        #: When the interview begins that says at which stage an application is.
        self._staged: dict[str, datetime] = {}

    def add(self, number: int, cells: Cells) -> None:
        """Add a line, or its problem."""
        try:
            appointment = _appointment(cells)
            for said in (*_surroundings(cells), appointment):
                self._put(Line(number, said))
            self._put_stage(number, cells, appointment)
        except Invalid as problem:
            self.problems.append(texts.in_line(number, str(problem)))

    def lines(self) -> list[Line]:
        """Return all that is said, what others refer to first."""
        order = list(Kind)
        return sorted(self._lines.values(), key=lambda line: order.index(line.said.of))

    def _put(self, line: Line) -> None:
        known = self._lines.setdefault((line.said.of, line.said.id), line)
        if known is line:
            return
        if line.said.of is Kind.INTERVIEW:
            raise Invalid(texts.twice(line.said.id, known.number))
        if known.said != line.said:
            what = f"the {line.said.of} {line.said.id}"
            raise Invalid(texts.said_otherwise(what, known.number))

    def _put_stage(self, number: int, cells: Cells, appointment: Appointment) -> None:
        """Let an application stand where its latest interview is."""
        id, begins = appointment.application, _moment(cells, "starts_at")
        if id in self._staged and begins <= self._staged[id]:
            return
        self._staged[id] = begins
        said = Candidacy(
            id=id, candidate=cells["candidate"], search=cells["search"], stage=appointment.stage
        )
        self._lines[Kind.APPLICATION, id] = Line(number, said)


def _surroundings(cells: Cells) -> Iterator[Said]:
    """Yield what a line says beside the interview."""
    for address in _addresses(cells):
        yield Colleague(id=address, email=address)
    if len(rules.stage_named(cells["stage"])) > STAGE_MAX:
        raise Invalid(texts.stage_too_long(STAGE_MAX))
    if cells["stage"]:
        yield Stage(id=cells["stage"], name=cells["stage"])
    yield Opening(
        id=cells["search"],
        title=cells["search"],
        role_family=cells["role_family"],
        level=cells["level"],
    )
    yield Applicant(id=cells["candidate"], name=cells["name"], source=cells["source"] or None)


def _appointment(cells: Cells) -> Appointment:
    if any("\0" in cell for cell in cells.values()):
        raise Invalid(texts.LINE_NOT_CSV)
    for column in NEEDED:
        if not cells[column]:
            raise Invalid(texts.cell_empty(column))
    starts_at, ends_at = _moment(cells, "starts_at"), _moment(cells, "ends_at")
    if ends_at <= starts_at:
        raise Invalid(texts.NO_END)
    panel, lead = _addresses(cells), cells["lead"].casefold()
    if lead and lead not in panel:
        raise Invalid(texts.lead_not_on_panel(lead))
    return Appointment(
        id=cells["interview"],
        application=f"{cells['candidate']} in {cells['search']}",
        stage=cells["stage"] or None,
        kind=cells["kind"] or None,
        starts_at=starts_at,
        ends_at=ends_at,
        debrief_at=_moment(cells, "debrief_at") if cells["debrief_at"] else None,
        status=_status(cells["status"]),
        panel=panel,
        lead=lead or None,
        criteria=tuple(_listed(cells["criteria"])) or None,
    )


def _addresses(cells: Cells) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.casefold() for one in _listed(cells["panel"])))


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _moment(cells: Cells, column: str) -> datetime:
    try:
        return instant(datetime.fromisoformat(cells[column]))
    except ValueError:
        raise Invalid(texts.not_a_moment(column, cells[column])) from None


def _status(cell: str) -> InterviewStatus | None:
    try:
        return InterviewStatus(cell.casefold()) if cell else None
    except ValueError:
        raise Invalid(texts.not_a_status(cell, InterviewStatus)) from None


def _check_columns(names: Iterable[str]) -> None:
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise Invalid(texts.columns_missing(missing, COLUMNS))


def _refused(line: Line, problem: str) -> Invalid:
    return Invalid("\n".join([texts.in_line(line.number, problem), texts.MEND_LINES]))
