"""How what a file or another system says becomes searches, candidates and interviews of ours."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.context import Context
from bot.errors import Invalid
from storage import imported, people
from storage.imported import Imported
from storage.people import Person
from workflows.hiring import access, calls, importing_texts, rules, tables, texts
from workflows.hiring.rules import InterviewStatus, Outcome, SearchStatus
from workflows.hiring.said import SAID, Applicant, Appointment, Candidacy, Kind, Opening, Said
from workflows.hiring.tables import Application, Candidate, Interview, PanelSeat, Search

#: What waits for it needs something of the house: a scorecard in force, or a colleague known.
HOUSE = "house"
#: Nobody is asked any more about an interview that was over so long before it could be taken in.
HISTORY = timedelta(days=7)

_UNSAID = datetime(1970, 1, 1, tzinfo=UTC)
_TIME = ("starts_at", "ends_at")
_STILL_OPEN = (SearchStatus.DRAFT, SearchStatus.OPEN, SearchStatus.ON_HOLD)

Row = Search | Candidate | Application | Interview | PanelSeat


class Fate(StrEnum):
    """What became, or would become, of a thing."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"  #: until what it refers to is known


class _Missing(Exception):
    """Nothing can be done before *what* is known; None when nothing ever will."""

    def __init__(self, what: str | None) -> None:
        self.what = what
        super().__init__(what)


