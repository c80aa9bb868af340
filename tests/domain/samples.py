"""An invented event of every topic with all of its fields filled, to make golden samples of."""

from datetime import date
from typing import Any

from domain import (
    access,
    budget,
    commitment,
    indicator,
    late_correction,
    program,
    report,
    road_map,
)
from domain.dates import ALWAYS
from domain.event import Event, SourceCell
from domain.legal_act import Document, DocumentKind
from domain.values import (
    AbsenceReason,
    Absent,
    Direction,
    ElementKind,
    FundingSource,
    Stated,
)
from tests.given import basis

ACT = Document(
    kind=DocumentKind.ACT, type="Постановление", issuer="Администрация (вымышлена)",
    title="О внесении изменений", date=date(2021, 3, 24), number="55", date_stated=False,
    in_force_on=date(2021, 4, 2), applies_from=date(2021, 1, 1), day_order=2,
    summary="Меняет план", content_stated=True, digest="0" * 64,
)  # fmt: skip
AT = SourceCell(table=1, row=5, cell=6, printed="91,2")
VALUE = Stated(value="91.2", unit="%", printed="91,2")
WAS = Stated(value="80")
GONE = Absent(absent=AbsenceReason.NOT_APPLICABLE, reason="Исключено", printed="–")
ABOUT: dict[str, Any] = {
    "program": "invented", "basis": basis(ACT), "effective_on": date(2021, 4, 2),
    "until_on": date(2021, 12, 31), "at": AT, "replaces": 7,
}  # fmt: skip
LINE: dict[str, Any] = {
    "year": 2021, "element": "04.0.02.4", "executor": "school", "source": FundingSource.MUNICIPAL,
}  # fmt: skip
FIGURE = program.ControlFigure(cell="control:ratio:i1:2021", printed="9,2", value="9.2", at=AT)
CHANGE = program.AmendmentLine(
    cell="target:i1:2021", was=WAS, becomes=VALUE, effective_on=date(2021, 7, 1),
    until_on=date(2021, 12, 31), as_printed="так напечатано", overlap="keeps", at=AT,
)  # fmt: skip
CALCULATION = indicator.Calculation(
    formula="(52/57)·100", numerator="52", denominator="57", factor="100"
)
PROCEDURE = road_map.Procedure(
    id="2-3.1", title="Сбор сведений", indicator="i1", element="goal", number="3.1.", parent="2-3",
    result="Сведения собраны", position="Начальник отдела", person="person-3",
    windows=(road_map.Window(starts_on=date(2021, 2, 1), ends_on=date(2021, 2, 28)),), torn=True,
    at=AT,
)  # fmt: skip
WITHDRAWN: dict[str, Any] = {"of_position": 12, "cell": "target:i1:2021", "reason": "Ошибка ввода"}
ACCESS: dict[str, Any] = {name: value for name, value in ABOUT.items() if name != "program"}
CLERK = access.Actor(issuer="https://id.example", subject="clerk-1")
INDICATOR: dict[str, Any] = {**ABOUT, "indicator": "i1"}
STEP: dict[str, Any] = {**ABOUT, "period": "2021-Q3", "reason": "Нет приложения"}

