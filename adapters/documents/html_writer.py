"""Forms as pages that stand alone: no script, no style, font or picture from elsewhere."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from adapters.documents.layout import captions_numbered, clean, header, page, side
from adapters.documents.mark import mark_of
from application.reports.printed import PrintedForm


def write_html(form: PrintedForm) -> bytes:
    """The form as .html: captions, scopes and headers for readers who listen, a style for printing."""
    return _template().render(form=form, page=page(form), mark=mark_of(form)).encode()


@cache
def _template() -> Template:
    templates = Environment(
        loader=PackageLoader("adapters.documents", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda given: clean(given) if isinstance(given, str) else given,
    )
    templates.globals |= {"header": header, "side": side, "captions_numbered": captions_numbered}
    return templates.get_template("form.html")
