"""Writes docs/events.md, the catalogue of events, from the code: `make docs`."""

import inspect
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from domain.event import Event
from domain.periods import PeriodText
from domain.topics import EVENTS
from domain.values import Absent, Identifier, Stated, Text

CATALOGUE = Path(__file__).with_name("events.md")

AGGREGATES = {
    "program": ("Program", "program/{program}"),
    "indicator": ("Indicator", "indicator/{program}/{indicator}"),
    "budget": ("Budget", "budget/{program}/{year}"),
    "road_map": ("RoadMap", "road_map/{program}/{year}"),
    "access": ("Access", "access/{digest of the actor}"),
}

ALWAYS_SEEN = "`0001-01-01`: seen at every `as_of`"
DOCUMENTS_DAY = "the document's date"
LAST_DAY = "the period's last day"

# What `effective_on` is, where it is not the first day on which the document says that it holds.
EFFECTIVE_ON = {
    "program.act_recorded": f"{ALWAYS_SEEN} (requisites are facts about a document)",
    "program.document_recorded": f"of requisites {ALWAYS_SEEN}; of figures as the client says",
    "program.amendment_applied": "first day to which the act's lines apply, if they say nothing else",
    "program.act_withdrawn": "first day without the act; `0001-01-01`: from the beginning",
    "program.finding_waived": f"{ALWAYS_SEEN} (what is accepted is a paper)",
    "program.correction_grounded": f"{ALWAYS_SEEN} (grounds are facts about a correction)",
    "program.report_submitted": DOCUMENTS_DAY,
    "program.report_returned": DOCUMENTS_DAY,
    "program.report_accepted": DOCUMENTS_DAY,
    "program.period_closed": DOCUMENTS_DAY,
    "program.period_reopened": DOCUMENTS_DAY,
    "indicator.fact_reported": f"{LAST_DAY}; of a preliminary fact the report's date if earlier",
    "indicator.deviation_explained": f"{LAST_DAY}; beside a preliminary fact that fact's day",
    "budget.opened": ALWAYS_SEEN,
    "budget.commitment_made": "the day of the commitment",
    "budget.commitment_released": "the day of the release",
    "budget.cash_execution_posted": "the day of the payment; of a cumulative total " + LAST_DAY,
    "budget.cash_execution_reversed": "the day of the return; of a recording error the posting's own",
    "budget.variance_explained": LAST_DAY,
    "budget.closed": DOCUMENTS_DAY,
    "road_map.occurrence_completed": "the day on which it was done",
    "access.granted": "the first day of the right; `until_on` is its last",
    "access.revoked": "the day of its recording: a right ends at once",
    "access.key_issued": "the day of its recording; `until_on` is the key's last day",
}

# The rows that an event leaves; a test holds this against the golden samples.
SAYS = {
    "program.registered": "states `passport:…`",
    "program.passport_set": "states `passport:…`",
    "program.element_added": "states `element:…`",
    "program.element_changed": "states `element:…`",
    "program.element_removed": "states `element:…`",
    "program.act_recorded": "states `document:…`",
    "program.document_recorded": "states `document:…`, `control:…`",
    "program.amendment_applied": "restates the parts that it names, if any",
    "program.act_withdrawn": "withdraws; states `document:…` of the act that no longer counts",
    "program.statement_withdrawn": "withdraws",
    "program.finding_waived": "states `waiver:…`",
    "program.correction_grounded": "states `correction:…`",
    "program.report_submitted": "states `period:…`",
    "program.report_returned": "states `period:…`",
    "program.report_accepted": "states `period:…`",
    "program.period_closed": "states `period:…`",
    "program.period_reopened": "states `period:…`",
    "indicator.defined": "states `indicator:…`",
    "indicator.redefined": "states `indicator:…`",
    "indicator.retired": "states `indicator:…`",
    "indicator.baseline_set": "states `baseline:…`",
    "indicator.target_set": "states `target:…`",
    "indicator.fact_reported": "states `fact:…`, `calculation:…`",
    "indicator.statement_withdrawn": "withdraws",
    "indicator.deviation_explained": "states `explanation:…`",
    "budget.opened": "states `budget:…`",
    "budget.appropriation_set": "states `appropriation:…`",
    "budget.period_plan_set": "states `period-plan:…`",
    "budget.commitment_made": "posts to `commitment:…`",
    "budget.commitment_released": "posts to `commitment:…`, below zero",
    "budget.cash_execution_posted": "posts to `cash:…`; a cumulative total states `cash-report:…`",
    "budget.cash_execution_reversed": "posts to `cash:…`, below zero",
    "budget.statement_withdrawn": "withdraws",
    "budget.variance_explained": "states `explanation:…`",
    "budget.closed": "states `budget:…`",
    "road_map.approved": "states `road-map:…`",
    "road_map.procedure_scheduled": "states `procedure:…`, `window:…`",
    "road_map.procedure_changed": "states `procedure:…`, `window:…`",
    "road_map.procedure_removed": "states `procedure:…`",
    "road_map.occurrence_completed": "states `completion:…`",
    "road_map.responsible_assigned": "states `procedure:…`",
    "road_map.statement_withdrawn": "withdraws",
    "access.granted": "no cells; a row of rights",
    "access.revoked": "no cells; a row that ends a right or a key",
    "access.key_issued": "no cells; a row of keys",
}
WITHDRAWN_STATEMENT = "that of the statement it takes back; it withdraws from always"

