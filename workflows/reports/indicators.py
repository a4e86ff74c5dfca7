"""By what the same attack is recognised: addresses, numbers, hashes, subject lines in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

#: What one text is looked at for at most: nobody hides one thing behind a thousand others.
MOST = 100


class Trace(StrEnum):
    """What kind of thing it is."""

    URL = "url"
    DOMAIN = "domain"
    IPV4 = "ipv4"
    IPV6 = "ipv6"
    EMAIL = "email"
    MD5 = "md5"
    SHA1 = "sha1"
    SHA256 = "sha256"
    PHONE = "phone"
    SUBJECT = "subject"  #: how a message begins; it counts together with the category alone


@dataclass(frozen=True, slots=True)
class Found:
    """One thing in a text, written in the one way in which all are compared."""

    trace: Trace
    value: str


#: How people in security write addresses so that nothing links them, and what was meant.
_REFANGED = (
    (re.compile(r"hxxp", re.IGNORECASE), "http"),
    (re.compile(r"\[(?:\.|dot)\]|\((?:\.|dot)\)|[\u3002\uff0e\uff61]", re.IGNORECASE), "."),
    (re.compile(r"\[:\]"), ":"),
    (re.compile(r"\[(?:@|at)\]|\((?:@|at)\)", re.IGNORECASE), "@"),
)
_URL = re.compile(r"\b(?:https?|ftp)://[^\s<>\"'|{}\\^`]{1,2000}", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = rf"(?:{_LABEL}\.){{1,8}}(?:xn--[a-z0-9-]{{1,59}}|[^\W\d_]{{2,63}})"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@({_HOST})\b", re.IGNORECASE)
_DOMAIN = re.compile(rf"(?<![\w.@/-]){_HOST}(?![\w@-])", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\w)")
_IPV6 = re.compile(r"(?<![\w:.])[0-9a-f:]{2,39}(?::[0-9a-f.]{1,15})(?![\w:])", re.IGNORECASE)
_HASH = re.compile(r"(?<!\w)(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?!\w)", re.IGNORECASE)
_HASHES = {32: Trace.MD5, 40: Trace.SHA1, 64: Trace.SHA256}
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)[1-9][\d ()/.-]{5,20}\d(?!\w)")
_SUBJECT = re.compile(r"^\s*subject\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_ANSWERED = re.compile(r"^(?:\s*(?:re|fw|fwd|aw|wg)\s*:)+", re.IGNORECASE)
#: Names of files look like hosts.
_FILE_NAME = re.compile(
    r"\.(?:csv|docx?|eml|exe|gif|html?|ics|ini|iso|jar|jpe?g|js|json|lnk|log|md|msi|pdf|png|pptx?"
    r"|ps1?|py|rar|rtf|svg|txt|vbs|xls[mx]?|xml)$",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}'\""


def indicators(text: str, *, harmless: Collection[str] = ()) -> list[Found]:
    """Return what is in *text*, each thing once, but for what leads to a *harmless* domain."""
    plain = refanged(text)
    found = dict.fromkeys(one for one in _all(plain) if not _is_harmless(one, harmless))
    return list(found)[:MOST]


def subject(text: str) -> Found | None:
    """Return the subject line that a forwarded message names, without what answering adds."""
    named = _SUBJECT.search(text)
    if named is None:
        return None
    bare = " ".join(_ANSWERED.sub("", named[1]).casefold().split())
    return Found(Trace.SUBJECT, bare[:200]) if bare else None


def refanged(text: str) -> str:
    """Return *text* with its addresses as they were before somebody made them harmless."""
    for written, meant in _REFANGED:
        text = written.sub(meant, text)
    return text


def is_domain(value: str) -> bool:
    """Say whether *value* is the name of a host and nothing more."""
    return re.fullmatch(_HOST, value, re.IGNORECASE) is not None


def is_hash(value: str) -> bool:
    """Say whether *value* is a sha256."""
    return re.fullmatch("[0-9a-f]{64}", value) is not None


def _all(text: str) -> Iterator[Found]:
    for url in _URL.findall(text):
        yield from _of_url(url.rstrip(_TRAILING))
    for mail in _EMAIL.finditer(text):
        yield Found(Trace.EMAIL, mail[0].casefold())
        yield Found(Trace.DOMAIN, mail[1].casefold())
    rest = _URL.sub(" ", text)
    for domain in _DOMAIN.findall(rest):
        if not _FILE_NAME.search(domain):
            yield Found(Trace.DOMAIN, domain.casefold())
    for address in (*_IPV4.findall(rest), *_IPV6.findall(rest)):
        yield from _of_address(address)
    for digits in _HASH.findall(text):
        yield Found(_HASHES[len(digits)], digits.casefold())
    for number in _PHONE.findall(rest):
        yield Found(Trace.PHONE, "+" + re.sub(r"\D", "", number).removeprefix("00"))


def _of_url(url: str) -> Iterator[Found]:
    """Yield a web address without its query, which differs from victim to victim, and its host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").casefold()
    except ValueError:
        return
    if not host:
        return
    shown = f"[{host}]" if ":" in host else host
    yield Found(Trace.URL, f"{parts.scheme.casefold()}://{shown}{parts.path or '/'}")
    if is_domain(host):
        yield Found(Trace.DOMAIN, host)
    else:
        yield from _of_address(host)


def _of_address(text: str) -> Iterator[Found]:
    try:
        address = ip_address(text)
    except ValueError:
        return
    yield Found(Trace.IPV4 if address.version == 4 else Trace.IPV6, str(address))  # noqa: PLR2004  # IP's versions


def _is_harmless(found: Found, harmless: Collection[str]) -> bool:
    if found.value in harmless:
        return True
    match found.trace:
        case Trace.URL:
            host = urlsplit(found.value).hostname or ""
        case Trace.EMAIL:
            host = found.value.rpartition("@")[2]
        case Trace.DOMAIN:
            host = found.value
        case _:
            return False
    return any(host == own or host.endswith(f".{own}") for own in harmless)
