"""Rules on computed columns: deviation, ratio, growth, percent; each figure for itself."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from application.intake.text import folded
from application.rules.checks import COLUMNS, Check, Reading, by_form, header, readings
from application.rules.figures import Slip, as_printed, rounded, russian, slip, text_of, wrong_digit
from application.rules.rule import Rule, Subject
from domain import cells
from domain.findings import Finding

_FORM_1 = "Форма 1 отчёта о реализации программы"
_FORMS = "Формы 1 и 2 отчёта о реализации программы"
_ROUNDING = "арифметика; половина последнего знака округляется вверх"
_CHANGE_WORDS = ("отклонени", "прирост")
_SHARE_WORDS = ("выполнен", "исполнен", "достижен", "отношени", "рост")

Chosen = Callable[[Check], str]


def _missed(kind: Slip, why: str) -> Chosen:
    def message(check: Check) -> str:
        if check.slip is not kind or _is_growth(check):
            return ""
        printed, exact = check.printed or Decimal(0), check.exact or Decimal(0)
        digit = wrong_digit(printed, exact) if kind is Slip.DIGIT else ""
        return (
            f"{_printed(check)}, а {check.formula} = {_exact(exact)}: "
            f"{why.format(right=russian(as_printed(exact, printed)), digit=digit)}"
        )

    return message


def _exact(exact: Decimal) -> str:
    return russian(rounded(exact))


def _printed(check: Check) -> str:
    return f"{COLUMNS[check.column]}: напечатано {text_of(check.said.value)}"


def _is_growth(check: Check) -> bool:
    """Whether a wrong ratio is the figure of the next column."""
    return (
        check.slip is not None
        and check.growth is not None
        and check.printed is not None
        and slip(check.printed, check.growth) is None
    )


def _next_column(check: Check) -> str:
    if not _is_growth(check):
        return ""
    return (
        f"{_printed(check)} — это темп роста к прошлому году, а {check.formula} = "
        f"{_exact(check.exact or Decimal(0))}"
    )


def _of_absence(check: Check) -> str:
    if check.nothing != "absence" or check.printed is None:
        return ""
    return f"{_printed(check)}, но вычислить нечего: {check.formula}"


def _is_nothing_of_nothing(check: Check) -> bool:
    """Whether Form 2 prints a zero as the percent of nothing planned and nothing spent."""
    of_form_2 = check.form.startswith("form-2") and check.nothing == "zero of zero"
    return of_form_2 and check.printed is not None and not check.printed


def _by_zero(check: Check) -> str:
    by_zero = check.nothing in {"zero", "zero of zero"}
    if not by_zero or check.printed is None or _is_nothing_of_nothing(check):
        return ""
    return f"{_printed(check)}, но {check.formula} не вычисляется: деление на ноль"


def _left_out(check: Check) -> str:
    if check.exact is None or check.printed is not None:
        return ""
    return f"{_printed(check)}, а {check.formula} = {_exact(check.exact)}"


def _each(chosen: Chosen) -> Callable[[Rule, Subject], Iterator[Finding]]:
    """A finding for every figure about which there is something to say."""

    def found(rule: Rule, subject: Subject) -> Iterator[Finding]:
        for check in subject.checks:
            if message := chosen(check):
                yield rule.found(
                    check.cell,
                    message,
                    printed=text_of(check.said.value),
                    computed="" if check.exact is None else format(rounded(check.exact), "f"),
                    positions=check.positions,
                )

    return found


def _zero_of_zero(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for form, found in by_form(subject.checks).items():
        zeros = [check for check in found if _is_nothing_of_nothing(check)]
        if zeros:
            yield rule.found(
                form,
                f"Процент от нулевого плана при нулевом исполнении не вычисляется, а напечатано "
                f"{text_of(zeros[0].said.value)}; таких ячеек {len(zeros)}",
                printed=text_of(zeros[0].said.value),
                positions=tuple(sorted({check.said.position for check in zeros})),
            )


def _against_header(rule: Rule, subject: Subject) -> Iterator[Finding]:
    for sheet in subject.sheets:
        for cell, said in sheet.figures.items():
            match cells.parts(cell):
                case ["control", "header", "form-1", ("ratio" | "growth") as column, year]:
                    text = text_of(said.value)
                    told = _meaning(text)
                    found = readings(sheet, int(year), column)
                    held: Reading = "change" if told == "share" else "share"
                    if told and found[held] > found[told]:
                        yield rule.found(
                            header(column, year),
                            f"Графа называется «{text}», а содержит {_HELD[column, held]}: "
                            f"так сходятся {found[held]} значений, по заголовку {found[told]}",
                            printed=text,
                            positions=(said.position,),
                        )


_HELD = {
    ("ratio", "share"): "отношение факта к плану × 100",
    ("ratio", "change"): "(факт − план) ÷ план × 100",
    ("growth", "share"): "отношение факта к прошлому году × 100",
    ("growth", "change"): "прирост к прошлому году",
}


def _meaning(text: str) -> Reading | None:
    """What a header promises; None if one can not tell."""
    named = folded(text)
    if any(word in named for word in _CHANGE_WORDS):
        return "change"
    return "share" if any(word in named for word in _SHARE_WORDS) else None


RULES: tuple[Rule, ...] = (
    Rule(
        "figure_of_an_absence",
        "error",
        "Отклонение или отношение от значения, которого нет",
        "напечатанное число с наличием плана, факта и факта прошлого года",
        _FORM_1,
        "Мониторинг не проводился, факта нет, а отклонение напечатано 90 и отношение 0",
        _each(_of_absence),
    ),
    Rule(
        "division_by_zero",
        "error",
        "Деление на ноль напечатано числом",
        "напечатанное отношение или темп роста с делителем, равным нулю",
        _FORMS,
        "Факт 0, за прошлый год 0, темп роста напечатан 0, а он не вычисляется",
        _each(_by_zero),
    ),
    Rule(
        "figure_truncated",
        "error",
        "Знаки отброшены, а не округлены",
        "напечатанное значение графы с вычисленным",
        _ROUNDING,
        "8 ÷ 9 × 100 = 88,89, а напечатано 88,88",
        _each(_missed(Slip.TRUNCATED, "знаки отброшены, округлённо {right}")),
    ),
    Rule(
        "figure_rounded_otherwise",
        "error",
        "Округлено не по правилу",
        "напечатанное значение графы с вычисленным",
        _ROUNDING,
        "2 ÷ 3 × 100 = 66,67, округлённо до целых 67; 1 ÷ 3 × 100 = 33,33, а напечатано 34",
        _each(_missed(Slip.ROUNDED, "округлено не по правилу, нужно {right}")),
    ),
    Rule(
        "figure_of_wrong_sign",
        "error",
        "Неверный знак",
        "знак напечатанного значения со знаком вычисленного",
        "арифметика; отклонение — факт минус план",
        "Факт 91,2 при плане 100, а отклонение напечатано 8,8 вместо −8,8",
        _each(_missed(Slip.SIGN, "неверный знак")),
    ),
    Rule(
        "figure_misprinted",
        "error",
        "Опечатка в цифре",
        "напечатанное значение графы с вычисленным: они расходятся в одной цифре",
        "арифметика",
        "91,2 ÷ 100 × 100 = 91,2, а напечатано 9,2: потеряна цифра 1",
        _each(_missed(Slip.DIGIT, "опечатка, {digit}")),
    ),
    Rule(
        "ratio_in_place_of_growth",
        "error",
        "В графе стоит значение соседней",
        "отношение факта к плану с темпом роста к прошлому году",
        _FORM_1,
        "Факт 8, план 9, за прошлый год 5: в графе отношения к плану напечатано 160",
        _each(_next_column),
    ),
    Rule(
        "figure_differs",
        "error",
        "Напечатанное не равно вычисленному",
        "напечатанное значение графы с вычисленным",
        "арифметика",
        "39 ÷ 30 × 100 = 130, а напечатано 142,5",
        _each(_missed(Slip.OTHER, "не сходится")),
    ),
    Rule(
        "figure_left_out",
        "warning",
        "Вычисляемое значение не напечатано",
        "прочерк в графе с тем, что она вычисляется",
        _FORMS,
        "Факт 8, за прошлый год 5, а в темпе роста прочерк вместо 160",
        _each(_left_out),
    ),
    Rule(
        "zero_of_zero",
        "warning",
        "0 из 0 напечатано как 0,00 %",
        "процент исполнения с нулевым планом и нулевой кассой; одно расхождение на форму",
        "Форма 2 отчёта о реализации программы",
        "План 0,00, касса 0,00, процент напечатан 0,00",
        _zero_of_zero,
    ),
    Rule(
        "column_against_header",
        "warning",
        "Графа содержит не то, что обещает заголовок",
        "заголовок графы с тем, по какой формуле в ней сходится больше значений; одно расхождение на графу",
        _FORM_1,
        "Графа 8 называется «относительное отклонение», а содержит факт ÷ план × 100",
        _against_header,
    ),
)
