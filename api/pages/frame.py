"""What all pages share: the frame around them, how figures and dates are printed, what they refuse."""

import re
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates
from pydantic import ConfigDict, ValidationError

from api import audited
from api.problems import RETRY_AFTER_S, TITLES, status_of
from api.words import ABSENCES, ROLES, SEVERITIES, STATUSES, VERDICTS
from application.access import Caller
from application.intake import doubts
from application.ports import Session
from application.queries.viewpoint import DEFAULT_ZONE, AskedViewpoint
from application.reports.figure import Figure
from application.reports.printing.words import period_in_words
from application.rules.catalogue import RULES
from domain import cells
from domain.findings import Finding
from domain.refusals import NotADate, Refusal
from domain.values import Value

FOLDER = Path(__file__).parent
_templates = Jinja2Templates(FOLDER / "templates")
_RULES = {rule.id: rule.title for rule in (*RULES, *doubts.RULES)}
_FIGURES = {
    *("target", "baseline", "fact", "appropriation", "period-plan", "cash", "cash-report"),
    *("commitment", "control"),
}
"""Kinds of cells that hold figures; the others hold texts, years, codes and days."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONEY = {"appropriation", "period-plan", "cash", "cash-report", "commitment"}
_HEADINGS = {400: "Ответа нет", 401: "Нужно войти", 409: "Ответа нет", 422: "Ответа нет"}
_NO_ANSWER = ("Ответа нет",)
_PRINTED_MONEY = {"plan-year", "plan-period", "cash", "financing", "passport"}


class PageAsked(Value):
    """What the page's form sends: dates may be empty; an unknown parameter is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: str = ""
    dated_by: str = ""
    edition: str = ""
    known_on: str = ""
    at_position: str = ""
    year: str = ""

    @property
    def viewpoint(self) -> AskedViewpoint:
        """The viewpoint asked for. Refuses: NotADate."""
        given = {
            name: value
            for name in AskedViewpoint.model_fields
            if (value := getattr(self, name, "")) != ""
        }
        try:
            return AskedViewpoint.model_validate(given)
        except ValidationError as error:
            wrong = str(error.errors()[0]["input"])
            raise NotADate(value=wrong[:40]) from None


def number(figure: Figure | None, *, thousands: bool = False) -> str:
    """A figure as Russian papers print it: decimal comma, no-break thousands, true minus."""
    if figure is None or figure.value is None:
        return "—"
    value = Decimal(figure.value) / 1000 if thousands else Decimal(figure.value)
    text = f"{value:,.2f}" if thousands else f"{value:,f}"
    return text.replace(",", "\u00a0").replace(".", ",").replace("-", "\u2212")


def quantity(figure: Figure) -> str:
    """A decimal as printed in Russian, any other text as it is."""
    try:
        return number(figure)
    except ArithmeticError:
        return figure.value or "—"


def said_of(figure: Figure, cell: str) -> str:
    """What a cell holds, in full: a figure as papers print it, a text as it is, an absence with why."""
    if figure.value is None:
        why = ABSENCES.get(str(figure.absent), "")
        return f"— {why}{f': {figure.reason}' if figure.reason else ''}"
    return quantity(figure) if cells.parts(cell)[0] in _FIGURES else _dated(figure.value)


def computed_of(finding: Finding) -> str:
    """What a finding says that it should be, as papers print it; money is in rubles."""
    text = _dated(quantity(Figure(value=finding.computed))) if finding.computed else ""
    kind, *rest = cells.parts(finding.cell)
    is_money = kind in _MONEY or (kind == "control" and rest[0] in _PRINTED_MONEY)
    return f"{text} руб." if is_money and text[:1].isdigit() else text


def _dated(text: str) -> str:
    return day(text) if _DAY.fullmatch(text) else text


def status(text: str) -> str:
    """`annulled:2025-06-02-140` in words."""
    word, _, act = text.partition(":")
    return f"{STATUSES.get(word, word)} {act}".strip()


def instant(at: datetime) -> str:
    """An instant in Moscow, to the minute."""
    return f"{at.astimezone(DEFAULT_ZONE):%d.%m.%Y %H:%M}"


def day(text: str | None) -> str:
    """2021-03-24 as 24.03.2021."""
    return ".".join(reversed(str(text).split("-"))) if text else ""


_templates.env.filters |= {
    "number": number,
    "quantity": quantity,
    "said_of": said_of,
    "computed_of": computed_of,
    "day": day,
    "instant": instant,
    "period": period_in_words,
    "cell": lambda key: quote(key, safe=""),
    "absence": lambda figure: ABSENCES.get(str(figure.absent), ""),
    "rule": lambda name: _RULES.get(name, name),
    "severity": lambda name: SEVERITIES.get(name, name),
    "status": status,
    "verdict": lambda name: VERDICTS.get(name, name),
}
_templates.env.trim_blocks = _templates.env.lstrip_blocks = True


def page(request: Request, name: str, /, **values: Any) -> Response:
    """A page that runs no script and loads nothing from elsewhere. It tells who is signed in; what is
    shown to them stays in no cache.
    """
    session: Session | None = getattr(request.state, "session", None)
    shown = _signed_in(request, session) | values
    response = _templates.TemplateResponse(request, f"{name}.html", shown)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Cache-Control"] = "private, no-store" if session else "private, no-cache"
    response.headers["Vary"] = "Cookie"
    return response


def _signed_in(request: Request, session: Session | None) -> dict[str, Any]:
    """What the frame says of who is signed in, and what it takes to sign in or out."""
    caller: Caller | None = getattr(request.state, "caller", None)
    held = {right.role for right in caller.rights} if caller else set()
    return {
        "person": (session.name or session.actor.subject) if session else "",
        "roles": [word for role, word in ROLES.items() if role in held],
        "csrf": session.csrf if session else "",
        "lets_sign_in": request.app.state.letopis.lets_sign_in,
        "sign_in": f"/login?{urlencode({'next': _again(request)})}",
    }


def _again(request: Request) -> str:
    """The address of a page to come back to."""
    if request.method != "GET" or request.url.path.startswith("/log"):
        return "/"
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def told(request: Request, status: int, notice: str, *, program: str = "") -> Response:
    """The page of a problem, with its status."""
    values = {
        "status": status,
        "heading": _HEADINGS.get(status) or TITLES.get(status, _NO_ANSWER)[0],
    }
    response = page(request, "refused", notice=notice, program=program, **values)
    response.status_code = status
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = RETRY_AFTER_S
    return response


def refused(request: Request, refusal: Refusal, program: str = "") -> Response:
    """The page of a refusal, with its status."""
    audited.told(request, refusal.name)
    return told(request, status_of(refusal, request), str(refusal), program=program)
