"""Every text of the glossary that people read, in English, ready for translation."""

from collections.abc import Iterable, Mapping, Sequence

from workflows.glossary.rules import Kind, Status

SUMMARY = "Two vocabularies, one place to look."

DEPARTMENTS = {
    "security": "Security",
    "ta": "Talent acquisition",
    "legal": "Legal",
    "shared": "Shared",
}
KINDS = {
    Kind.ACRONYM: "Acronym",
    Kind.TERM: "Term",
    Kind.TOOL: "Tool",
    Kind.ROLE: "Role",
    Kind.METRIC: "Measure",
    Kind.PROCESS: "Process",
    Kind.THREAT: "Threat",
}
STATUSES = {
    Status.PROPOSED: "Proposed",
    Status.APPROVED: "Approved",
    Status.STALE: "Due for a review",
    Status.DEPRECATED: "No longer used",
}

FIELD_NAMES = {
    "term": "Term",
    "plain": "Plain words",
    "kind": "What it is",
    "expansion": "Spelt out",
    "expert": "Expert words",
    "example": "Example",
    "why_it_matters": "Why it matters",
    "not_to_confuse_with": "Not to be confused with",
    "source_title": "Source",
    "source_url": "Address of the source",
    "licence": "Licence",
}

PLAIN_MISSING = "Please say in plain words what it means; that is what most people will read."
BAD_ADDRESS = "Please give a web address that begins with https://, or leave it empty."
NOT_CSV = (
    "From here on the text cannot be read as comma-separated values. "
    "Look for a quotation mark that is never closed."
)
WRONG_CELL_COUNT = (
    "This line has more or fewer cells than the header. "
    "Put quotation marks around cells that contain a comma."
)
ROW_TWICE = "This term stands twice in the file for the same department. Keep one of the two."


def too_long(length: int, limit: int) -> str:
    """Say that a text does not fit."""
    return f"Please shorten this by {length - limit} characters; it may have {limit}."


def too_many(limit: int) -> str:
    """Say that a list has too many parts."""
    return f"Please name at most {limit}."


def fields(problems: Mapping[str, str]) -> str:
    """Say what is wrong with several fields, in one line."""
    return " ".join(f"{FIELD_NAMES[name]}: {text}" for name, text in problems.items())


def columns_missing(names: Sequence[str]) -> str:
    """Say that the header lacks columns."""
    return (
        f"The first line must name the columns; it lacks {series(names)}. "
        "`term export` shows a complete header."
    )


def bad_label(limit: int) -> str:
    """Say what a term or an alias may look like."""
    return (
        f"A term or alias needs a letter or a digit, at most {limit} characters, and no bar (|). "
        "Please correct it."
    )


def no_such(what: str, given: str, offered: Iterable[str]) -> str:
    """Say that a word is none of the words on offer."""
    return f"There is no {what} “{given}”. Use {series(list(offered), 'or')}."


def bad_day(given: str) -> str:
    """Say how a day is written."""
    return f"“{given}” is not a day. Write it as 2027-01-31."


def name_taken(name: str) -> str:
    """Say that a name leads to another term already."""
    return f"“{name}” already leads to another term. Choose another alias, or edit that term."


# Looking up -----------------------------------------------------------------------------------

HELP_TERM = "Say what a word or an acronym means."
OFFER_TERM = "Look up “{words}”"
HELP_GET = "Look up a word that is also a verb here, such as “add”."
HELP_SHARE = "Post a meaning where everybody here can read it."
HELP_SEARCH = "Find terms by words in their explanation."
HELP_LIST = "List the terms."
HELP_MISSING = "Show what people looked up in vain."
EXPLAIN = "Explain a term"
HELP_EXPLAIN = "Explain the terms that this message uses."
FIND = "Find a term"
HELP_FIND = "Find a term, and put what it means into the conversation."

SHARE = "Share here"
PLAIN = "Plain words"
EXPERT = "Expert words"
SUGGEST = "Suggest change"
NOT_MEANT = "Not what I meant"
SUGGEST_MEANING = "Suggest a meaning"
NEXT_PAGE = "Next page"

WHAT_TO_LOOK_UP = "Tell me which word to look up, such as `term EDRM`."
WHAT_TO_SEARCH = "Tell me which words to search for, such as `term search lost laptop`."
SHARED_HERE = "Done: it is posted where you asked, for everybody there to read."
NOT_TO_SHARE = "This meaning is no longer used, so it was not posted. Look the term up again."
NOTHING_MISSING = "In the last 30 days every lookup found an answer."
MISSING_HEADER = ("Looked up", "Times")
MISSING = (
    "What people looked up in vain in the last 30 days, "
    "without blanks and punctuation, and without who asked:"
)
LIST_HEADER = ("Number", "Term", "Department", "Spelt out", "Status")
NO_TERMS = "Nothing fits. Leave out a flag, or say `term list` to see every meaning."
NOTHING = "(nothing)"
ALIASES = "Also found under"
APPROVED_ON = "Approved "
STALE_BADGE = "Its review is due, so it may be out of date."
NOTHING_QUOTED = "I found no term of the glossary in this message."
QUOTED = "This message uses terms of the glossary:"


def heading(label: str, expansion: str) -> str:
    """Return a term with what it is spelt out as."""
    return f"{label}: {expansion}" if expansion else label


