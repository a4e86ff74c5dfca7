"""A workflow that a walk needs and the product does not."""
