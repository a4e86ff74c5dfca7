"""Slack's Web API as this adapter uses it: one session, no silent repeats, errors by meaning."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from bot.errors import DeliveryError
from bot.fetching import collected

Json = dict[str, Any]

SLACK_API = "https://slack.com/api/"
FILES = "files.slack.com"
SLACK_HOSTS = frozenset({"hooks.slack.com", FILES})
MOST_SECONDS = 5.0
#: A file of 25 MiB takes longer than a call.
FILE_SECONDS = 20.0
#: Slack says how long to wait; where the header is missing or unreadable this is long enough.
WAIT_SECONDS = 30.0

#: Repeating helps with none of these; somebody has to change something first.
TERMINAL = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "cannot_reply_to_message",
        "cant_invite",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "exchanged_trigger_id",
        "expired_trigger_id",
        "file_deleted",
        "file_not_found",
        "file_type_not_allowed",
        "file_upload_size_restricted",
        "file_uploads_disabled",
        "file_uploads_except_images_disabled",
        "invalid_arguments",
        "invalid_auth",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_trigger",
        "invalid_trigger_id",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "method_not_supported_for_channel_type",
        "missing_scope",
        "msg_blocks_too_long",
        "msg_too_long",
        "name_taken",
        "no_permission",
        "no_text",
        "not_allowed_token_type",
        "not_authed",
        "not_found",
        "not_in_channel",
        "push_limit_reached",
        "thread_not_found",
        "token_expired",
        "token_revoked",
        "trigger_exchanged",
        "trigger_expired",
        "ura_max_channels",
        "user_disabled",
        "user_is_restricted",
        "user_is_ultra_restricted",
        "user_not_found",
        "user_not_in_channel",
        "user_not_visible",
        "view_not_found",
        "view_too_large",
    }
)
#: Where a person was to be told something: they cannot be told anything.
OUT_OF_REACH = frozenset(
    {"cannot_dm_bot", "channel_not_found", "user_disabled", "user_not_found", "user_not_visible"}
)
#: Slack failed half-way: what was asked for may have happened.
UNCERTAIN = frozenset({"fatal_error", "internal_error", "request_timeout"})


class SlackApi:
    """Calls to one workspace. The bot token goes to *base* and nowhere else."""

    def __init__(self, base: str, token: str) -> None:
        self.base = URL(base if base.endswith("/") else f"{base}/")
        self._token = token
        self.session = ClientSession(timeout=ClientTimeout(total=MOST_SECONDS))

    async def close(self) -> None:
        """Close all connections."""
        await self.session.close()

    async def call(self, method: str, **arguments: object) -> Json:
        """Call a method and return Slack's answer; arguments that are None are left out.

        Raises:
            DeliveryError: Slack refused, is not reachable, or its answer was lost.
        """
        answer, _ = await self.ask(method, **arguments)
        return answer

    async def ask(self, method: str, **arguments: object) -> tuple[Json, Mapping[str, str]]:
        """Do as `call` does, and return the answer's headers as well."""
        body = {name: _field(value) for name, value in arguments.items() if value is not None}
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            # A redirect could carry the token elsewhere; the API never sends one.
            async with self.session.post(
                self.base / method, data=body, headers=headers, allow_redirects=False
            ) as response:
                return await _result(response), response.headers
        except ClientConnectorError as error:
            raise DeliveryError("unreachable") from error
        except (ClientError, TimeoutError) as error:
            raise DeliveryError("no_answer", unknown=True) from error

    async def send(self, address: str, *, body: bytes, content_type: str) -> None:
        """Post *body* to an address that Slack handed out: a `response_url`, an upload.

        Raises:
            DeliveryError: the address is not Slack's, or what is there did not take it.
        """
        url = self._handed_out(address)
        headers = {"Content-Type": content_type}
        try:
            async with self.session.post(
                url, data=body, headers=headers, allow_redirects=False
            ) as response:
                if response.status != HTTPStatus.OK:
                    raise DeliveryError(f"status_{response.status}")
        except (ClientError, TimeoutError) as error:
            raise DeliveryError("no_answer", unknown=True) from error

    async def load(self, address: str, *, most: int) -> bytes:
        """Return the content of a file, of at most so many bytes; it is shown to our token alone.

        Raises:
            DeliveryError: the address is none of Slack's files, or the file is not for us.
        """
        url = self._handed_out(address, hosts={FILES})
        headers = {"Authorization": f"Bearer {self._token}", "Accept-Encoding": "identity"}
        limit = ClientTimeout(total=FILE_SECONDS)
        try:
            async with self.session.get(
                url, headers=headers, allow_redirects=False, timeout=limit
            ) as response:
                _check_file(response)
                return await collected(response.content.iter_any(), most=most)
        except (ClientError, TimeoutError) as error:
            raise DeliveryError("no_answer") from error

    def _handed_out(self, address: str, *, hosts: Collection[str] = SLACK_HOSTS) -> URL:
        try:
            url = URL(address)
            is_slack = url.scheme == "https" and url.host in hosts and url.is_default_port()
            is_simulator = str(self.base) != SLACK_API and url.origin() == self.base.origin()
        except ValueError:
            raise DeliveryError("address_refused", permanent=True) from None
        if not is_slack and not is_simulator:
            raise DeliveryError("address_refused", permanent=True)
        return url


def _check_file(response: ClientResponse) -> None:
    """Make sure that it is the file, and not a page on which somebody signs in.

    Raises:
        DeliveryError: it is not; for good unless Slack says or means that it may be later.
    """
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise DeliveryError("ratelimited", retry_after=_seconds(response.headers))
    if response.status != HTTPStatus.OK:
        is_final = response.status < HTTPStatus.INTERNAL_SERVER_ERROR
        raise DeliveryError(f"status_{response.status}", permanent=is_final)


def text_in(value: object, name: str) -> str:
    """Return a text that every good answer has.

    Raises:
        DeliveryError: this one does not; what was asked for may have happened.
    """
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, str):
        raise DeliveryError("garbage", unknown=True)
    return found


def next_cursor(page: Json) -> str:
    """Return what to ask for the page after this one with, empty when it is the last."""
    return (page.get("response_metadata") or {}).get("next_cursor") or ""


def _field(value: object) -> str:
    """Return *value* as a form field: every method of the Web API takes forms."""
    if isinstance(value, str):
        return value
    return json.dumps(value, separators=(",", ":"))


async def _result(response: ClientResponse) -> Json:
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise DeliveryError("ratelimited", retry_after=_seconds(response.headers))
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise DeliveryError(f"status_{response.status}", unknown=True)
    try:
        result = json.loads(await response.read())
    except ValueError as error:
        raise DeliveryError("garbage", unknown=True) from error
    if not isinstance(result, dict):
        raise DeliveryError("garbage", unknown=True)
    if result.get("ok") is not True:
        raise _refusal(str(result.get("error", "garbage"))[:80], response.headers)
    return result


def _refusal(code: str, headers: Mapping[str, str]) -> DeliveryError:
    if code == "ratelimited":
        return DeliveryError(code, retry_after=_seconds(headers))
    permanent = code in TERMINAL or code.startswith("restricted_action")
    return DeliveryError(
        code,
        permanent=permanent,
        unknown=code in UNCERTAIN | {"garbage"},
        out_of_reach=code in OUT_OF_REACH,
    )


def _seconds(headers: Mapping[str, str]) -> float:
    waited = headers.get("Retry-After", "")
    return float(waited) if waited.isascii() and waited.isdigit() else WAIT_SECONDS
