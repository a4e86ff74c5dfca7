"""What is said about where an agenda stands, and about who comes, in English."""

HELP_HERE = "Let the agenda of a meeting stand in this channel, beside where it stands already."
HELP_NOT_HERE = "Let the agenda of a meeting stand in this channel no more."
USAGE_HERE = "[AG-3]"
NO_CHANNEL = (
    "This is our own chat; an agenda stands in a channel. Say `agenda here AG-3` in the channel."
)

HELP_INVITE = "Let colleagues come to a meeting."
USAGE_INVITE = "[AG-3] <@colleague>"
HELP_UNINVITE = "Take somebody off a meeting; everybody can take themselves off."
HELP_OWNERS = "Name the two owners of a meeting, who get each draft and approve it."
USAGE_OWNERS = "[AG-3] <@colleague> <@colleague>"
WHOM = "Please name colleagues by their accounts, such as @colleague, or by their addresses."
TWO_OWNERS = (
    "A meeting has two owners, best one of each department. Please name both, such as "
    "`agenda owners AG-3 @sina @tom`."
)


def stands_here(code: str, name: str) -> str:
    """Say that an agenda stands in a channel from now on."""
    return (
        f"The agenda of {code}, {name}, stands in this channel from the next time on. With guests "
        f"or another company here it holds numbers only. Say `agenda not here {code}` to end that."
    )


def here_already(code: str) -> str:
    """Say that an agenda stands in a channel already."""
    return f"The agenda of {code} stands in this channel already. Nothing was changed."


def not_here(code: str) -> str:
    """Say that an agenda does not stand in a channel."""
    return f"The agenda of {code} does not stand in this channel. Nothing was changed."


def stands_no_more(code: str, name: str) -> str:
    """Say that an agenda does not stand in a channel any more."""
    return (
        f"The agenda of {code}, {name}, is not posted in this channel any more. What stands here "
        "of the next one becomes a line that says so."
    )


def too_many(most: int) -> str:
    """Say how many can come to a meeting."""
    return (
        f"At most {most} people come to a meeting. Nothing was changed; `agenda uninvite` makes "
        "room for others."
    )


def invited(code: str, names: str) -> str:
    """Say who comes from now on."""
    return f"{names}: invited to {code}, and told so."


def invited_by(who: str, code: str, name: str, rhythm: str, dates: str) -> str:
    """Tell somebody that they are invited."""
    return (
        f"{who} invited you to {code}, {name}: {rhythm}. Next: {dates}. Say `agenda show {code}` "
        f"to look at it, or `agenda uninvite {code}` if you do not come."
    )


def comes_already(names: str) -> str:
    """Say that somebody comes already."""
    return f"{names}: invited already. Nothing was changed."


def uninvited(code: str, name: str) -> str:
    """Say who does not come any more."""
    return f"{name} does not come to {code} any more."


def uninvited_by(who: str, code: str, name: str) -> str:
    """Tell somebody that they are off a meeting."""
    return f"{who} took you off {code}, {name}. You hear nothing more of it."


def comes_not(name: str) -> str:
    """Say that somebody does not come anyway."""
    return f"{name} does not come to it. Nothing was changed."


def is_owner(name: str, code: str) -> str:
    """Say that an owner cannot simply go."""
    return f"{name} owns {code}. Name two other owners first with `agenda owners {code}`."


def owners(code: str, names: str) -> str:
    """Say who owns a meeting from now on."""
    return f"{code} is owned by {names} now. Both get the next draft."


def owners_by(who: str, code: str, name: str, names: str) -> str:
    """Tell those who come who owns a meeting."""
    return f"{who} named the owners of {code}, {name}: {names}."
