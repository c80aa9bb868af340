"""docs/rules.md is the catalogue of rules."""

from collections.abc import Iterable

from application.intake import doubts
from application.rules import between
from application.rules.between import RuleBetween
from application.rules.catalogue import RULES
from application.rules.rule import Rule
from docs.generate_rules import catalogue
from tests.house.tree import text


def test_the_catalogue_of_rules_is_up_to_date() -> None:
    assert text("docs/rules.md") == catalogue(), "run `make docs`"


def test_every_rule_is_published_once() -> None:
    page = text("docs/rules.md")
    families: list[Iterable[Rule | RuleBetween]] = [RULES, between.RULES, doubts.RULES]
    published = [rule.id for rules in families for rule in rules]
    assert [line[5:-1] for line in page.splitlines() if line.startswith("### ")] == published
