"""The vendors' side of the wire on this machine: a Slack with a memory, and a page to play it.

It imports nothing of ours: it meets the bot over HTTP only, as Slack does.
"""
