"""The printed forms by the names that clients ask for."""

from collections.abc import Callable, Mapping
from functools import partial

from application.reports.printed import PrintedForm
from application.reports.printing.about import Seen
from application.reports.printing.explanatory import explanatory
from application.reports.printing.financing import financing
from application.reports.printing.form_1 import form_1
from application.reports.printing.form_2 import form_2
from application.reports.printing.form_3 import form_3
from application.reports.printing.money_roadmap import money_roadmap
from application.reports.printing.passport import passport
from application.reports.printing.procedures import procedures
from application.reports.printing.quarterly import quarterly
from application.reports.printing.targets import targets
from domain.state import State

Printed = Callable[[State, int, Seen], PrintedForm]

PRINTED: Mapping[str, Printed] = {
    "1": form_1,
    "2": form_2,
    "3": form_3,
    "passport": passport,
    "financing": financing,
    "targets": targets,
    "money-roadmap": money_roadmap,
    "procedures": procedures,
    "quarterly": quarterly,
    "explanatory": explanatory,
}
"""A form's name → what prints it: the state at a viewpoint, a year, and whose it is. The draft of an
amending decree is of two states: `amendment_draft`.
"""

BLANKS: Mapping[str, Printed] = {
    "1": partial(form_1, blank=True),
    "2": partial(form_2, blank=True),
}
"""Forms to be filled in: what is known stands in them, what is to be reported is empty."""
