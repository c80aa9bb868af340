"""Forms into files: one door for all formats."""

from collections.abc import Callable, Mapping

from adapters.documents.docx_writer import write_docx
from adapters.documents.html_writer import write_html
from adapters.documents.pdf_writer import write_pdf
from adapters.documents.workbook_writer import write_workbook
from application.reports.printed import PrintedForm

MEDIA_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}
"""The formats that forms are written in, and how the web calls them."""

_WRITERS: Mapping[str, Callable[[PrintedForm], bytes]] = {
    "docx": write_docx,
    "xlsx": write_workbook,
    "pdf": write_pdf,
    "html": write_html,
}


def write(form: PrintedForm, file_format: str) -> bytes:
    """The form as a file of one of `MEDIA_TYPES`; the same form is the same bytes at any time on any
    machine. Whatever a text of the form holds, it stays text: no markup, formula, link or script.
    """
    return _WRITERS[file_format](form)
