"""Slack: signed requests become what people do, and what Parley says becomes Block Kit."""
