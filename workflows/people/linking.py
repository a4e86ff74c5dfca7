"""Linking the accounts of one person, by their address or by a code, and setting them apart."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from bot.context import Context
from bot.errors import Conflict, NotAllowed, NotFound
from bot.inbound import UserRef
from bot.menu import UNSURE, say_button
from bot.platform import Standing
from bot.roles import Role
from bot.standing import BELIEVED
from bot.text import parse, typed
from bot.ui import Button, Message, Reply, Text
from bot.workflow import NO_SUCH_THING
from storage import accounts, joining, people, roster
from storage import linking as proofs
from storage.joining import BothActed, TwoPeople
from storage.people import Account, AccountTaken, Person
from workflows.people import asked, calls, rules, texts, views
from workflows.people import linking_texts as said
from workflows.people import workflow as it

CODE_LASTS = timedelta(minutes=10)
LONGEST_NAME = 80  #: characters of what an account calls itself
_PURPOSE = "link code"


@it.meets
def ask_by_address(ctx: Context) -> None:
    """Ask an unknown account's owner, once, whether they are the colleague with its address."""
    someone = _same_address(ctx)
    if someone is not None and proofs.ask_once(ctx.session, asked.here(ctx), now=ctx.now):
        ctx.send(ctx.user, _question(ctx, someone), key=_question_key(ctx), sensitive=True)


@it.action("this_is_me", allow=Role.STRANGER)
def this_is_me(ctx: Context, person: int) -> Reply:
    """Link the account to the colleague with its address, whom its owner says to be."""
    _refuse_unsure(ctx)
    someone = _same_address(ctx)
    # The address may have become another's since the question.
    if someone is None or someone.id != person:
        raise NotFound(said.QUESTION_IS_OVER)
    try:
        told = _link(ctx, someone)
    except AccountTaken as taken:
        raise Conflict(said.TAKEN) from taken
    ctx.send(ctx.user, told, key=_question_key(ctx), sensitive=True)
    return told


@it.action("not_me", allow=Role.STRANGER)
def not_me(ctx: Context) -> Reply:
    """Keep that the account's owner is somebody else."""
    own = asked.here(ctx)
    if roster.owner_of(ctx.session, own, now=ctx.now) is not None:
        raise NotFound(said.QUESTION_IS_OVER)
    proofs.close(ctx.session, own, now=ctx.now)
    ctx.record(_entity(own), after=said.NO)
    told = Message(text=said.NOT_ASKED_AGAIN)
    ctx.send(ctx.user, told, key=_question_key(ctx), sensitive=True)
    return told


@it.command("people link", help=said.HELP_LINK, usage=said.USAGE_LINK, allow=Role.STRANGER)
def link(ctx: Context, text: str) -> Reply:
    """Make a code, use one, or say how to come by one."""
    _refuse_unsure(ctx)
    if text:
        return _use_code(ctx, rules.typed_code(text))
    if ctx.person.id:
        return _make_code(ctx)
    someone = _same_address(ctx)
    if someone is None:
        return Message(text=said.HOW_TO_LINK if len(ctx.platforms) > 1 else said.HOW_TO_BE_KNOWN)
    proofs.ask_once(ctx.session, asked.here(ctx), now=ctx.now)
    return _question(ctx, someone)


@it.action("join")
def join(ctx: Context, person: int) -> Reply:
    """Let who typed a code and who made it be one, and tell all accounts of both."""
    if not proofs.take_held(ctx.session, person, ctx.person.id, now=ctx.now):
        raise NotFound(said.CODE_IS_OVER)
    maker = people.by_id(ctx.session, person, now=ctx.now)
    if not maker.active:
        raise NotFound(said.CODE_IS_OVER)
    own, theirs = (people.accounts_of(ctx.session, id) for id in (ctx.person.id, maker.id))
    try:
        kept = _join(ctx, maker)
    except BothActed as both:
        raise Conflict(said.BOTH_ACTED) from both
    except TwoPeople as two:
        raise Conflict(said.BOTH_HAVE_ONE) from two
    proofs.forget_tries(ctx.session, asked.here(ctx))
    for one in own:
        _tell_of(ctx, one, theirs, kept)
    for one in theirs:
        _tell_of(ctx, one, own, kept)
    return _linked(ctx, theirs, kept)


@it.command("people unlink", help=said.HELP_UNLINK, usage=f"[{texts.USAGE_WHO}]", read_only=True)
def unlink(ctx: Context, text: str) -> Reply:
    """Show which accounts can be set apart: one's own, or to an admin anybody's."""
    words = parse(text).words
    is_own = not words or words[0] == str(ctx.person.id)
    if not (is_own or ctx.person.holds(Role.ADMIN)):
        raise NotFound(NO_SUCH_THING)
    someone = ctx.person if is_own else asked.found(ctx, words[0])
    own = people.accounts_of(ctx.session, someone.id)
    if len(own) < (2 if is_own else 1):
        return Message(text=said.NOTHING_TO_SET_APART)
    here = ctx.user.platform if is_own else ""
    buttons = [_set_apart_button(someone, one.platform, here) for one in own]
    return views.with_buttons(Message(text=said.accounts_of(someone.name, own)), buttons)


