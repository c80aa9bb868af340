"""The official forms by the names that clients ask for."""

from collections.abc import Callable, Mapping

from application.reports.financing import financing
from application.reports.form_1 import form_1
from application.reports.form_2 import form_2
from application.reports.form_3 import form_3
from application.reports.money_roadmap import money_roadmap
from application.reports.passport import passport
from application.reports.procedures import procedures
from application.reports.targets import targets
from domain.state import State
from domain.values import Value

FORMS: Mapping[str, Callable[[State, int], Value]] = {
    "1": form_1,
    "2": form_2,
    "3": form_3,
    "passport": lambda state, _: passport(state),
    "financing": lambda state, _: financing(state),
    "targets": lambda state, _: targets(state),
    "money-roadmap": money_roadmap,
    "procedures": procedures,
}
"""A form's name → what answers it: the state at a viewpoint and a year give the form as data.

Passport, financing and targets are of all years of the program, whichever is asked about.
"""
