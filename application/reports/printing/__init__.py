"""Official forms as they are printed: a file a form, over the same forms as data."""
