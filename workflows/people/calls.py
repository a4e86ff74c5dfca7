"""What the list of people tells other workflows."""

from bot.context import Context
from bot.hooks import Hook
from storage.people import Person

#: Hears, in the same transaction, that somebody's absences changed.
absences_change = Hook[[Context, Person], object]()
#: Hears, in the same transaction, of the person whom two turned out to be.
people_join = Hook[[Context, Person], object]()


def absences_changed(ctx: Context, someone: Person) -> None:
    """Tell everybody who watches that somebody will be away, or is back."""
    absences_change.tell(ctx, someone)


def people_joined(ctx: Context, someone: Person) -> None:
    """Tell everybody who watches that two people turned out to be *someone*."""
    people_join.tell(ctx, someone)
