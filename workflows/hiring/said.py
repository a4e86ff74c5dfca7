"""What files and other systems say of hiring, as plain values: who, what, when, and of which."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from workflows.hiring.rules import InterviewStatus, Outcome, SearchStatus

#: Between these years every moment can be told in every zone.
YEARS = range(2000, 2200)


def instant(at: datetime) -> datetime:
    """Return a moment in UTC.

    Raises:
        ValueError: it has no zone, or nobody living is meant.
    """
    if at.tzinfo is None or at.year not in YEARS:
        raise ValueError("no moment of ours")
    return at.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(instant)]


class Kind(StrEnum):
    """The kinds of things that are spoken of."""

    PERSON = "person"
    STAGE = "stage"
    SEARCH = "search"
    CANDIDATE = "candidate"
    APPLICATION = "application"
    INTERVIEW = "interview"


class Said(BaseModel):
    """What a source says of one thing, which it calls *id*; None is what it does not say.

    Other things stand in it by what the same source calls them.
    """

    model_config = ConfigDict(frozen=True)

    of: ClassVar[Kind]
    #: What is never kept in the clear.
    sealed: ClassVar[frozenset[str]] = frozenset()

    id: str

    def facts(self) -> dict[str, Any]:
        """Return what is said and may be kept in the clear, as JSON values."""
        return self.model_dump(mode="json", exclude_none=True, exclude={"id", *self.sealed})

    def after(self, before: Mapping[str, Any]) -> Self:
        """Return all that is said by now: what this leaves out is as it was said *before*."""
        return self.model_validate({**before, **self.model_dump(exclude_none=True)})

    def news(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is said otherwise than *before*, by its name."""
        facts = self.facts().items()
        return {name: getattr(self, name) for name, fact in facts if before.get(name) != fact}


class Colleague(Said):
    """Somebody who may meet candidates."""

    of = Kind.PERSON

    email: str


class Stage(Said):
    """A step on the way of an application."""

    of = Kind.STAGE

    name: str


class Opening(Said):
    """A search; where its role family and level are not said, its title names them."""

    of = Kind.SEARCH

    title: str
    role_family: str | None = None
    level: str | None = None
    status: SearchStatus | None = None


class Applicant(Said):
    """A candidate."""

    of = Kind.CANDIDATE
    sealed = frozenset({"name"})

    name: str = ""
    source: str | None = None


class Candidacy(Said):
    """A candidate's application in a search."""

    of = Kind.APPLICATION

    candidate: str
    search: str
    stage: str | None = None
    outcome: Outcome | None = None


class Appointment(Said):
    """An interview with its panel."""

    of = Kind.INTERVIEW

    application: str
    stage: str | None = None
    kind: str | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    debrief_at: Instant | None = None
    status: InterviewStatus | None = None
    panel: tuple[str, ...] | None = None
    lead: str | None = None
    criteria: tuple[str, ...] | None = None


#: The value for each kind, to read again what was kept.
SAID: Mapping[Kind, type[Said]] = {
    one.of: one for one in (Colleague, Stage, Opening, Applicant, Candidacy, Appointment)
}
