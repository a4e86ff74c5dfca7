"""What is said of hiring on an agenda, in English, ready for translation."""

from collections.abc import Mapping, Sequence
from datetime import date

from workflows.hiring.rules import ANY_LEVEL
from workflows.hiring.template_texts import OWNERS

NOBODY = "no candidates"
NO_STAGE = "no stage yet"


def search(code: str, title: str, days: int, left: int | None) -> str:
    """Say for how long a search is open; *left* are the days until the wanted start."""
    said = f"{code} {title}: {f'open for {_days(days)}' if days else 'opened today'}"
    if left is None:
        return said
    if left < 0:
        return f"{said}, {_days(-left)} past the wanted start"
    return f"{said}, {_days(left)} left until the wanted start"


def stages(counts: Mapping[str, int], new: Mapping[str, int]) -> str:
    """Say how many candidates are in each stage, and how many of them came since last time."""
    if not counts:
        return NOBODY
    return ", ".join(
        f"{stage or NO_STAGE} {count}" + (f" ({new[stage]} new)" if new.get(stage) else "")
        for stage, count in counts.items()
    )


def stalled(codes: Sequence[str], days: int) -> str:
    """Say which candidates nobody has moved on for so many working days."""
    return f"no move for {days} working days: {', '.join(codes)}"


def searches(count: int) -> str:
    """Say how many searches are open."""
    return f"{count} open search{'' if count == 1 else 'es'}"


def offer(candidate: str, search: str, days: int) -> str:
    """Say for how long an offer waits for an answer."""
    return f"{candidate} in {search}: the offer has been out for {_days(days)}"


def offers(count: int) -> str:
    """Say how many offers wait for an answer."""
    return f"{count} offer{_s(count)} without an answer"


def template(code: str, family: str, level: str, missing: Sequence[str]) -> str:
    """Say whose signature a scorecard waits for."""
    role = family if level == ANY_LEVEL else f"{family}, {level}"
    whose = " and of ".join(OWNERS[department] for department in missing)
    return f"{code} for {role}: waits for the signature of {whose}"


def templates(count: int) -> str:
    """Say how many scorecards wait for a signature."""
    return f"{count} scorecard{_s(count)} to be signed"


def wanted(code: str, title: str, day: date, *, is_planned: bool) -> str:
    """Say from when on a search wants somebody."""
    still = ", and it is not open yet" if is_planned else ""
    return f"{code} {title}: a start is wanted by {day:%Y-%m-%d}{still}"


def wanted_soon(count: int, days: int) -> str:
    """Say how many searches want somebody soon."""
    return f"{count} search{'' if count == 1 else 'es'} with a start within {days} days"


def not_for_all(line: str) -> str:
    """Say of a number that not everybody there may know more."""
    return f"{line}, of which not everybody here may read more"


def _days(count: int) -> str:
    return f"{count} day{_s(count)}"


def _s(count: int) -> str:
    return "" if count == 1 else "s"
