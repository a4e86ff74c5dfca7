"""The code that a reporter without a name comes away with: who has it, reads the answer."""

from datetime import datetime, timedelta

from bot.context import Context
from workflows.reports.tables import Report

#: Crockford's base32: no letter looks like a digit, and none is missing when it is read aloud.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, BITS = 26, 130
#: For so long after the end of a report its code is good for something.
LASTS = timedelta(days=90)

_GROUP = 4
_DIGEST_BITS, _BITS_A_LETTER = 256, 5
_READ_AS = str.maketrans("OIL", "011")


def new_code(ctx: Context) -> str:
    """Return the code of what is done now, the same one for a repeat of it.

    It is worked out of the act's id, which holds 64 random bits and is stored nowhere, and of the
    server's key.
    """
    number = int(ctx.sealer.digest(ctx.act, purpose="claim code"), 16) >> (_DIGEST_BITS - BITS)
    shifts = range(BITS - _BITS_A_LETTER, -1, -_BITS_A_LETTER)
    return "".join(ALPHABET[number >> shift & (len(ALPHABET) - 1)] for shift in shifts)


def grouped(code: str) -> str:
    """Return a code as people write it down."""
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def read(typed: str) -> str | None:
    """Return the code that somebody typed, however they wrote it; None when it is none."""
    code = "".join(filter(str.isalnum, typed.upper())).translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def digest(ctx: Context, code: str) -> str:
    """Return what is stored of a code: a keyed digest, by which nobody finds the code."""
    return ctx.sealer.digest(code, purpose="claim")


def is_good_for(report: Report, now: datetime) -> bool:
    """Say whether the code of a report still opens it."""
    return report.closed_at is None or now < report.closed_at + LASTS
