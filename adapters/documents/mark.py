"""What a written form carries inside, so that it is recognized when it is handed in again."""

from collections.abc import Mapping
from datetime import UTC, datetime

from application.reports.printed import PrintedForm

AUTHOR = "Letopis"
WRITTEN_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""The instant that files give as that of their writing: always the same one, for they are bytes of a
viewpoint and not of a day.
"""


def mark_of(form: PrintedForm) -> Mapping[str, str]:
    """The custom properties of a document, name → text."""
    return {
        "letopis.program": form.program,
        "letopis.form": form.form,
        "letopis.year": str(form.year),
        "letopis.position": str(form.position),
    }