class Intake:
    """Takes in what one source says, in the transaction of *ctx*.

    Saying the same again changes nothing, nor does what was said before what is known. Of what
    people changed here meanwhile, only that is changed back which the source says otherwise now.
    """

    def __init__(self, ctx: Context, source: str) -> None:
        self._ctx = ctx
        self._session = ctx.session
        self._source = source
        #: Addresses of interviewers whom nobody here knows.
        self.strangers: set[str] = set()
        #: Addresses of interviewers who are known, and must not meet the candidate.
        self.barred: set[str] = set()
        #: Candidates, by code, who are said to be met until a moment before it begins.
        self.backwards: set[str] = set()
        #: Searches for which no scorecard is in force, by number.
        self.without_template: dict[int, Search] = {}
        # The session forgets what nobody holds, and a file refers to the same things all along.
        self._known: dict[tuple[Kind, str], Imported] = {}
        imported.take_turns(self._session, ctx.now)

    def take(self, said: Said, at: datetime) -> Fate:
        """Take in what was said at a moment, and whatever waited for it.

        Raises:
            Invalid: it asks for criteria that the scorecard does not have.
        """
        kept = self._kept(said.of, said.id)
        if at < kept.changed_at:
            return Fate.SAME
        digest = self._ctx.sealer.digest(repr(said), purpose="import")
        is_news, kept.changed_at = digest != kept.digest, at
        if not is_news and not kept.waits_for:
            return Fate.SAME
        whole = said.after(kept.said)
        kept.said, kept.digest = whole.facts(), digest
        fate = self._settle(whole, kept)
        self.go_on(_reference(said.of, said.id))
        return fate

    def go_on(self, what: str = HOUSE) -> None:
        """Take in what waited for *what*."""
        for kept in imported.waiting(self._session, self._source, what):
            said = SAID[Kind(kept.kind)].model_validate({"id": kept.external_id, **kept.said})
            self._settle(said, kept)
            self.go_on(_reference(said.of, said.id))

    def _kept(self, kind: Kind, id: str) -> Imported:
        kept = self._said_of(kind, id)
        if kept is None:
            kept = Imported(source=self._source, kind=kind, external_id=id, changed_at=_UNSAID)
            self._known[kind, id] = kept
            self._session.add(kept)
        return kept

    def _said_of(self, kind: Kind, id: str) -> Imported | None:
        """Return what the source said last of a thing."""
        known = self._known.get((kind, id))
        if known is None:
            known = imported.find(self._session, self._source, kind, id)
            if known is not None:
                self._known[kind, id] = known
        return known

    def _settle(self, said: Said, kept: Imported) -> Fate:
        """Carry out what is said and was not yet, as far as all is known that it refers to."""
        before, kept.done, kept.waits_for = kept.done, kept.said, None
        try:
            fate = self._carry_out(said, kept, before)
        except _Missing as missing:
            kept.done, kept.waits_for, fate = before, missing.what, Fate.KEPT
        self._session.flush()
        if fate in {Fate.ADDED, Fate.CHANGED} and kept.row_id is not None:
            unknown = sorted(self.strangers)
            self._ctx.record(f"{said.of}:{kept.row_id}", before=before, after=(kept.said, unknown))
            if isinstance(said, Appointment):
                calls.interview_changed(self._ctx, kept.row_id)
        return fate

    def _carry_out(self, said: Said, kept: Imported, before: Mapping[str, Any]) -> Fate:
        news = said.news(before)
        match said:
            case Opening():
                return self._open(said, kept, news)
            case Applicant():
                return self._know(said, kept, news)
            case Candidacy():
                return self._apply(said, kept, news)
            case Appointment():
                return self._meet(said, kept, before)
        return Fate.SAME  # people and stages are only referred to

    # One kind each ------------------------------------------------------------------------

    def _open(self, said: Opening, kept: Imported, news: dict[str, Any]) -> Fate:
        own = tables.search(self._session, kept.row_id) if kept.row_id else None
        if own is not None:
            return _correct(own, news)
        known = self._search_like(said)
        if known is not None:
            kept.row_id = known.id
            return Fate.SAME
        family, level = rules.family_and_level(said.title)
        added = Search(
            title=said.title,
            role_family=family if said.role_family is None else said.role_family,
            level=level if said.level is None else said.level,
            status=said.status or SearchStatus.OPEN,
            opened_on=self._ctx.now.date(),
        )
        return self._add(added, kept)

    def _search_like(self, said: Opening) -> Search | None:
        """Return a search that people opened for the same, and that the source has not named."""
        for search in tables.searches(self._session, *_STILL_OPEN):
            named = imported.of_row(self._session, Kind.SEARCH, search.id or 0)
            if any(one.source == self._source for one in named):
                continue
            is_same_title = search.title.casefold() == said.title.casefold()
            is_same_role = said.role_family in {None, search.role_family}
            if is_same_title and is_same_role and said.level in {None, search.level}:
                return search
        return None

    def _know(self, said: Applicant, kept: Imported, news: dict[str, Any]) -> Fate:
        known = tables.candidate(self._session, kept.row_id) if kept.row_id else None
        candidate = known or Candidate(source=said.source or "", created_at=self._ctx.now)
        fate = _correct(candidate, news) if known else self._add(candidate, kept)
        sealer = self._ctx.sealer
        if not said.name or calls.name_of(sealer, candidate) == said.name:
            return fate
        calls.seal_name(sealer, candidate, said.name)
        return Fate.CHANGED if fate is Fate.SAME else fate

    def _apply(self, said: Candidacy, kept: Imported, news: dict[str, Any]) -> Fate:
        search_id = self._row_id(Kind.SEARCH, said.search)
        candidate_id = self._candidate_id(said.candidate)
        stage = self._stage(said.stage, kept)
        known = tables.application(self._session, candidate_id, search_id)
        if known is None:
            added = Application(
                candidate_id=candidate_id,
                search_id=search_id,
                stage=stage or "",
                stage_entered_at=kept.changed_at,
                outcome=said.outcome or Outcome.OPEN,
            )
            return self._add(added, kept)
        kept.row_id = known.id
        wanted = _picked(news, "outcome")
        if "stage" in news and stage not in {None, known.stage}:
            wanted |= {"stage": stage, "stage_entered_at": kept.changed_at}
        return _correct(known, wanted)

    def _meet(self, said: Appointment, kept: Imported, before: Mapping[str, Any]) -> Fate:
        news = said.news(before)
        known = self._session.get(tables.Interview, kept.row_id) if kept.row_id else None
        if known is None:
            added = self._planned(said, kept)
            fate = self._add(added, kept)
            self._seat(added, said, kept, before)
            return fate
        wanted = _picked(news, "kind", "debrief_at")
        if not news.keys().isdisjoint(_TIME):
            wanted |= self._time(said, kept, known.application_id)
        if said.status and "status" in news:
            wanted["status"] = rules.status_after(known.status, said.status)
        if said.criteria is not None and "criteria" in news:
            wanted["criteria"] = self._criteria(known.template_id, said.criteria)
        stage = self._stage(said.stage, kept)
        if stage is not None and "stage" in news:
            wanted["stage"] = stage
        fates = {_correct(known, wanted), self._seat(known, said, kept, before)}
        return Fate.CHANGED if Fate.CHANGED in fates else Fate.SAME

    def _planned(self, said: Appointment, kept: Imported) -> Interview:
        """Return a new interview, under the scorecard that is in force now."""
        application_id = self._row_id(Kind.APPLICATION, said.application)
        time = self._time(said, kept, application_id)
        if not time:
            raise _Missing(None)
        stage = self._stage(said.stage, kept)
        if kept.waits_for:
            raise _Missing(kept.waits_for)
        if self._is_history(time["ends_at"]):
            raise _Missing(None)
        template_id = self._template_id(application_id)
        return Interview(
            application_id=application_id,
            template_id=template_id,
            stage=stage or "",
            kind=said.kind or "",
            criteria=self._criteria(template_id, said.criteria or ()),
            starts_at=time["starts_at"],
            ends_at=time["ends_at"],
            debrief_at=said.debrief_at,
            status=said.status or InterviewStatus.SCHEDULED,
            created_at=self._ctx.now,
        )

    def _time(self, said: Appointment, kept: Imported, application_id: int) -> dict[str, datetime]:
        """Return when an interview begins and ends, which is one thing; {} when it cannot."""
        if said.starts_at is None or said.ends_at is None:
            return {}
        if said.starts_at < said.ends_at:
            return {"starts_at": said.starts_at, "ends_at": said.ends_at}
        application = self._session.get_one(Application, application_id)
        self.backwards.add(rules.code(rules.CANDIDATE, application.candidate_id))
        kept.done = _without(kept.done, *_TIME)
        return {}

    def _is_history(self, ends_at: datetime) -> bool:
        return ends_at < self._ctx.now - HISTORY

    def _template_id(self, application_id: int) -> int:
        """Return the scorecard for an application; once it is used, it never changes."""
        search = tables.search_of(self._session, application_id)
        template = tables.template_in_force(self._session, search.role_family, search.level)
        if template is None or template.id is None:
            self.without_template[search.id or 0] = search
            raise _Missing(HOUSE)
        template.frozen = True
        return template.id

    def _criteria(self, template_id: int, wanted: tuple[str, ...]) -> list[str]:
        known = {one.key for one in tables.criteria_of(self._session, template_id)}
        if unknown := sorted(set(wanted) - known):
            raise Invalid(importing_texts.unknown_criteria(unknown, sorted(known)))
        return list(wanted)

    def _seat(
        self, interview: Interview, said: Appointment, kept: Imported, before: Mapping[str, Any]
    ) -> Fate:
        """Seat whom the source has put on the panel since, and let go whom it took off."""
        if said.panel is None:
            return Fate.SAME
        seats = {one.person_id: one for one in tables.panel(self._session, [interview.id or 0])}
        known = frozenset(seats)
        former = before.get("panel", ())
        # A source may know somebody twice.
        staying = {one.id for one in map(self._person, said.panel) if one is not None}
        for gone in map(self._person, set(former) - set(said.panel)):
            if gone is not None and gone.id in seats and gone.id not in staying:
                self._session.delete(seats.pop(gone.id))
        for id in said.panel:
            person = None if id in former else self._panelist(id, interview, kept)
            if person is not None and person.id not in seats:
                seats[person.id] = PanelSeat(interview_id=interview.id or 0, person_id=person.id)
                self._session.add(seats[person.id])
        fate = Fate.CHANGED if known != seats.keys() else Fate.SAME
        leader = self._person(said.lead) if said.lead else None
        if leader is None or leader.id not in seats:
            return fate
        if said.lead == before.get("lead") and leader.id in known:
            return fate
        fates = {_correct(one, {"is_lead": id == leader.id}) for id, one in seats.items()}
        return Fate.CHANGED if Fate.CHANGED in fates else fate

    # What is referred to ------------------------------------------------------------------

    def _panelist(self, id: str, interview: Interview, kept: Imported) -> Person | None:
        """Return who is to be seated; without them the interview goes on, and waits for them."""
        person = self._person(id)
        if person is not None and self._may_meet(person, interview):
            return person
        kept.done = {**kept.done, "panel": [one for one in kept.done["panel"] if one != id]}
        said = self._said_of(Kind.PERSON, id)
        if said is None:
            kept.waits_for = _reference(Kind.PERSON, id)
            return None
        unseated = self.barred if person is not None and person.active else self.strangers
        unseated.add(str(said.said["email"]))
        is_over = self._is_history(interview.ends_at)
        kept.waits_for = kept.waits_for or (None if is_over else HOUSE)
        return None

    def _may_meet(self, person: Person, interview: Interview) -> bool:
        application = self._session.get_one(Application, interview.application_id)
        candidate = self._session.get_one(Candidate, application.candidate_id)
        recused = tables.is_recused(self._session, interview.application_id, person.id)
        is_out = access.is_barred(person.id, candidate, recused=recused)
        return not is_out and people.works_here(self._session, person.id)

    def _person(self, id: str) -> Person | None:
        """Return a person of ours by what the source calls them."""
        said = self._said_of(Kind.PERSON, id)
        if said is None:
            return None
        return people.by_email(self._session, str(said.said["email"]), now=self._ctx.now)

    def _stage(self, id: str | None, kept: Imported) -> str | None:
        """Return a stage's name, None while it is not known: then it is waited for."""
        if id is None:
            return None
        said = self._said_of(Kind.STAGE, id)
        if said is None:
            kept.waits_for = _reference(Kind.STAGE, id)
            kept.done = _without(kept.done, "stage")
            return None
        # As people's own are compared, and no longer than those.
        return rules.stage_named(str(said.said["name"]))[: texts.STAGE_MAX].rstrip()

    def _candidate_id(self, id: str) -> int:
        """Return a candidate's number; of somebody new only the number is known at first."""
        kept = self._kept(Kind.CANDIDATE, id)
        if kept.row_id is None:
            self._add(Candidate(created_at=self._ctx.now), kept)
        return kept.row_id or 0

    def _row_id(self, kind: Kind, id: str) -> int:
        kept = self._said_of(kind, id)
        if kept is None or kept.row_id is None:
            raise _Missing(_reference(kind, id))
        return kept.row_id

    def _add(self, row: Search | Candidate | Application | Interview, kept: Imported) -> Fate:
        self._session.add(row)
        self._session.flush()
        kept.row_id = row.id
        return Fate.ADDED


def _reference(kind: Kind, id: str) -> str:
    return f"{kind}:{id}"


def _picked(news: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: news[name] for name in names if name in news}


def _without(facts: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: fact for name, fact in facts.items() if name not in names}


def _correct(row: Row, wanted: Mapping[str, Any]) -> Fate:
    """Store what differs."""
    differing = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return Fate.CHANGED if differing else Fate.SAME