SAMPLES: tuple[Event, ...] = (
    program.Registered(
        **ABOUT, first_year=2021, last_year=2024,
        municipality=program.Municipality(
            id="invented", name="Вымышленное", zone="Asia/Kamchatka", invented=True
        ),
    ),
    program.PassportSet(**ABOUT, field="title", value=VALUE, was=WAS),
    program.ElementAdded(
        **ABOUT, element="04.0.02.4", kind=ElementKind.MEASURE, name="Мероприятие", parent="goal",
        number="1.1.", code="04.0.02.4", printed_code="04 0 02 4", was=WAS,
    ),
    program.ElementChanged(**ABOUT, element="04.0.02.4", field="name", value=VALUE, was=WAS),
    program.ElementRemoved(**ABOUT, element="04.0.02.4", value=GONE, was=WAS),
    program.ActRecorded(
        **{**ABOUT, "effective_on": ALWAYS}, document=ACT, draft=True, signs="draft-a",
        lines=(CHANGE,), restates=("target:",),
    ),
    program.DocumentRecorded(**ABOUT, document=ACT, figures=(FIGURE,)),
    program.AmendmentApplied(**ABOUT, lines=2, restates=("target:",)),
    program.ActWithdrawn(
        **{**ABOUT, "effective_on": ALWAYS}, act="2021-03-24-55", cell="target:i1:2021",
        recording_error=True, reason="Не та программа",
    ),
    program.StatementWithdrawn(**ABOUT, **WITHDRAWN),
    program.FindingWaived(
        **ABOUT, rule="misprint", cell="control:ratio:i1:2021", reason="Опечатка"
    ),
    late_correction.CorrectionGrounded(**ABOUT, of_position=12, reason="Ошибка ввода"),
    report.ReportSubmitted(
        **STEP, as_of=date(2021, 9, 30), dated_by=date(2021, 10, 5), at_position=57,
        files=(report.IssuedFile(form="quarterly", file_format="pdf", digest="0" * 64, size=1024),),
    ),
    report.ReportReturned(**STEP),
    report.ReportAccepted(**STEP),
    report.PeriodClosedEvent(**STEP),
    report.PeriodReopened(**STEP),
    indicator.Defined(
        **INDICATOR, element="goal", name="Доля", unit="%", direction=Direction.INCREASE,
        type="приоритетный целевой", number="1.", was=WAS,
    ),
    indicator.Redefined(**INDICATOR, field="unit", value=VALUE, was=WAS),
    indicator.Retired(**INDICATOR, value=GONE, was=WAS),
    indicator.BaselineSet(**INDICATOR, value=VALUE, was=WAS),
    indicator.TargetSet(**INDICATOR, period="2021", value=VALUE, was=WAS),
    indicator.FactReported(
        **INDICATOR, period="2021", value=VALUE, preliminary=True, last_year=True,
        calculation=CALCULATION, as_printed="Так напечатано",
    ),
    indicator.StatementWithdrawn(**INDICATOR, **WITHDRAWN),
    indicator.DeviationExplained(**INDICATOR, period="2021", value=VALUE),
    budget.Opened(**ABOUT, year=2021),
    budget.AppropriationSet(**ABOUT, **LINE, value=VALUE, was=WAS),
    budget.PeriodPlanSet(**ABOUT, **LINE, period="2021-Q1", value=VALUE, was=WAS),
    commitment.CommitmentMade(**ABOUT, **LINE, amount="312480.00", subject="Договор № 1"),
    commitment.CommitmentReleased(**ABOUT, **LINE, amount="100.00", reason="Расторгнут"),
    budget.CashExecutionPosted(
        **ABOUT, **LINE, amount="312480.00", cumulative=True, period="2021", printed="312,48",
        override_reason="Решение суда",
    ),
    budget.CashExecutionReversed(
        **ABOUT, **LINE, amount="100.00", of_position=12, recording_error=True, reason="Возврат"
    ),
    budget.StatementWithdrawn(**ABOUT, year=2021, **WITHDRAWN),
    budget.VarianceExplained(**ABOUT, **LINE, period="2021", value=VALUE),
    budget.Closed(**ABOUT, year=2021),
    road_map.Approved(**ABOUT, year=2021),
    road_map.ProcedureScheduled(**ABOUT, year=2021, procedure=PROCEDURE, was=WAS),
    road_map.ProcedureChanged(
        **ABOUT, year=2021, cell="window:2-3.1:1:ends_on", value=VALUE, was=WAS
    ),
    road_map.ProcedureRemoved(**ABOUT, year=2021, procedure="2-3.1", value=GONE, was=WAS),
    road_map.OccurrenceCompleted(
        **ABOUT, year=2021, procedure="2-3.1", window=1, evidence="Акт сверки"
    ),
    road_map.ResponsibleAssigned(
        **ABOUT, year=2021, procedure="2-3.1", position="Глава", person="person-3"
    ),
    road_map.StatementWithdrawn(**ABOUT, year=2021, **WITHDRAWN),
    access.AccessGranted(
        **ACCESS, actor=CLERK, role=access.Role.REPORTER, reason="Приказ",
        scope=access.Scope(
            region="invented", municipality="town", program="invented", period="2021"
        ),
    ),
    access.AccessRevoked(**ACCESS, actor=CLERK, of_position=12, reason="Уволен"),
    access.KeyIssued(
        **ACCESS, actor=access.Actor(issuer=access.KEYS, subject="robot"), digest="0" * 64
    ),
)  # fmt: skip