@it.action("set_apart")
def set_apart(ctx: Context, person: int, platform: str) -> Reply:
    """Take an account from oneself, or as an admin from anybody."""
    someone = _reachable(ctx, person)
    own = people.accounts_of(ctx.session, someone.id)
    gone = next((one for one in own if one.platform == platform), None)
    if gone is None:
        raise NotFound(NO_SUCH_THING)
    if len(own) == 1 and someone.id == ctx.person.id:
        raise Conflict(said.ONLY_ACCOUNT)
    proofs.set_apart(ctx.session, gone, now=ctx.now)
    ctx.record(f"person:{someone.id}", before=own, after=[one for one in own if one != gone])
    ctx.record(_entity(gone), before=someone.id)
    told = Message(text=said.set_apart(someone.name, gone))
    for one in own:
        _tell(ctx, one, told)
    return told


def offers(ctx: Context, someone: Person, linked: Sequence[Account]) -> list[Button]:
    """Return what somebody's card offers about their accounts: to themselves, or to an admin."""
    if someone.id == ctx.person.id:
        if ctx.platforms - {one.platform for one in linked}:
            return [say_button(said.LINK, "people link")]
        if len(linked) == 1:
            return []
    return [say_button(said.SET_APART, f"people unlink {someone.id}")] if linked else []


def _set_apart_button(someone: Person, platform: str, here: str = "") -> Button:
    """Return the button that sets an account apart, asking first; who reads it may be *here*."""
    label = said.set_apart_label(platform, here)
    button = set_apart.button(label, person=someone.id, platform=platform)
    return button.danger(said.sure_to_set_apart(platform))


def _make_code(ctx: Context) -> Reply:
    own = people.accounts_of(ctx.session, ctx.person.id)
    others = ctx.platforms - {one.platform for one in own}
    if not others and len(own) == 1:
        return Message(text=said.ONLY_PLATFORM)
    if not others:
        return Message(text=said.linked_everywhere(own))
    code = "".join(secrets.choice(rules.CODE_LETTERS) for _ in range(rules.CODE_LENGTH))
    digest = ctx.sealer.digest(code, purpose=_PURPOSE)
    proofs.keep_code(ctx.session, digest, ctx.person.id, until=ctx.now + CODE_LASTS)
    text = said.code(rules.written_code(code), sorted(others), CODE_LASTS)
    # As a card, which stays where it can be read until it is typed.
    return Message(text=text, blocks=(Text(text=text),))


def _use_code(ctx: Context, code: str) -> Reply:
    """Link an unknown account with who made a code; ask somebody known whether they are one.

    What is refused is answered, not raised: the try is counted with it.
    """
    own = asked.here(ctx)
    if ctx.profile.standing is not Standing.MEMBER:
        return Message(text=said.NO_SUCH_CODE)
    tries = proofs.count_try(ctx.session, own, now=ctx.now)
    if tries.are_too_many:
        return Message(text=said.too_many_tries(tries.again_at - ctx.now))
    someone = _maker(ctx, ctx.sealer.digest(code, purpose=_PURPOSE))
    if someone is None or not someone.active or _is_a_leavers(ctx):
        return Message(text=said.NO_SUCH_CODE)
    if ctx.person.id:
        return _ask_to_join(ctx, someone)
    try:
        told = _link(ctx, someone)
    except AccountTaken:
        return Message(text=said.TAKEN)
    proofs.forget_tries(ctx.session, own)
    return told


def _maker(ctx: Context, digest: str) -> Person | None:
    """Return who made a code; it is spent then, or kept for who typed it and has roles to lose."""
    if ctx.person.id:
        maker = proofs.hold_code(ctx.session, digest, ctx.person.id, now=ctx.now)
    else:
        maker = proofs.take_code(ctx.session, digest, now=ctx.now)
    return None if maker is None else people.by_id(ctx.session, maker, now=ctx.now)


def _ask_to_join(ctx: Context, maker: Person) -> Message:
    """Ask who typed a code whether its maker is they themselves, and say what both would share."""
    if maker.id == ctx.person.id:
        proofs.forget_codes(ctx.session, maker.id)
        return Message(text=said.OWN_CODE)
    theirs = people.accounts_of(ctx.session, maker.id)
    own = people.accounts_of(ctx.session, ctx.person.id)
    if {one.platform for one in theirs} & {one.platform for one in own}:
        proofs.forget_codes(ctx.session, maker.id)
        return Message(text=said.BOTH_HAVE_ONE)
    grants = roster.held_by(ctx.session, ctx.person.id, now=ctx.now)
    roles = texts.roles(held.grant for held in grants)
    asks = Message(text=said.sure_to_join(maker.name, theirs, roles))
    yes = join.button(said.JOIN, person=maker.id).danger(said.sure_to_share(maker.name))
    return views.with_buttons(asks, [yes])


