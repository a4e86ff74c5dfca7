"""What one reader may know of a round, as values: nothing else reaches a summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlmodel import Session

from bot.context import Context
from storage import people
from storage.secrets import Sealer
from workflows.feedback import keeping, scores, sight, tables
from workflows.feedback import summary_texts as texts
from workflows.feedback.rules import GIVEN, PENDING, CardState, Overall
from workflows.feedback.sight import Case, Eyes, Sight
from workflows.feedback.tables import Scorecard, Submission
from workflows.hiring import calls as hiring
from workflows.hiring.calls import Criterion


@dataclass(frozen=True, slots=True)
class Version:
    """What somebody once said of a candidate; *is_late* when they could read others."""

    number: int
    ratings: Mapping[str, int | str]
    overall: Overall
    evidence: Mapping[str, str]
    reason: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """A scorecard that the reader may read; *counted* is None when only a late version is there."""

    card: int
    label: str  #: whose it is; with the interview's code when there are several interviews
    criteria: Sequence[Criterion]
    counted: Version | None
    versions: tuple[Version, ...]

    @property
    def late(self) -> tuple[Version, ...]:
        """Return what was written when its author could read others."""
        return tuple(version for version in self.versions if version.is_late)


@dataclass(frozen=True)
class Summary:
    """A round as far as one reader may know it; people stand in the order of their names."""

    title: str
    revealed_at: datetime | None
    criteria: Sequence[Criterion]
    voices: tuple[Voice, ...]
    hidden: tuple[str, ...]  #: who has given theirs, which the reader may not read yet
    missing: tuple[str, ...]
    leads: tuple[str, ...]

    @cached_property
    def ratings(self) -> list[Mapping[str, int | str]]:
        """Return the ratings that count."""
        return [voice.counted.ratings for voice in self.voices if voice.counted]

    @cached_property
    def spreads(self) -> dict[str, scores.Spread]:
        """Return the spread of each criterion that somebody assessed."""
        return scores.spreads(self.ratings)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Return what the criteria are called, by their keys."""
        return {each.key: each.label for each in self.criteria}


def title(case: Case, stage: str) -> str:
    """Return what a round is called: by codes, never by a name."""
    about = case.meetings[0]
    return texts.title(hiring.code_of(about.candidate), hiring.code_of(about.search), stage)


def stages(eyes: Eyes) -> list[str]:
    """Return the stages of which the reader may know anything, in order."""
    return [
        each.stage
        for each in eyes.case.rounds
        if any(eyes.can_view(card) for card in eyes.case.cards_in(each.stage))
    ]


def read(ctx: Context, eyes: Eyes, stage: str) -> Summary:
    """Return a round as far as its reader may know it."""
    case = eyes.case
    cards = [card for card in case.cards_in(stage) if eyes.can_view(card)]
    labels = _labels(ctx, case, cards)
    cards.sort(key=lambda card: labels[card.id or 0].casefold())
    given = [card for card in cards if card.state in GIVEN]
    open_to = [card for card in given if eyes.can_view(card) is Sight.CONTENT]
    return Summary(
        title=title(case, stage),
        revealed_at=case.round(stage).revealed_at,
        criteria=criteria_of(ctx.session, case, stage),
        voices=tuple(_voices(ctx, case, open_to, labels)),
        hidden=tuple(labels[card.id or 0] for card in given if card not in open_to),
        missing=tuple(labels[card.id or 0] for card in cards if card.state in PENDING),
        leads=_leads(ctx, case, stage),
    )


def voice(ctx: Context, card: Scorecard) -> Voice | None:
    """Return one scorecard when the reader may read it and there is anything to read."""
    case = sight.case_of_interview(ctx.session, card.interview_id)
    if case is None or card.state not in GIVEN:
        return None
    if Eyes.of(ctx.session, ctx.person, case, ctx.now).can_view(card) is not Sight.CONTENT:
        return None
    same = case.cards_in(case.stage_of(card))
    return next(_voices(ctx, case, [card], _labels(ctx, case, same)))


def name_of(ctx: Context, person: int) -> str:
    """Return what a colleague is called."""
    return people.by_id(ctx.session, person, now=ctx.now).name


def is_lead(ctx: Context, case: Case, stage: str) -> bool:
    """Say whether the reader leads a panel of the round."""
    return ctx.person.id in lead_ids(ctx.session, case, stage)


def _voices(
    ctx: Context, case: Case, cards: Sequence[Scorecard], labels: Mapping[int, str]
) -> Iterator[Voice]:
    versions: dict[int, list[Version]] = {}
    for one in tables.submissions_of(ctx.session, [card.id or 0 for card in cards]):
        versions.setdefault(one.scorecard_id, []).append(_version(ctx.sealer, one))
    judged = {card.interview_id for card in cards}
    criteria = {
        each.interview.id: hiring.all_criteria_of(ctx.session, each.interview)
        for each in case.meetings
        if each.interview.id in judged
    }
    for card in cards:
        own = tuple(versions.get(card.id or 0, ()))
        yield Voice(
            card=card.id or 0,
            label=labels[card.id or 0],
            criteria=criteria[card.interview_id],
            counted=next((each for each in own if each.number == card.counted), None),
            versions=own,
        )


def _version(sealer: Sealer, one: Submission) -> Version:
    said = keeping.opened(sealer, one)
    return Version(
        number=one.version,
        ratings=one.ratings,
        overall=one.overall,
        evidence=said.evidence,
        reason=said.reason,
        is_late=one.post_reveal,
    )


def _labels(ctx: Context, case: Case, cards: Sequence[Scorecard]) -> dict[int, str]:
    """Return whose each scorecard is, with the interview's code where there are several."""
    codes = {each.interview.id: hiring.code_of(each.interview) for each in case.meetings}
    several = len({card.interview_id for card in cards if card.state is not CardState.VOID}) > 1
    names = {id: name_of(ctx, id) for id in {card.interviewer_id for card in cards}}
    return {
        card.id or 0: texts.label(names[card.interviewer_id], codes[card.interview_id])
        if several
        else names[card.interviewer_id]
        for card in cards
    }


def criteria_of(session: Session, case: Case, stage: str) -> list[Criterion]:
    """Return what a round is judged by; where its templates differ, the later one's words."""
    found: dict[str, Criterion] = {}
    for meeting in case.meetings_in(stage):
        found |= {each.key: each for each in hiring.all_criteria_of(session, meeting.interview)}
    return list(found.values())


def _leads(ctx: Context, case: Case, stage: str) -> tuple[str, ...]:
    names = {name_of(ctx, id) for id in lead_ids(ctx.session, case, stage)}
    return tuple(sorted(names, key=str.casefold))


def lead_ids(session: Session, case: Case, stage: str) -> set[int]:
    """Return who leads a panel of a round."""
    ids = [meeting.interview.id or 0 for meeting in case.meetings_in(stage)]
    return {seat.person_id for seat in hiring.panel(session, ids) if seat.is_lead}
