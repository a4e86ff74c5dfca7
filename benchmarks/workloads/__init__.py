"""A workflow of the smallest durable kind, for measuring what durability costs."""
