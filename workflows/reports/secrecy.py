"""What looks like a password or a key, so that it is shown to nobody by accident."""

import re

HIDDEN = "[hidden]"

_PASSWORDS = r"\b(?:pass(?:word|code|phrase)?|passwd|pwd|pin)\b"
_KEYS_NAMES = r"\b(?:secret|token|api[ _-]?key)\b"
_NAMES = f"(?:{_PASSWORDS}|{_KEYS_NAMES})"
#: A page that asks for a password is no password; an address can be a key all the same.
_NO_PAGE = r"(?!https?://)"
#: After these words stands what nobody else should read; after “is” only what is no plain word.
_NAMED = (
    rf"(?P<name>{_PASSWORDS}\s*[:=]\s*{_NO_PAGE}|{_KEYS_NAMES}\s*[:=]\s*)\S{{4,}}",
    rf"(?P<told>{_NAMES}\s+(?:is|was)\s+{_NO_PAGE})(?=\S*(?:\d|[^\w\s]\w))\S{{4,}}",
)
#: Keys as their makers write them: of clouds, forges, messengers and web tokens.
_KEYS = (
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[A-Za-z0-9]{20,}",
    r"\bgithub_pat_[A-Za-z0-9_]{20,}",
    r"\bxox[abeprs]-[A-Za-z0-9-]{10,}",
    r"\bAIza[0-9A-Za-z_-]{30,}",
    r"\b[sr]k[-_][A-Za-z0-9_-]{16,}",
    r"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+",
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
)
_SECRET = re.compile("|".join((*_NAMED, *_KEYS)), re.DOTALL | re.IGNORECASE)


def has_secret(text: str) -> bool:
    """Say whether somebody seems to have written a password or a key."""
    return _SECRET.search(text) is not None


def hidden(text: str) -> str:
    """Return *text* with each of them hidden, and the words before it left as they are."""
    return _SECRET.sub(lambda found: f"{found['name'] or found['told'] or ''}{HIDDEN}", text)
