"""A small workflow with one handler of every kind; its toys are rows of the departments."""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import Session

from bot.answers import Answers
from bot.context import Context
from bot.errors import Invalid, NotFound
from bot.inbound import Place, Post, QuotedMessage, Room
from bot.roles import Role
from bot.ui import Block, Choice, Form, Message, Option, Reply, Result, Results, ShortText, Text
from bot.workflow import Workflow
from storage import people

workflow = Workflow("toys", summary="Toys that everybody shares.")

NURSERY = Place(platform="slack", tenant="T1", channel="CNURSERY")
PLAYROOM = Room("playroom")


@workflow.command("toy", help="Look a toy up.", usage="NAME", allow=Role.STRANGER, read_only=True)
def look(ctx: Context, text: str) -> Reply:
    if text.casefold() not in people.departments(ctx.session):
        raise NotFound(f"There is no toy “{text}”.")
    return Message(text=f"“{text}” is in the box.")


@workflow.command("peek", help="See what is in the box.", usage="[HOW]", quick=True)
def peek(ctx: Context, text: str) -> Reply:
    if text == "slowly":
        ctx.take_time()
    if text == "closely":
        return Message(text=", ".join(people.departments(ctx.session).values()))
    return Message(text=", ".join(ctx.recall(people.departments).values()) or "Nothing.")


@workflow.command("toy add", help="Put a toy into the box.", usage="NAME", example="toy add Bear")
def add(ctx: Context, text: str) -> Reply:
    people.add_department(ctx.session, text.casefold(), text)
    ctx.record(f"toy:{text.casefold()}", after=text)
    return Message(text=f"“{text}” is in the box now.")


@workflow.command("toy break", help="Fail in the middle.")
def fail(ctx: Context, text: str) -> Reply:
    people.add_department(ctx.session, "broken", text)
    raise RuntimeError(f"the secret is {text}")


@workflow.command("toy refuse", help="Refuse in the middle.")
def refuse(ctx: Context, text: str) -> Reply:
    people.add_department(ctx.session, "refused", text)
    ctx.require(allowed=False, refusal="The box is closed on Sundays. Come back on Monday.")
    return None


@workflow.command("toy tell", help="Tell the nursery.", usage="WORDS")
def tell(ctx: Context, text: str) -> Reply:
    ctx.send(NURSERY, Message(text=text), key="news", about="toy:news")
    return None


@workflow.command("toy shout", help="Tell all of a thing.", usage="WORDS", offer="Tell everybody")
def shout(ctx: Context, text: str) -> Reply:
    return Message(text=text.upper())


@workflow.command("toy swap", help="Swap a toy for another.")
def ask_to_swap(ctx: Context, _text: str) -> Reply:
    return swap.open(ctx, owner="Ada")


@workflow.command("toys", help="See how many toys there are.")
def count(ctx: Context, _text: str) -> Reply:
    return Message(text=f"There are {len(people.departments(ctx.session))} toys.")


@workflow.form("swap")
def swap(ctx: Context, owner: str) -> Form:
    toys = people.departments(ctx.session)
    options = tuple(Option(value=key, label=name) for key, name in toys.items())
    return Form(
        title=f"Swap a toy of {owner}",
        inputs=(
            Choice(name="toy", label="Which toy?", options=options),
            ShortText(name="reason", label="Why?", max_length=20),
        ),
    )


@swap.submit
def swapped(ctx: Context, answers: Answers, owner: str) -> Reply:
    if answers.text("reason") == "because":
        raise Invalid(fields={"reason": "Please say a little more."})
    people.add_department(ctx.session, "swapped", answers.text("toy"))
    return Message(text=f"{owner} has swapped “{answers.text('toy')}”.")


@workflow.form("dead end")
def dead_end(_ctx: Context) -> Form:
    return Form(title="Nobody takes this", inputs=())


@workflow.action("wave", allow=Role.STRANGER)
def wave(ctx: Context) -> Reply:
    return Message(text=f"Hello {ctx.person.name or 'stranger'}.")


@workflow.action("take")
def take(ctx: Context, toy: str, hands: int = 2) -> Reply:
    people.add_department(ctx.session, f"taken-{toy}", toy)
    return Message(text=f"{ctx.person.name} holds “{toy}” with {hands} hands.")


@workflow.action("count", read_only=True)
def count_again(ctx: Context) -> Reply:
    return Message(text=f"There are {len(people.departments(ctx.session))} toys.")


@workflow.action("clash")
def clash(_ctx: Context) -> Reply:
    raise Invalid("Two toys cannot stand in one place. Move one of them.")


@workflow.action("approve", allow=Role.OWNER)
def approve(ctx: Context) -> Reply:
    return Message(text=f"Approved by {ctx.person.name}.")


@workflow.action("configure", allow=Role.ADMIN)
def configure(_ctx: Context) -> Reply:
    return Message(text="Configured.")


@workflow.shortcut("keep", title="Keep as a toy", help="Keep this message as a toy.")
def keep(ctx: Context, quoted: QuotedMessage) -> Reply:
    people.add_department(ctx.session, quoted.id, quoted.text)
    return Message(text=f"Kept “{quoted.text}” of {quoted.author}.")


@workflow.search("find", title="Find a toy", help="Find a toy in the box.")
def find(ctx: Context, text: str) -> Results:
    toys = people.departments(ctx.session)
    names = [name for key, name in toys.items() if key.startswith(text.casefold())]
    found = tuple(Result(title=name, summary="In the box.", message=_seen(name)) for name in names)
    return Results(text=f"{len(found)} toys.", results=found)


def _seen(name: str) -> Message:
    return Message(text=f"“{name}” is in the box.")


@workflow.timer("tidy")
def tidy(ctx: Context, toy: str) -> None:
    people.add_department(ctx.session, f"tidied-{toy}", ", ".join([toy, *_known(ctx)]))
    ctx.send(NURSERY, Message(text=f"“{toy}” is tidied away."))


def _known(ctx: Context) -> list[str]:
    """Return the toys as they are now: a request that writes remembers nothing."""
    return list(ctx.recall(people.departments))


@workflow.timer("told")
def told(ctx: Context, toy: str, answer: object = None) -> None:
    """Keep what a platform answered, as the toy's name."""
    people.add_department(ctx.session, toy, repr(answer))


@workflow.timer("weekly", every="mon 09:00")
def weekly(ctx: Context) -> None:
    ctx.send(NURSERY, Message(text="It is Monday."))


@workflow.command("toy lend", help="Lend a toy for a day.", usage="NAME")
def lend(ctx: Context, text: str) -> Reply:
    people.add_department(ctx.session, f"lent-{text}", text)
    ctx.schedule(fetch, ctx.now + timedelta(days=1), key=f"loan:{text}:end", toy=text)
    return Message(text=f"“{text}” is lent until tomorrow.")


@workflow.timer("fetch")
def fetch(ctx: Context, toy: str) -> None:
    people.add_department(ctx.session, f"fetched-{toy}", toy)


@workflow.awaits
def loans(session: Session) -> Mapping[str, str]:
    toys = people.departments(session)
    lent = (name for key, name in toys.items() if key.startswith("lent-"))
    return {f"loan:{toy}": f"loan:{toy}:end" for toy in lent if f"fetched-{toy}" not in toys}


@workflow.post("playroom")
def hear(ctx: Context, post: Post) -> Reply:
    if "quietly" in post.text:
        return None
    people.add_department(ctx.session, "heard", post.text)
    return Message(text="I heard you.")


@workflow.home
def on_home(_ctx: Context) -> tuple[Block, ...]:
    return (Text(text="Your toys wait for you."),)
