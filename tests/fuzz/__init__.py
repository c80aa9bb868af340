"""Broken files by the thousand: no crash, no hang, no memory above the limit."""
