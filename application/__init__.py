"""What may be done and asked: commands, queries, official forms. No web and no SQL here."""
