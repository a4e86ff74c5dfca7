"""A card in the room “counting”, with a button that counts on."""

from bot.context import Context
from bot.inbound import Room
from bot.ui import Buttons, Message, Reply, Text
from tests.walks.toys.counting import workflow as it


@it.command("count", help="Begin to count.")
def begin(ctx: Context, text: str) -> Reply:
    """Show the card in the whole room."""
    return _show(ctx, 0)


@it.action("more")
def more(ctx: Context, number: int) -> Reply:
    """Count on, for everybody."""
    return _show(ctx, number)


def _show(ctx: Context, number: int) -> Message:
    text = f"{ctx.person.name} counts {number}."
    row = Buttons(buttons=(more.button("Count on", number=number + 1),))
    card = Message(text=text, blocks=(Text(text=text), row))
    ctx.send(Room("counting"), card, key="counting")
    return Message(text=f"Counted {number}.")
