"""The questions that admins are asked about people."""

from collections.abc import Mapping

from bot.ui import AnyInput, Choice, Date, Option, PersonInput, ShortText
from workflows.people import rules, texts


def who(hint: str) -> PersonInput:
    """Ask for somebody's account here."""
    return PersonInput(name="who", label=texts.WHO, hint=hint)


def colleague(departments: Mapping[str, str]) -> tuple[AnyInput, ...]:
    """Ask for all that makes somebody known."""
    return (
        who(texts.HINT_WHO_NEW),
        ShortText(name="name", label=texts.NAME),
        ShortText(name="email", label=texts.EMAIL, hint=texts.HINT_EMAIL, required=False),
        department(departments, texts.DEPARTMENT, ""),
        ShortText(name="zone", label=texts.ZONE, hint=texts.HINT_ZONE, required=False),
    )


def role(departments: Mapping[str, str]) -> tuple[AnyInput, ...]:
    """Ask which role, where, in which rank and until when."""
    return (
        Choice(
            name="role",
            label=texts.ROLE,
            options=tuple(
                Option(value=role, label=texts.ROLE_LABELS[role]) for role in rules.GRANTABLE
            ),
        ),
        department(departments, texts.IN_DEPARTMENT, texts.HINT_IN_DEPARTMENT),
        Choice(
            name="rank",
            label=texts.RANK,
            hint=texts.HINT_RANK,
            options=tuple(
                Option(value=str(int(rank)), label=texts.RANKS[rank]) for rank in rules.Rank
            ),
            initial=str(int(rules.Rank.PRIMARY)),
        ),
        Date(name="until", label=texts.UNTIL, hint=texts.HINT_UNTIL, required=False),
    )


def department(departments: Mapping[str, str], label: str, hint: str) -> Choice:
    """Ask for a department, or none."""
    options = tuple(Option(value=key, label=name) for key, name in departments.items())
    return Choice(name="department", label=label, hint=hint, options=options, required=False)
