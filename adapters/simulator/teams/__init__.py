"""Microsoft Teams on this machine: a token issuer, a Bot Connector with a memory, and its people.

Like the rest of the simulator it meets the bot over HTTP only.
"""
