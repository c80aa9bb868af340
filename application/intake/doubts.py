"""What taking a paper in gives rise to besides what is recorded: warnings about the paper itself."""

from collections.abc import Iterable, Iterator

from application.intake.refused import place_of
from application.intake.said import LeftOut, Said
from application.rules.rule import Rule
from domain import cells
from domain.dates import FINAL, Assertion
from domain.findings import Finding
from domain.state import State
from domain.values import NOT_STATED, Stated, shown

PLAN_DIFFERS = Rule(
    id="plan_differs_from_acts",
    severity="warning",
    title="План в бумаге другой",
    compares="план, напечатанный в отчёте, с тем, что установлено правовыми актами",
    source="план меняет только правовой акт: отчёт его лишь повторяет",
    example="в отчёте план показателя 95, по постановлению № 55 он 90: отчёт плана не меняет",
    check=lambda _rule, _subject: iter(()),
)
LEFT_OUT = Rule(
    id="left_out_of_paper",
    severity="warning",
    title="Прочитано, но не записано",
    compares="то, что стоит в бумаге, с тем, для чего в Летописи есть ячейка",
    source="обоснования и проценты хранятся у строк, которые ими объясняются, а не у их сумм",
    example="обоснование стоит в строке «Всего», исполнители под нею его не повторяют",
    check=lambda _rule, _subject: iter(()),
)
RESTATED = Rule(
    id="figure_restated",
    severity="warning",
    title="Сообщённое значение меняется",
    compares="факт и кассовое исполнение в бумаге с тем, что сообщил прежний документ",
    source="отчётная цифра, названная дважды и по-разному, требует объяснения",
    example="отчёт № 5 сообщил 91,2, а новая бумага печатает 92,2",
    check=lambda _rule, _subject: iter(()),
)
RULES = (PLAN_DIFFERS, RESTATED, LEFT_OUT)
"""Rules of intake: asked of a paper when it is taken in, never of a viewpoint."""


def plan_differs(one: Said, known: Assertion | None) -> Finding:
    """A report prints another plan than the acts state."""
    stands = shown(known.value if known else NOT_STATED)
    where = f" ({place_of(one.at)})" if one.at else ""
    by = f" ({known.timing.document})" if known else ""
    return PLAN_DIFFERS.found(
        one.cell,
        f"План в бумаге другой{where}: напечатано {shown(one.value)}, действует {stands}{by}",
        printed=shown(one.value),
        computed=stands,
        positions=(known.position,) if known else (),
    )


def restated(said: Iterable[Said], state: State) -> Iterator[Finding]:
    """Reported figures that a paper states otherwise than the document that stands. A final figure after
    a preliminary one restates nothing; last year's against that year's own report is found by its rule.
    """
    for one in said:
        known = state.said(one.cell)
        if cells.parts(one.cell)[0] not in {"fact", "cash-report"} or known is None:
            continue
        usual = one.last_year == (known.rank == FINAL)
        if usual or not isinstance(one.value, Stated) or not isinstance(known.value, Stated):
            continue
        where = f" ({place_of(one.at)})" if one.at else ""
        now, before = shown(one.value), shown(known.value)
        yield RESTATED.found(
            one.cell,
            f"Значение меняется{where}: напечатано {now}, документ {known.timing.document} сообщил {before}",
            printed=now,
            computed=before,
            positions=(known.position,),
        )


def left_out(one: LeftOut) -> Finding:
    """Something that was read has no cell of its own."""
    return LEFT_OUT.found("", f"Не записано: {one.why} ({place_of(one.at)})")
