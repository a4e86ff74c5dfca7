"""A bare echo on the Bot Framework SDK: the baseline for Teams. `python -m benchmarks.echo PORT`.

It believes whoever asks and stores nothing.
"""

import sys

from aiohttp import web
from botbuilder.core import (
    ActivityHandler,
    BotFrameworkAdapter,
    BotFrameworkAdapterSettings,
    TurnContext,
)
from botbuilder.schema import Activity, AdaptiveCardInvokeResponse, AdaptiveCardInvokeValue

from benchmarks.teams import KEPT, PATH

CARD = "application/vnd.microsoft.card.adaptive"


class Echo(ActivityHandler):  # type: ignore[misc]  # the SDK carries no types
    """Answers a message with one message, and a press on a card in place."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Send the words back."""
        await turn_context.send_activity(KEPT.format(text=turn_context.activity.text))

    async def on_adaptive_card_invoke(
        self, _turn_context: TurnContext, invoke_value: AdaptiveCardInvokeValue
    ) -> AdaptiveCardInvokeResponse:
        """Answer with a card that says what the button carried; the SDK's schema has no toasts."""
        text = KEPT.format(text=invoke_value.action["data"])
        body = [{"type": "TextBlock", "text": text}]
        card = {"type": "AdaptiveCard", "version": "1.5", "body": body}
        return AdaptiveCardInvokeResponse(status_code=200, type=CARD, value=card)


def application() -> web.Application:
    """Return an app that answers activities."""
    adapter = BotFrameworkAdapter(BotFrameworkAdapterSettings("", ""))
    bot = Echo()

    async def handle(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        # Without its header the SDK, which has no app id here, takes the activity as it is.
        answer = await adapter.process_activity(activity, "", bot.on_turn)
        if answer:
            return web.json_response(data=answer.body, status=answer.status)
        return web.Response(status=201)

    served = web.Application()
    served.router.add_post(PATH, handle)
    return served


if __name__ == "__main__":
    web.run_app(
        application(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        print=lambda *_: None,
        access_log=None,
    )
