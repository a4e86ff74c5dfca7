"""Text from people that may hold traps, written so that no platform makes a link of it."""

import re

_WEB = re.compile(r"http(?=s?://)", re.IGNORECASE)
#: Behind any other scheme, such as ftp.
_SCHEME_END = re.compile(r"(?<!hxxp)(?<!hxxps)://", re.IGNORECASE)
_CALLING = re.compile(r"\b(mailto|tel|sms|callto|javascript|data):(?=\S)", re.IGNORECASE)
#: Dots that part the labels of a host; the other three count as dots in international names.
_DOT = "[.\u3002\uff0e\uff61]"
_HOST_DOT = re.compile(rf"(?<=\w){_DOT}(?=[\w-]{{2}})(?!(?<=\d.)\d)")
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)")


def defang(text: str) -> str:
    """Return *text* with its addresses as people in security write them: hxxps://a[.]example.

    Doing so twice changes nothing more, and plain words and figures stay as they are.
    """
    shown = _WEB.sub(_unlinked, text)
    shown = _CALLING.sub(r"\1[:]", _SCHEME_END.sub("[:]//", shown))
    shown = _IPV4.sub(lambda found: found.group().replace(".", "[.]"), shown)
    return _HOST_DOT.sub("[.]", shown)


def _unlinked(found: re.Match[str]) -> str:
    return "HXXP" if found.group().isupper() else "hxxp"
