"""Cell keys: the address of one thing that documents speak about."""

import re
from typing import NamedTuple

_KEY = re.compile(r"[a-z-]+(:([A-Za-z0-9][A-Za-z0-9._-]{0,79}|-))+")


class Line(NamedTuple):
    """A budget line: fiscal year × element × executor × source; `-` for what a paper leaves out."""

    year: int
    element: str
    executor: str
    source: str

    @property
    def key(self) -> str:
        return f"{self.year}:{self.element}:{self.executor}:{self.source}"


def passport(field: str) -> str:
    """A field of the passport."""
    return f"passport:{field}"


def body(executor: str) -> str:
    """The dated name of a body (executor, co-executor, customer)."""
    return f"passport:body.{executor}"


def element(element_id: str, field: str) -> str:
    """A field of an element; its `kind` is its existence."""
    return f"element:{element_id}:{field}"


def indicator(indicator_id: str, field: str) -> str:
    """A field of an indicator; its `element` is its existence."""
    return f"indicator:{indicator_id}:{field}"


def baseline(indicator_id: str) -> str:
    """The baseline of an indicator."""
    return f"baseline:{indicator_id}"


def target(indicator_id: str, period: str) -> str:
    """The planned value of an indicator in a period."""
    return f"target:{indicator_id}:{period}"


def fact(indicator_id: str, period: str) -> str:
    """The actual value of an indicator in a period."""
    return f"fact:{indicator_id}:{period}"


def calculation(indicator_id: str, period: str) -> str:
    """How a fact was computed, the formula as printed."""
    return f"calculation:{indicator_id}:{period}"


def explanation(thing: str, period: str) -> str:
    """Why a fact of an indicator, or the execution of a budget line's key, deviates."""
    return f"explanation:{thing}:{period}"


def appropriation(line: Line) -> str:
    """The year's appropriation of a line, in rubles."""
    return f"appropriation:{line.key}"


def period_plan(line: Line, period: str) -> str:
    """The plan of a line for a period, in rubles."""
    return f"period-plan:{line.key}:{period}"


def cash(line: Line) -> str:
    """Postings of cash execution; they add up."""
    return f"cash:{line.key}"


def cash_report(line: Line, period: str) -> str:
    """Cumulative cash execution as a report states it; a statement, never added."""
    return f"cash-report:{line.key}:{period}"


def commitment(line: Line) -> str:
    """Postings of commitments, in rubles; they add up."""
    return f"commitment:{line.key}"


def window(procedure: str, number: int, edge: str) -> str:
    """An edge (`starts_on`, `ends_on`) of a window, counted from 1."""
    return f"window:{procedure}:{number}:{edge}"


def procedure(procedure_id: str, field: str) -> str:
    """A field of a procedure; its `title` is its existence."""
    return f"procedure:{procedure_id}:{field}"


def completion(procedure_id: str, number: int) -> str:
    """The day on which a window of a procedure was done."""
    return f"completion:{procedure_id}:{number}"


def document(document_id: str, field: str) -> str:
    """What is known of a document (an act, a report): type, issuer, date, number, summary, …"""
    return f"document:{document_id}:{field}"


def report_status(period: str) -> str:
    """Where a period's report stands."""
    return f"period:{period}:status"


def is_step(cell: str) -> bool:
    """Whether a cell tells the way of a report: its steps go by the order of recording, and no withdrawal
    of a document takes them along.
    """
    return cell.startswith("period:")


def grounds(position: int) -> str:
    """The document on whose grounds the statement at a position was put right."""
    return f"correction:{position}:grounds"


def waiver(rule: str, cell: str) -> str:
    """Why a finding is accepted."""
    return f"waiver:{rule}:{cell}"


def well_formed(cell: str) -> bool:
    """Whether a key could be that of a cell which an act can change: a kind, then identifiers."""
    return _KEY.fullmatch(cell) is not None


def parts(cell: str) -> list[str]:
    """The parts of a key, its kind first."""
    return cell.split(":")
