"""A file an official form: its columns and rules as data, no layout."""
