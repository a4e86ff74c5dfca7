"""A bare bolt app: the baseline for Slack. `python -m benchmarks.bare PORT [--default]`."""

import sys

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.slack import SIGNING_SECRET


async def _authorize(**_: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-bench", bot_id="B1")


def application(*, default_settings: bool) -> web.Application:
    """Return an app that answers `/term` and takes two forms.

    With *default_settings* it polls for the acknowledgement.
    """
    app = AsyncApp(
        signing_secret=SIGNING_SECRET,
        authorize=_authorize,
        client=AsyncWebClient(token="xoxb-bench", base_url="http://127.0.0.1:9/api/"),
        process_before_response=not default_settings,
    )

    @app.command("/term")
    async def term(ack, command) -> None:  # type: ignore[no-untyped-def]  # bolt injects by name
        await ack(f"You asked for {command['text']}.")

    @app.view("feedback.give")
    @app.view("votes.answer")
    async def sent(ack) -> None:  # type: ignore[no-untyped-def]  # bolt injects by name
        await ack()

    async def handle(request: web.Request) -> web.Response:
        bolt_request = await to_bolt_request(request)
        return await to_aiohttp_response(await app.async_dispatch(bolt_request))

    served = web.Application()
    served.router.add_post("/slack/events", handle)
    return served


if __name__ == "__main__":
    web.run_app(
        application(default_settings="--default" in sys.argv),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        print=lambda *_: None,
        access_log=None,
    )
