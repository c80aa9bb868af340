"""Forms as Word documents."""

import io
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from adapters.documents.archive import packed
from adapters.documents.docx_table import element, table_of
from adapters.documents.layout import Page, captions_numbered, clean, page
from adapters.documents.mark import mark_of
from adapters.documents.zipped import same_bytes
from application.reports.printed import PrintedForm

_PARTS = files("adapters.documents") / "word"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_SET_OF_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_MOST_OF_TITLE = 255


def write_docx(form: PrintedForm) -> bytes:
    """The form as .docx: titles, tables with repeated headers, notes; in the footer of every page what
    the form is about and the page's number, in the header that it is invented if it is.
    """
    document = docx.Document(io.BytesIO(packed(dict(_parts(_PARTS)))))
    page_ = page(form)
    document.core_properties.title = clean(" ".join(form.title))[:_MOST_OF_TITLE]
    document.styles["Cell"].font.size = Pt(page_.size)
    _set_up(document.sections[0], form, page_)
    _fill(document, form, page_)
    _stamp(document, mark_of(form))
    written = io.BytesIO()
    document.save(written)
    return same_bytes(written.getvalue())


def _parts(folder: Traversable, within: str = "") -> Mapping[str, bytes]:
    """The empty document as parts: name → content."""
    found: dict[str, bytes] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found |= _parts(entry, f"{within}{entry.name}/")
        else:
            found[within + entry.name] = entry.read_bytes()
    return found


def _set_up(section: Section, form: PrintedForm, page_: Page) -> None:
    """The page, its header and its footer."""
    if page_.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    if form.invented:
        banner = section.header.paragraphs[0]
        banner.style = "Header"
        _write(banner, form.invented)
    footer = section.footer.paragraphs[0]
    footer.style = "Footer"
    for line in form.about:
        _write(footer, line)
        footer = section.footer.add_paragraph(style="Footer")
    footer.paragraph_format.tab_stops.add_tab_stop(Mm(page_.width), WD_TAB_ALIGNMENT.RIGHT)
    _write(footer, "\tстр.\u00a0")
    _field(footer, "PAGE")
    _write(footer, " из\u00a0")
    _field(footer, "NUMPAGES")


def _fill(document: Document, form: PrintedForm, page_: Page) -> None:
    for line in form.title:
        _write(document.add_paragraph(style="Title"), line)
    numbered = captions_numbered(form)
    for table, widths in zip(form.tables, page_.widths, strict=True):
        if table.caption:
            caption = document.add_paragraph(style="Caption")
            _write(caption, table.caption)
            if numbered:
                _number(caption)
        else:
            document.add_paragraph(style="Gap")
        document.element.body.insert_element_before(table_of(table, widths, page_), "w:sectPr")
    document.add_paragraph(style="Gap")
    for note in form.notes:
        _write(document.add_paragraph(style="Note"), note)


def _write(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(clean(text))


def _number(caption: Paragraph) -> None:
    """By the document's list, not by text, so that the caption reads back as it is."""
    listed = element("numPr", element("ilvl", val="0"), element("numId", val="1"))
    caption._p.get_or_add_pPr().append(listed)  # noqa: SLF001 (the library knows no lists but styles)


def _field(paragraph: Paragraph, instruction: str) -> None:
    shown = element("r", element("t", text="1"))
    paragraph._p.append(element("fldSimple", shown, instr=instruction))  # noqa: SLF001 (it knows no fields)


def _stamp(document: Document, mark: Mapping[str, str]) -> None:
    root = etree.fromstring(f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"/>')
    for number, (name, value) in enumerate(mark.items(), 2):
        named = etree.SubElement(
            root, f"{{{_PROPERTIES}}}property", fmtid=_SET_OF_PROPERTIES, pid=str(number), name=name
        )
        etree.SubElement(named, f"{{{_TYPES}}}lpwstr").text = clean(value)
    package = document.part.package
    part = Part(
        PackURI("/docProps/custom.xml"),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True),
        package,
    )
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
