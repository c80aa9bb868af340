"""A file a command: its shape, what it reads, what it decides."""
