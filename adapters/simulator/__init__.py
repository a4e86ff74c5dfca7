"""The vendors' side of the wire on this machine: a Slack and a Teams with a memory, and a page.

It imports nothing of ours: it meets the bot over HTTP only, as Slack and Teams do.
"""
