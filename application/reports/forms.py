"""The official forms by the names that clients ask for."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from application.reports.explanatory import explanatory
from application.reports.financing import financing
from application.reports.form_1 import form_1
from application.reports.form_2 import form_2
from application.reports.form_3 import form_3
from application.reports.money_roadmap import money_roadmap
from application.reports.passport import passport
from application.reports.procedures import procedures
from application.reports.quarterly import quarterly
from application.reports.targets import targets
from domain.state import State
from domain.values import Value


class FormAsData(Protocol):
    """The state at a viewpoint and a year give the form. `as_of` is the viewpoint's day, which the
    quarterly report chooses its quarter by: left out, it is the year's last.
    """

    def __call__(self, state: State, year: int, as_of: date | None = None) -> Value: ...


def _of_year(form: Callable[[State, int], Value]) -> FormAsData:
    def answer(state: State, year: int, as_of: date | None = None) -> Value:
        return form(state, year)

    return answer


def _of_all_years(form: Callable[[State], Value]) -> FormAsData:
    def answer(state: State, year: int, as_of: date | None = None) -> Value:
        return form(state)

    return answer


FORMS: Mapping[str, FormAsData] = {
    "1": _of_year(form_1),
    "2": _of_year(form_2),
    "3": _of_year(form_3),
    "passport": _of_all_years(passport),
    "financing": _of_all_years(financing),
    "targets": _of_all_years(targets),
    "money-roadmap": _of_year(money_roadmap),
    "procedures": _of_year(procedures),
    "quarterly": quarterly,
    "explanatory": _of_year(explanatory),
}
"""A form's name → what answers it.

Passport, financing and targets are of all years of the program, whichever is asked about.
"""
