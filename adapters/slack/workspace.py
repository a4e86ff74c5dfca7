"""Which workspace is ours: said by the settings, or by Slack itself."""

from __future__ import annotations

import structlog

from adapters.slack.api import SlackApi, text_in
from bot.errors import DeliveryError

log = structlog.get_logger()


class Workspace:
    """The one workspace that this bot is installed in; *team* is its id, once that is known."""

    def __init__(self, api: SlackApi, team: str | None) -> None:
        self._api = api
        self.team = team

    async def learn(self) -> bool:
        """Ask Slack which workspace our token is for, unless that is known; False without a word.

        An installation for a whole organisation has a token for no workspace in particular.
        """
        if self.team is None:
            try:
                self.team = text_in(await self._api.call("auth.test"), "team_id")
            except DeliveryError as error:
                log.warning("slack_workspace_unknown", code=error.code)
        return self.team is not None
