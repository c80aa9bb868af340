"""Pages for people: HTML on the same questions as the JSON."""
