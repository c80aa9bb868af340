"""HTTP routes: JSON under /api/v1."""
