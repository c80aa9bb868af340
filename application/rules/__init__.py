"""Rules: what must add up, a file a family of them."""
