"""How a test asks for a refusal of Slack's."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> str:
    """Return the code with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=arguments)
    return str(refused.value.response["error"])
