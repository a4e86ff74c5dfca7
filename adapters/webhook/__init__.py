"""The way out to any program that takes Standard Webhooks."""
