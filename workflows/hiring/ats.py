"""What a hiring system tells by itself, in the unified model that many of them share."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

import structlog
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.context import Context
from bot.errors import Invalid
from bot.inbound import Notice
from bot.ui import Message
from workflows.hiring import importing_texts, workflow
from workflows.hiring.importing import Intake
from workflows.hiring.rules import InterviewStatus, Outcome, SearchStatus
from workflows.hiring.said import (
    Applicant,
    Appointment,
    Candidacy,
    Colleague,
    Instant,
    Opening,
    Said,
    Stage,
)

log = structlog.get_logger()

ATS = "ats"
#: How often Parley looks whether what is missing here is there by now.
PAUSE = timedelta(hours=1)
GONE = frozenset({"removed", "deleted"})
SEARCH_STATUS = {
    "OPEN": SearchStatus.OPEN,
    "CLOSED": SearchStatus.CLOSED,
    "ARCHIVED": SearchStatus.CLOSED,
    "DRAFT": SearchStatus.DRAFT,
    "PENDING": SearchStatus.DRAFT,
}
INTERVIEW_STATUS = {
    "SCHEDULED": InterviewStatus.SCHEDULED,
    "AWAITING_FEEDBACK": InterviewStatus.DONE,
    "COMPLETE": InterviewStatus.DONE,
}


def _id_of(reference: object) -> object:
    """Return the id of what is referred to, which may stand there as a whole."""
    return reference.get("id") if isinstance(reference, dict) else reference


Id = Annotated[str, Field(min_length=1, max_length=200)]
Reference = Annotated[Id, BeforeValidator(_id_of)]
Words = Annotated[str, Field(max_length=500)]


class _Model(BaseModel, ABC):
    """What all things have in common; nearly everything else may be missing, or null."""

    model_config = ConfigDict(frozen=True)

    id: Id
    modified_at: Instant
    remote_was_deleted: bool | None = None

    @abstractmethod
    def said(self) -> Said | None:
        """Return what this says, None while it says too little."""


class _User(_Model):
    email: Words | None = None

    def said(self) -> Said | None:
        return Colleague(id=self.id, email=self.email.casefold()) if self.email else None


class _Stage(_Model):
    name: Words | None = None

    def said(self) -> Said | None:
        return Stage(id=self.id, name=self.name) if self.name else None


class _Job(_Model):
    name: Words | None = None
    status: Words | None = None

    def said(self) -> Said | None:
        if not self.name:
            return None
        return Opening(id=self.id, title=self.name, status=SEARCH_STATUS.get(self.status or ""))


class _Candidate(_Model):
    first_name: Words | None = None
    last_name: Words | None = None

    def said(self) -> Said:
        # One half alone would take the other half away.
        is_whole = self.model_fields_set >= {"first_name", "last_name"}
        name = " ".join(filter(None, (self.first_name, self.last_name))) if is_whole else ""
        return Applicant(id=self.id, name=name)


class _Application(_Model):
    candidate: Reference | None = None
    job: Reference | None = None
    current_stage: Reference | None = None
    reject_reason: Reference | None = None
    rejected_at: Instant | None = None

    def said(self) -> Said | None:
        if self.candidate is None or self.job is None:
            return None
        is_rejected = self.rejected_at or self.reject_reason
        is_told = self.model_fields_set & {"rejected_at", "reject_reason"}
        outcome = Outcome.REJECTED if is_rejected else Outcome.OPEN
        return Candidacy(
            id=self.id,
            candidate=self.candidate,
            search=self.job,
            stage=self.current_stage,
            outcome=outcome if is_told else None,
        )


class _Interview(_Model):
    application: Reference | None = None
    job_interview_stage: Reference | None = None
    interviewers: Annotated[list[Reference], Field(max_length=100)] | None = None
    start_at: Instant | None = None
    end_at: Instant | None = None
    status: Words | None = None

    def said(self) -> Said | None:
        if self.application is None:
            return None
        panel = self.interviewers
        is_gone = self.remote_was_deleted
        status = INTERVIEW_STATUS.get(self.status or "")
        return Appointment(
            id=self.id,
            application=self.application,
            stage=self.job_interview_stage,
            starts_at=self.start_at,
            ends_at=self.end_at,
            status=InterviewStatus.CANCELLED if is_gone else status,
            panel=None if panel is None else tuple(dict.fromkeys(panel)),
        )


#: Of all that such systems tell, this is ours. Scorecards given there are not: nobody's verdict
#: is kept where those who have not given theirs could read it.
MODELS: Mapping[str, type[_Model]] = {
    "remoteuser": _User,
    "jobinterviewstage": _Stage,
    "job": _Job,
    "candidate": _Candidate,
    "application": _Application,
    "scheduledinterview": _Interview,
}


@workflow.notice(ATS)
def heed(ctx: Context, notice: Notice) -> Message | None:
    """Take in one thing that is new or changed there; what is not ours is left alone."""
    name, _, happened = notice.kind.partition(".")
    model = MODELS.get(name.replace("_", "").casefold())
    if model is None:
        return None
    told = _read(model, notice.payload, is_gone=happened in GONE)
    said = told.said()
    if said is None or (told.remote_was_deleted and not isinstance(said, Appointment)):
        return None
    intake = Intake(ctx, ATS)
    intake.take(said, told.modified_at)
    return _needs(ctx, intake)


@workflow.timer("catch_up")
def catch_up(ctx: Context) -> None:
    """Take in what waits for a scorecard in force, or for a colleague to be known."""
    intake = Intake(ctx, ATS)
    intake.go_on()
    _needs(ctx, intake)


def _read(model: type[_Model], payload: Mapping[str, Any], *, is_gone: bool) -> _Model:
    try:
        told = model.model_validate(payload)
    except ValidationError:
        raise Invalid(importing_texts.NOT_THE_MODEL) from None
    return told.model_copy(update={"remote_was_deleted": True}) if is_gone else told


def _needs(ctx: Context, intake: Intake) -> Message | None:
    """Return what the house has to do before all can be taken in, and look again later."""
    searches = intake.without_template.values()
    said = importing_texts.needs(sorted(intake.strangers), sorted(intake.barred), searches)
    if said:
        log.warning("import_waits", count=len(intake.strangers | intake.barred) + len(searches))
        later = ctx.now.replace(minute=0, second=0, microsecond=0) + PAUSE
        ctx.schedule(catch_up, later, key=f"hiring:catch_up:{later.isoformat()}")
    if intake.backwards:
        log.warning("import_backwards", count=len(intake.backwards))
        said.append(importing_texts.backwards(sorted(intake.backwards)))
    return Message(text=" ".join(said)) if said else None
