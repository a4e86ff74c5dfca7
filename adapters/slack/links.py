"""The addresses of messages, which Slack makes of the workspace's own address and the ids."""

import re
from urllib.parse import quote, urlencode

_HOME = re.compile(r"https://[a-z0-9-]+(\.[a-z0-9-]+)*\.slack(-gov)?\.com/")


def home(url: object) -> str | None:
    """Return a workspace's address when it is one of Slack's, else None."""
    return url if isinstance(url, str) and _HOME.fullmatch(url) else None


def permalink(home: str, channel: str, ts: str, thread: str | None) -> str:
    """Return the address of the message *ts*, which opens its thread when it answers another."""
    address = f"{home}archives/{quote(channel, safe='')}/p{quote(ts.replace('.', ''), safe='')}"
    if thread in {None, ts}:
        return address
    return f"{address}?{urlencode({'thread_ts': thread, 'cid': channel})}"