MEANINGS = {
    "actor": "who holds it: an issuer and a subject, never a name",
    "as_of": "the viewpoint that is fixed: the period's last day",
    "at_position": "the position up to which it is known; none: it came on paper alone",
    "act": "id of the act that no longer counts",
    "amount": "rubles with two digits, above zero",
    "as_printed": "why a value was recorded although its own calculation contradicts it",
    "calculation": "how the fact was computed: formula, numerator, denominator, factor",
    "cell": "key of one cell",
    "code": "classification code in its canonical spelling, four parts with points",
    "cumulative": "a report's total since the year's start instead of a payment",
    "dated_by": "the viewpoint's documents: up to the report's own date",
    "digest": "SHA-256 of the key, which is kept nowhere",
    "direction": "which way it is meant to move",
    "document": "the requisites of the document",
    "draft": "a draft states nothing until an act signs it",
    "element": "id of an element of the tree",
    "evidence": "what proves it",
    "executor": "id of the body; `-` where the paper is silent",
    "field": "which field",
    "figures": "printed figures that Letopis computes itself (cells `control:…`)",
    "files": "what was issued: form, format, SHA-256, size",
    "first_year": "first year of the program",
    "indicator": "id of the indicator",
    "kind": "level of the tree",
    "last_year": "last year of the program",
    "lines": "how many lines the act has",
    "municipality": "whose it is: id, name, zone, invented or not",
    "name": "name as printed",
    "number": "number as printed",
    "of_position": "position of what is taken back or returned",
    "override_reason": "why it was posted over the appropriation in force",
    "parent": "id of the element above",
    "period": "the period",
    "person": "reference to a person, never a name",
    "position": "the position (post) that answers",
    "preliminary": "stands behind a final fact",
    "printed": "the text as printed",
    "printed_code": "the code as printed",
    "procedure": "id of the procedure",
    "reason": "why",
    "recording_error": "a slip of the clerk and no change in law: withdraws from always",
    "restates": "prefixes of cells that the act says anew",
    "role": "what the actor is to what lies in the scope",
    "rule": "name of the rule that found it",
    "scope": "where it holds: region, municipality, program, period; what is not named does not bound it",
    "signs": "id of the draft that this act signs",
    "source": "where the money comes from",
    "subject": "what was contracted for",
    "type": "printed type of the indicator",
    "unit": "printed unit of all values",
    "value": "what it becomes: a value, or an absence with its reason",
    "was": "what the act printed as the former value",
    "window": "which window, counted from 1",
    "year": "fiscal or road map year",
}
OTHERWISE = {
    ("program.act_recorded", "lines"): "a draft's lines",
    ("indicator.fact_reported", "last_year"): "printed by a later report as last year's fact",
    ("budget.cash_execution_posted", "period"): "the period of a cumulative total",
    ("road_map.procedure_scheduled", "procedure"): "the procedure as printed, with its windows",
}
NAMED_TYPES = {Identifier: "identifier", Text: "text", PeriodText: "period", NoneType: "none"}