def _link(ctx: Context, someone: Person) -> Message:
    """Give *someone* the account that acts, tell their others, and say so.

    Raises:
        AccountTaken: *someone* has another account on this platform.
    """
    own, before = asked.here(ctx), people.accounts_of(ctx.session, someone.id)
    people.link_account(ctx.session, someone.id, own.platform, own.tenant, own.user)
    word, said_at = ctx.profile, ctx.profile.said_at
    if said_at is not None:
        accounts.note_standing(ctx.session, own, word.standing, email=word.email, now=said_at)
    told = _linked(ctx, before, someone)
    ctx.record(_entity(own), after=someone.id)
    _tell_of(ctx, own, before, someone)
    return told


def _join(ctx: Context, maker: Person) -> Person:
    """Join who acts with who made the code, and return who is left."""
    kept, gone = ctx.person, maker
    if rules.outlasts(maker, ctx.person):
        kept, gone = maker, ctx.person
    joining.join(ctx.session, kept.id, gone.id)
    ctx.record(f"person:{gone.id}", after=kept.id)
    one = people.by_id(ctx.session, kept.id, now=ctx.now)
    calls.people_joined(ctx, one)
    return one


def _tell_of(ctx: Context, new: Account, others: Sequence[Account], someone: Person) -> None:
    """Tell the *others* of an account that is linked with them now, and how to set it apart."""
    name = typed(ctx.profile.name)[:LONGEST_NAME] if new == asked.here(ctx) else ""
    news = Message(text=said.linked_elsewhere(new.platform, name))
    news = views.with_buttons(news, [_set_apart_button(someone, new.platform)])
    for one in others:
        ctx.send(UserRef(one.platform, one.tenant, one.user), news)


def _linked(ctx: Context, before: Sequence[Account], someone: Person) -> Message:
    """Note for the audit which accounts somebody has now, and return the words for it."""
    now_theirs = people.accounts_of(ctx.session, someone.id)
    ctx.record(f"person:{someone.id}", before=before, after=now_theirs)
    return Message(text=said.linked(someone.name, now_theirs))


def _same_address(ctx: Context) -> Person | None:
    """Return the colleague with the address that the company gives this unknown account.

    None when they have an account here, when their own platform has not said within a day that
    they are a member, and once the owner has said no or was set apart.
    """
    own = asked.here(ctx)
    if not ctx.profile.email or roster.owner_of(ctx.session, own, now=ctx.now) is not None:
        return None
    if proofs.is_closed(ctx.session, own):
        return None
    since = ctx.now - BELIEVED
    someone = proofs.known_by(ctx.session, ctx.profile.email, since=since, now=ctx.now)
    if someone is None:
        return None
    theirs = people.accounts_of(ctx.session, someone.id)
    return None if any(one.platform == own.platform for one in theirs) else someone


def _is_a_leavers(ctx: Context) -> bool:
    """Say whether the account that acts is still that of somebody who has left."""
    return not ctx.person.id and (
        roster.owner_of(ctx.session, asked.here(ctx), now=ctx.now) is not None
    )


def _reachable(ctx: Context, person: int) -> Person:
    """Return a person whose accounts who asks may set apart; nobody else exists to them."""
    is_admin = ctx.person.holds(Role.ADMIN)
    try:
        someone = asked.known(ctx, person)
    except NotFound:
        raise NotFound(NO_SUCH_THING) from None
    if someone.id != ctx.person.id and not is_admin:
        raise NotFound(NO_SUCH_THING)
    return someone


def _refuse_unsure(ctx: Context) -> None:
    if ctx.profile.standing is Standing.UNKNOWN:
        raise NotAllowed(UNSURE)


def _question(ctx: Context, someone: Person) -> Message:
    asks = Message(text=said.question(someone.name, ctx.profile.email, ctx.user.platform))
    yes = this_is_me.button(said.YES, person=someone.id).primary()
    return views.with_buttons(asks, [yes, not_me.button(said.NO)])


def _tell(ctx: Context, account: Account, message: Message) -> None:
    """Tell the owner of *account*, unless it is they who act and are answered."""
    if account != asked.here(ctx):
        to = UserRef(account.platform, account.tenant, account.user)
        ctx.send(to, message)


def _question_key(ctx: Context) -> str:
    return f"people:question:{ctx.user}"


def _entity(account: Account) -> str:
    return f"account:{account.platform}:{account.tenant}:{account.user}"