def summary(label: str, expansion: str, department: str, words: str) -> str:
    """Say a meaning in one go, for those who hear it or read a notification."""
    spelt = f" ({expansion})" if expansion else ""
    return f"{label}{spelt}, {DEPARTMENTS[department]}: {words}"


def other_meaning(department: str, expansion: str, words: str) -> str:
    """Return the line of a meaning that is not on top."""
    return f"{DEPARTMENTS[department]}: {expansion or words}"


def show_as(department: str, expansion: str) -> str:
    """Return the label of the button that puts another meaning on top."""
    return (
        f"Show {DEPARTMENTS[department]}: {expansion}"
        if expansion
        else (f"Show the meaning in {DEPARTMENTS[department]}")
    )


def no_longer_used(replaced_by: str) -> str:
    """Return the badge of a deprecated meaning."""
    return f"No longer used; say “{replaced_by}”." if replaced_by else "No longer used."


def did_you_mean(asked: str) -> str:
    """Ask which of the suggestions was meant."""
    return f"“{asked}” is not in the glossary. Did you mean one of these?"


def nothing_found(asked: str) -> str:
    """Say that nothing was found, nor anything near it."""
    return f"“{asked}” is not in the glossary yet. If you know what it means, please suggest it."


def nothing_for_strangers(asked: str) -> str:
    """Say that nothing was found, to somebody who cannot suggest it."""
    return (
        f"“{asked}” is not in the glossary yet. Try another spelling, "
        "or look through it with `term list`."
    )


def too_long_to_look_up(asked: str, limit: int) -> str:
    """Say that no term can be that long."""
    return (
        f"“{asked}” is longer than a term can be, which is {limit} characters. "
        "Look up one word of it, or find terms by words with `term search`."
    )


def nothing_near(asked: str) -> str:
    """Say that nothing else comes near."""
    return f"Nothing else in the glossary comes near “{asked}”."


def nothing_else(asked: str) -> str:
    """Say that nothing else comes near, to somebody who may suggest it."""
    return f"{nothing_near(asked)} You can suggest a meaning."


def something_else(asked: str) -> str:
    """Offer what else might have been meant."""
    return f"Perhaps you meant one of these instead of “{asked}”:"


def results(count: int) -> str:
    """Say how many terms a search box offers."""
    return f"{count} {'term' if count == 1 else 'terms'} to choose from."


def search_result(asked: str, first: int, shown: int, total: int) -> str:
    """Say how much a search found, and which part of it is *shown* from *first* on."""
    if not total:
        return f"No explanation contains “{asked}”. Try fewer or other words."
    found = f"{total} {'meaning mentions' if total == 1 else 'meanings mention'} “{asked}”"
    if not shown:
        return f"{found}, and no page comes after the last. Leave out `--page`."
    return f"{found}:" if shown == total else f"{found}; these are {first + 1} to {first + shown}:"


def page(first: int, last: int, total: int) -> str:
    """Say which part of a list is shown."""
    return f"Meanings {first} to {last} of {total}"


def share_elsewhere(label: str) -> str:
    """Say that nobody else reads a chat of two, and how to share a meaning with others."""
    return (
        "Only the two of us read this chat, so nothing was posted. "
        f"Say `term share {label}` in the channel or thread where others should read it."
    )


def shared_by(name: str) -> str:
    """Say who posted a meaning."""
    return f"Shared by {name} from the glossary."


# Files ----------------------------------------------------------------------------------------

HELP_IMPORT = "Take in terms from comma-separated values, after a dry run."
HELP_EXPORT = "Give out the terms as comma-separated values or JSON."
FORM_IMPORT = "Import terms"
DRY_RUN = "Dry run"
CSV = "Comma-separated values, with a header"
HINT_CSV = "Nothing is changed before you have seen what would happen."
ASK_IMPORT = "Send to the owners"
FATE_HEADER = ("What would happen", "Terms")
FATES = {"add": "Added", "change": "Changed", "same": "Left as it is", "conflict": "In conflict"}
IMPORT_SENT = "This import has been sent to the owners already. Nothing was changed by your press."
NOT_YOURS = (
    "Only owners import terms, each for the departments they own. "
    "Please leave out the lines of the other departments; nothing was changed."
)
IMPORT_NOT_READY = (
    "Nothing was imported: something in the file must be put right first, or nothing in it is new. "
    "Run the dry run again to see what."
)


def dry_run(count: int) -> str:
    """Say what a dry run looked at."""
    return f"Dry run of {count} {'row' if count == 1 else 'rows'}. Nothing has been changed."


def problem(line: int, text: str) -> str:
    """Return what is wrong with a line."""
    return f"Line {line}: {text}"


def more_lines(count: int) -> str:
    """Say how many more there are."""
    return f"… and {count} more."


def import_label(count: int) -> str:
    """Return the name of an import."""
    return f"{count} {'row' if count == 1 else 'rows'}"


def exported(shown: int, total: int) -> str:
    """Say how much of an export a message could hold."""
    if shown == total:
        return f"All {total} meanings:"
    return (
        f"The first {shown} of {total} meanings; a message holds no more. "
        "For all of them an operator runs `python app.py export glossary`."
    )


def series(words: Sequence[str], last: str = "and") -> str:
    """Return *words* as part of a sentence; no words are an empty part."""
    return "".join(words) if len(words) <= 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