HEAD = """\
# Events

Everything that Letopis stores, under the word that is stored with it. This page is generated from the
code by `make docs`; a test holds it up to date. A stored event never changes: a new shape gets a new
version of its topic and an upcast, and the golden sample of each topic must load for ever.

Every event carries, besides the fields listed with it:

| field | type | meaning |
| --- | --- | --- |
| `program` | identifier | the program; rights belong to none and have no such field |
| `basis` | Basis | the document: `document` (its id), `kind`, `dated_on`, `in_force_on`, `day_order` |
| `effective_on` | date | first day on which it holds in the world: axis `as_of`; told with each event |
| `until_on` | date or none | last day on which it holds; left out: open |
| `at` | SourceCell or none | table, row, cell of the paper and the text printed there |
| `replaces` | int or none | position of the statement in error that this one puts right |

`basis.dated_on` is the axis `dated_by`. The third date, `recorded_at`, and the position are the
ledger's own. Beside each event the ledger keeps actor, role, command, request and correlation id and
the digest of the paper.

*Rows* tells what an event leaves: it **states** cells, **withdraws** what no longer counts, **posts**
money that adds up, or **restates** a part; of rights there are rows of their own, which every request
reads anew. One more topic, `request.answered.v1`, belongs to the ledger
and not to the domain: it keeps the answer to an `Idempotency-Key` in a stream `request/{key}`.
"""


def catalogue() -> str:
    """The whole page."""
    parts = [HEAD]
    for prefix, (aggregate, stream) in AGGREGATES.items():
        parts.append(f"\n## {aggregate}\n\nStream `{stream}`.\n")
        parts += [
            _section(topic, event)
            for topic, event in EVENTS.items()
            if topic.startswith(f"{prefix}.")
        ]
    return "".join(parts)


def _section(topic: str, event: type[Event]) -> str:
    word = topic.rpartition(".")[0]
    own = [name for name in event.model_fields if name not in Event.model_fields]
    hints = get_type_hints(event, include_extras=True)
    rows = "".join(
        f"| `{name}` | {_type(hints[name])}{_default(event, name)} "
        f"| {OTHERWISE.get((word, name)) or MEANINGS[name]} |\n"
        for name in own
    )
    table = f"\n| field | type | meaning |\n| --- | --- | --- |\n{rows}" if rows else ""
    return (
        f"\n### `{topic}`\n\n{inspect.cleandoc(event.__doc__ or '')}\n\n"
        f"* rows: {SAYS[word]}\n"
        f"* `effective_on`: {_effective_on(word)}\n"
        f"* [golden sample](../tests/golden/events/{topic}.json)\n{table}"
    )


def _effective_on(word: str) -> str:
    if word.endswith(".statement_withdrawn"):
        return WITHDRAWN_STATEMENT
    return EFFECTIVE_ON.get(word, "first day on which the document says that it holds")


def _type(hint: Any) -> str:
    for known, name in NAMED_TYPES.items():
        if hint == known:
            return name
    arguments = get_args(hint)
    if {Stated, Absent} <= set(arguments):
        return " or ".join(["value", *(_type(a) for a in arguments if a not in (Stated, Absent))])
    if str(hint).startswith("typing.Literal"):
        return ", ".join(f"`{argument}`" for argument in arguments)
    if getattr(hint, "__origin__", None) is tuple:
        return f"list of {_type(arguments[0])}"
    if get_origin(hint) is Annotated:
        return _type(arguments[0])
    if arguments:
        return " or ".join(_type(argument) for argument in arguments)
    return str(hint.__name__)


def _default(event: type[Event], name: str) -> str:
    field = event.model_fields[name]
    if field.is_required() or field.default is None:
        return ""
    return f", left out: `{getattr(field.default, 'value', field.default)!r}`".replace("()", "[]")


if __name__ == "__main__":
    CATALOGUE.write_text(catalogue(), encoding="utf-8")
