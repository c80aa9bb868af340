"""A file a question. Every question takes a full viewpoint."""
