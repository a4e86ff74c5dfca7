"""What people read when accounts are linked or set apart."""

from collections.abc import Iterable
from datetime import timedelta

from bot.inbound import TITLES
from storage.people import Account
from workflows.people.texts import series

HELP_LINK = "Make your accounts on both platforms one; a code from one is typed on the other."
HELP_UNLINK = "Set one of your accounts apart; an admin sets anybody's apart."
USAGE_LINK = "[<code>]"

YES = "Yes, that is me"
NO = "No"
LINK = "Link my other account"
SET_APART = "Set an account apart"

#: Whatever is wrong with a code reads the same, and so does whoever may not use one.
NO_SUCH_CODE = (
    "This code links nothing: it may be mistyped, used already, or older than ten minutes. "
    "Nothing was changed. On the platform where I know you, say “people link” for a new one."
)
OWN_CODE = (
    "This is your own code, and it is spent now. Nothing was changed. Say “people link” for "
    "another one, and type it on the other platform."
)
CODE_IS_OVER = (
    "This code is over, and nothing was changed. If both accounts are yours, say “people link” on "
    "one of them for a new code."
)
JOIN = "Both are me: link them"
BOTH_HAVE_ONE = (
    "Whoever made this code has an account on this platform already, and so have you: nobody has "
    "two on one platform. Nothing was changed, and the code is spent. If both are yours, let "
    "“people unlink” set one of them apart first."
)
BOTH_ACTED = (
    "You and whoever made this code have each done, on your own, what one person does once, such "
    "as giving feedback on the same interview. So you stay two, nothing was changed, and the code "
    "is spent. An admin can set one of the accounts apart first."
)
TAKEN = (
    "That colleague has an account on this platform already, so yours cannot be linked. "
    "Nothing was changed. If that is wrong, tell an admin of Parley."
)
HOW_TO_LINK = (
    "I do not know this account. If I know you on the other platform, say “people link” there "
    "and type the code here, after “people link”. If I know you nowhere, ask an admin of Parley "
    "to add you."
)
HOW_TO_BE_KNOWN = "I do not know this account. If you work here, ask an admin of Parley to add you."
ONLY_PLATFORM = (
    "I am on this platform alone, so there is no other account to link. Nothing was changed."
)
NOT_ASKED_AGAIN = (
    "Thank you. This account stays apart, and I will not ask again. If it is yours after all, "
    "say “people link” on the platform where I know you, and type the code here."
)
QUESTION_IS_OVER = (
    "This question is over, and nothing was changed. A code can still link your accounts: say "
    "“people link” on the platform where I know you, and type the code on the other one."
)
ONLY_ACCOUNT = (
    "This is your only account here, so it stays yours. Nothing was changed. "
    "An admin of Parley can take it from you."
)
NOTHING_TO_SET_APART = "No other account is linked, so there is nothing to set apart."


def question(name: str, email: str, platform: str) -> str:
    """Ask an account's owner whether they are somebody who is known."""
    return (
        f"Is this you? I know {name} by the address {email}, which this account on "
        f"{title(platform)} has as well. If it is you, what you may do and what waits for you "
        "will be the same here. I ask this once."
    )


def code(written: str, others: Iterable[str], lasts: timedelta) -> str:
    """Show somebody their code."""
    where = series([title(one) for one in others], "or")
    return (
        f"On {where}, say to me within {_minutes(lasts)}: “people link {written}”. "
        "It works once, and makes the account that says it yours: show it to nobody."
    )


def linked_everywhere(accounts: Iterable[Account]) -> str:
    """Say that there is nothing to link."""
    return f"Your accounts on {platforms(accounts)} are linked. “people unlink” sets one apart."


def linked(name: str, accounts: Iterable[Account]) -> str:
    """Say that accounts are one person's now."""
    return (
        f"You are {name} here as well: your accounts on {platforms(accounts)} are linked. "
        "“people unlink” sets one apart again."
    )


def sure_to_join(name: str, accounts: Iterable[Account], roles: str) -> str:
    """Ask who typed a code of somebody known whether both are they themselves."""
    held = f": {roles}" if roles else ""
    return (
        f"{name}, on {platforms(accounts)}, made this code. Press only if that is you as well: "
        f"that account may then do all that you may{held}. If somebody asked you to type it, do "
        "not press, and tell an admin of Parley. Nothing was changed so far."
    )


def sure_to_share(name: str) -> str:
    """Ask once more before two people are made one."""
    return f"{name}'s account and yours will share every role of both."


def linked_elsewhere(platform: str, name: str) -> str:
    """Tell somebody that another account is theirs now."""
    called = f", “{name}”," if name else ""
    return (
        f"An account on {title(platform)}{called} is linked with yours now: it may do what you "
        "may. If that was not you, set it apart at once, and tell an admin of Parley."
    )


def too_many_tries(wait: timedelta) -> str:
    """Say when somebody may try a code again."""
    return (
        f"That was one wrong code too many, so I did not look at this one. Nothing was changed. "
        f"Try again in {_minutes(wait)}, with a new code."
    )


def accounts_of(name: str, accounts: Iterable[Account]) -> str:
    """Ask which account is set apart."""
    return (
        f"{name} has accounts on {platforms(accounts)}. The one that is set apart is a stranger's "
        "from its next click on, until it is linked again; all else stays with the other."
    )


def set_apart_label(platform: str, here: str) -> str:
    """Return the label of the button that sets an account apart."""
    which = f"{title(platform)}, where you are now" if platform == here else title(platform)
    return f"Set apart: {which}"


def sure_to_set_apart(platform: str) -> str:
    """Ask before an account is set apart."""
    return f"The account on {title(platform)} will be a stranger's from its next click on."


def set_apart(name: str, account: Account) -> str:
    """Say that an account is somebody's no more."""
    return (
        f"The account on {title(account.platform)} is no longer {name}'s, and a stranger's from "
        "now on. A code links it again: “people link” makes one."
    )


def platforms(accounts: Iterable[Account]) -> str:
    """Return on which platforms somebody is."""
    return series([title(one.platform) for one in accounts])


def title(platform: str) -> str:
    """Return what people call a platform."""
    return TITLES.get(platform, platform)


def _minutes(span: timedelta) -> str:
    minutes = max(1, -(-int(span.total_seconds()) // 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
