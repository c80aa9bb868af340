"""Writes docs/rules.md, the catalogue of rules, from the code: `make docs`."""

from collections.abc import Iterable
from pathlib import Path

from application.intake import doubts
from application.rules import between
from application.rules.between import RuleBetween
from application.rules.catalogue import FAMILIES
from application.rules.rule import Rule

CATALOGUE = Path(__file__).with_name("rules.md")

HEAD = """\
# Rules

What Letopis holds against each other, and where it says that something does not add up. This page is
generated from the code by `make docs`; a test holds it up to date. A finding never blocks and repairs
nothing: the printed text stays, the finding stands beside it, and a person may accept it with a reason
(`waive_finding`).

* A finding is asked for at a viewpoint, like everything else: before a paper is known there is none on it.
  There is one for each cell and rule, with what is printed, what is computed (money in rubles) and the
  positions of the events.
* A printed figure is compared at the digits that it has, half up. It is judged by what stood when its paper
  was dated, and before that by what the paper says itself: a later decree makes no old report wrong, an
  earlier one that came in late does.
* A finding on a whole form has the form for its cell: `form-2:2021`, `financing`, `passport`. The header of
  a column that could be read in two ways is a control figure, `control:header:form-1:ratio:2021`.
* A waiver covers what was known when it was given: a finding that rests on a later event, or on an older
  one that a later act brought back, is a new one.
* The rules of the last family are asked while a paper is taken in, and of nothing else: they can not be
  waived, and are not asked for at a viewpoint.
"""


def catalogue() -> str:
    """The whole page."""
    families: list[tuple[str, Iterable[Rule | RuleBetween]]] = [
        *FAMILIES.items(),
        ("Между программами", between.RULES),
        ("При приёме бумаги", doubts.RULES),
    ]
    return HEAD + "".join(_family(title, rules) for title, rules in families)


def _family(title: str, rules: Iterable[Rule | RuleBetween]) -> str:
    return f"\n## {title}\n" + "".join(
        f"\n### `{rule.id}`\n\n"
        f"**{rule.title}** ({severity(rule)})\n\n"
        f"* compares: {rule.compares}\n"
        f"* source: {rule.source}\n"
        f"* example: {rule.example}\n"
        for rule in rules
    )


def severity(rule: Rule | RuleBetween) -> str:
    """Between programs there are warnings only: no paper is wrong by another one."""
    return rule.severity if isinstance(rule, Rule) else "warning"


if __name__ == "__main__":
    CATALOGUE.write_text(catalogue(), encoding="utf-8")
