"""Whom and what somebody means who types or picks."""

from collections.abc import Mapping

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid
from bot.standing import account_of
from bot.text import Line
from storage import people, roster
from storage.people import Account, Person
from workflows.people import staffing, texts


def two(line: Line, otherwise: str) -> tuple[str, str]:
    """Return the two words that a verb needs.

    Raises:
        Invalid: there are more or fewer, with *otherwise* as its text.
    """
    if len(line.words) != len(("who", "what")):
        raise Invalid(otherwise)
    return line.words[0], line.words[1]


def departments(ctx: Context) -> Mapping[str, str]:
    """Return the departments' names by their keys."""
    return people.departments(ctx.session)


def here(ctx: Context) -> Account:
    """Return the account of whoever asks: others are on the same platform."""
    return account_of(ctx.user)


def found(ctx: Context, who: str) -> Person:
    """Return the person whom somebody named."""
    return staffing.find(ctx.session, who, now=ctx.now, near=here(ctx))


def known(ctx: Context, person: int) -> Person:
    """Return the person whose number came back from a button."""
    return staffing.find(ctx.session, str(person), now=ctx.now)


def picked(ctx: Context, answers: Answers) -> Account:
    """Return the account that somebody picked in a form."""
    return Account(ctx.user.platform, ctx.user.tenant, answers.text("who"))


def picked_person(ctx: Context, answers: Answers) -> Person:
    """Return whose account somebody picked in a form.

    Raises:
        Invalid: it is nobody's.
    """
    someone = roster.owner_of(ctx.session, picked(ctx, answers), now=ctx.now)
    if someone is None:
        raise Invalid(fields={"who": texts.NOT_KNOWN_YET})
    return someone
