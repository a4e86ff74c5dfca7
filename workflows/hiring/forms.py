"""The questions that recruiters and owners are asked."""

from collections.abc import Sequence
from datetime import timedelta

from bot.ui import (
    AnyInput,
    Choice,
    Choices,
    Date,
    DateTime,
    Form,
    FormPart,
    Note,
    Number,
    Option,
    PersonInput,
    ShortText,
    Text,
)
from workflows.hiring import interview_texts, planning, template_texts, texts
from workflows.hiring.rules import FULL_WEIGHT, Reveal
from workflows.hiring.tables import Criterion, Interview

PANEL_MAX = 5
#: The inputs of a panel, the lead's first.
PANEL = ("lead", *(f"member_{number}" for number in range(2, PANEL_MAX + 1)))
USUAL_LENGTH = timedelta(hours=1)


def search(roles: Sequence[str], title: str) -> Form:
    """Ask for all that opens a search."""
    return Form(
        title=texts.FORM_ADD,
        inputs=(
            ShortText(
                name="title",
                label=texts.TITLE,
                initial=title[: texts.TITLE_MAX],
                max_length=texts.TITLE_MAX,
            ),
            Choice(name="role", label=texts.ROLE, hint=texts.HINT_ROLE, options=_options(roles)),
            PersonInput(name="security_owner", label=texts.SECURITY_OWNER),
            PersonInput(name="ta_owner", label=texts.TA_OWNER),
            PersonInput(name="hiring_manager", label=texts.MANAGER),
            Date(name="target_start", label=texts.TARGET_START, required=False),
            _reveal(Reveal.AFTER_ALL),
        ),
        submit=texts.SUBMIT_ADD,
    )


def crew(search: str, present: Sequence[str], reveal: Reveal) -> Form:
    """Ask who looks after a search, owners first; *present* are the names of those who do now."""
    seats = {
        "security_owner": texts.SECURITY_OWNER,
        "ta_owner": texts.TA_OWNER,
        "hiring_manager": texts.MANAGER,
    }
    people = (
        PersonInput(name=name, label=label, hint=texts.seated_now(who), required=False)
        for (name, label), who in zip(seats.items(), present, strict=True)
    )
    return Form(
        title=texts.FORM_CREW,
        inputs=(Text(text=search), *people, _reveal(reveal)),
        submit=texts.SUBMIT_CREW,
    )


def candidate(search: str) -> Form:
    """Ask for all that is kept of a candidate."""
    consents = tuple(Option(value=key, label=label) for key, label in texts.CONSENTS.items())
    return Form(
        title=texts.FORM_CANDIDATE,
        inputs=(
            Text(text=search),
            ShortText(
                name="name", label=texts.NAME, hint=texts.HINT_NAME, max_length=texts.NAME_MAX
            ),
            ShortText(
                name="source",
                label=texts.SOURCE,
                hint=texts.HINT_SOURCE,
                required=False,
                max_length=texts.SOURCE_MAX,
            ),
            _stage(texts.FIRST_STAGE),
            PersonInput(
                name="internal", label=texts.INTERNAL, hint=texts.HINT_INTERNAL, required=False
            ),
            Choice(
                name="consent", label=texts.CONSENT, options=consents, initial=consents[0].value
            ),
        ),
        submit=texts.SUBMIT_CANDIDATE,
    )


def colleague(candidate: str) -> Form:
    """Ask which colleague a candidate is."""
    who = PersonInput(name="internal", label=texts.WHO, hint=texts.HINT_INTERNAL)
    return Form(
        title=texts.FORM_COLLEAGUE,
        inputs=(Text(text=candidate), who),
        submit=texts.SUBMIT_COLLEAGUE,
    )


def interview(about: str, stage: str, criteria: Sequence[Criterion]) -> Form:
    """Ask when a candidate is met, by whom, and what they look at."""
    said = interview_texts
    lead = PersonInput(name=PANEL[0], label=said.LEAD, hint=said.HINT_LEAD)
    others = (PersonInput(name=name, label=said.MEMBER, required=False) for name in PANEL[1:])
    keys = tuple(criterion.key for criterion in criteria)
    options = tuple(Option(value=one.key, label=one.label) for one in criteria)
    return Form(
        title=said.FORM_ADD,
        inputs=(
            Text(text=about),
            ShortText(name="kind", label=said.KIND, hint=said.HINT_KIND, max_length=said.KIND_MAX),
            _stage(stage),
            *_times(None),
            lead,
            *others,
            Choices(name="criteria", label=said.CRITERIA, options=options, initial=keys),
        ),
        submit=said.SUBMIT_ADD,
    )


def move(about: str, present: Interview) -> Form:
    """Ask for another time."""
    said = interview_texts
    inputs = (Text(text=about), *_times(present))
    return Form(title=said.FORM_MOVE, inputs=inputs, submit=said.SUBMIT_MOVE)


def template(role: str, criteria: Sequence[Criterion]) -> Form:
    """Ask for weights, beginning with those in force."""
    said = template_texts
    weights = tuple(
        Number(
            name=f"weight_{one.key}",
            label=f"{one.label}, %",
            initial=str(one.weight),
            minimum=1,
            maximum=FULL_WEIGHT,
        )
        for one in criteria
    )
    must = Choices(
        name="must_pass",
        label=said.MUST,
        hint=said.HINT_MUST,
        required=False,
        options=tuple(Option(value=one.key, label=one.label) for one in criteria),
        initial=tuple(one.key for one in criteria if one.must_pass),
    )
    inputs: tuple[FormPart, ...] = (
        Text(text=role),
        *weights,
        Note(text=said.EXPLAIN_WEIGHTS),
        must,
    )
    return Form(title=said.FORM_PROPOSE, inputs=inputs, submit=said.SUBMIT_PROPOSE)


def _times(present: Interview | None) -> tuple[AnyInput, ...]:
    said = interview_texts
    length = present.ends_at - present.starts_at if present else USUAL_LENGTH
    return (
        DateTime(
            name="starts_at", label=said.STARTS, initial=present.starts_at if present else None
        ),
        Number(
            name="minutes",
            label=said.MINUTES,
            initial=str(length // timedelta(minutes=1)),
            minimum=planning.SHORTEST,
            maximum=planning.LONGEST,
        ),
        DateTime(
            name="debrief_at",
            label=said.DEBRIEF,
            hint=said.HINT_DEBRIEF,
            initial=present.debrief_at if present else None,
            required=False,
        ),
    )


def _reveal(initial: Reveal) -> Choice:
    options = tuple(Option(value=one, label=texts.REVEALS[one]) for one in Reveal)
    return Choice(name="reveal", label=texts.REVEAL, options=options, initial=initial.value)


def _stage(initial: str) -> ShortText:
    return ShortText(
        name="stage",
        label=texts.STAGE,
        hint=texts.HINT_STAGE,
        initial=initial,
        max_length=texts.STAGE_MAX,
    )


def _options(labels: Sequence[str]) -> tuple[Option, ...]:
    return tuple(Option(value=label, label=label) for label in labels)
