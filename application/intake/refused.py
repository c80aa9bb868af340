"""Why a paper is not taken in."""

from collections.abc import Sequence

from pydantic import ValidationError

from application.intake.said import Unread
from domain.event import SourceCell
from domain.refusals import Malformed

QUESTIONS = {
    "program": "адрес программы (program)",
    "municipality": "чья это программа (municipality)",
    "years": "первый и последний год программы (years)",
    "year": "за какой год бумага (year)",
    "period": "за какой период бумага (period: 2031, 2031-Q1, 2031-H1), её заголовки говорят разное",
    "effective_on": "с какого дня действует программа (effective_on)",
    "basis": "акт, утвердивший программу (basis)",
    "document": "реквизиты самой бумаги (document)",
}
SHOWN = 20


class AnswersNeeded(Malformed):
    """Бумага этого не называет, нужны ответы: {needed}.
    The paper does not say this, answers are needed: {needed}.
    """

    @classmethod
    def of(cls, *needed: str) -> "AnswersNeeded":
        """What is needed: fields of `Answers`."""
        questions = "; ".join(QUESTIONS.get(one, one) for one in needed)
        return cls(needed=(questions, ", ".join(needed)))


class PaperMakesNoSense(Malformed):
    """Прочитанное не складывается в записи: {why}.
    What was read does not make records: {why}.
    """

    @classmethod
    def of(cls, error: ValidationError) -> "PaperMakesNoSense":
        """What of it, and why, the first of many."""
        found = error.errors(include_url=False, include_context=False)[:SHOWN]
        return cls(
            why="; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in found)
        )


class PaperUnread(Malformed):
    """Бумага прочитана не вся, ничего не записано: {cells}.
    Not all of the paper could be read, nothing is recorded: {cells}.
    """

    @classmethod
    def of(cls, unread: Sequence[Unread]) -> "PaperUnread":
        """The cells that could not be read, the first of many."""
        shown = "; ".join(f"{place_of(one.at)}: {one.why}" for one in unread[:SHOWN])
        rest = f"; и ещё {len(unread) - SHOWN}" if len(unread) > SHOWN else ""
        return cls(cells=shown + rest)


def place_of(at: SourceCell) -> str:
    """A cell as one looks it up: «таблица 1, строка 5, графа 6»."""
    return f"таблица {at.table}, строка {at.row}" + (f", графа {at.cell}" if at.cell else "")
