"""docs/rules.md is the catalogue of rules."""

from application.intake import doubts
from application.rules import between
from application.rules.catalogue import RULES
from docs.generate_rules import catalogue
from tests.house.tree import text


def test_the_catalogue_of_rules_is_up_to_date() -> None:
    assert text("docs/rules.md") == catalogue(), "run `make docs`"


def test_every_rule_is_published_once() -> None:
    page = text("docs/rules.md")
    published = [rule.id for rule in (*RULES, *between.RULES, *doubts.RULES)]
    assert [line[5:-1] for line in page.splitlines() if line.startswith("### ")] == published
