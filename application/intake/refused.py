"""Why a paper is not taken in."""

from collections.abc import Sequence

from application.intake.said import Unread
from domain.refusals import Refusal

QUESTIONS = {
    "program": "адрес программы (program)",
    "municipality": "чья это программа (municipality)",
    "years": "первый и последний год программы (years)",
    "year": "за какой год бумага (year)",
    "effective_on": "с какого дня действует программа (effective_on)",
    "basis": "акт, утвердивший программу (basis)",
    "document": "реквизиты самой бумаги (document)",
}
SHOWN = 20


class AnswersNeeded(Refusal):
    """Бумага этого не называет, нужны ответы: {questions}.
    The paper does not say this, answers are needed: {needed}.
    """

    @classmethod
    def of(cls, *needed: str) -> "AnswersNeeded":
        """What is needed: fields of `Answers`."""
        return cls(
            needed=", ".join(needed), questions="; ".join(QUESTIONS.get(one, one) for one in needed)
        )


class PaperUnread(Refusal):
    """Бумага прочитана не вся, ничего не записано: {cells}.
    Not all of the paper could be read, nothing is recorded: {cells}.
    """

    @classmethod
    def of(cls, unread: Sequence[Unread]) -> "PaperUnread":
        """The cells that could not be read, the first of many."""
        shown = "; ".join(f"{place(one)}: {one.why}" for one in unread[:SHOWN])
        rest = f"; и ещё {len(unread) - SHOWN}" if len(unread) > SHOWN else ""
        return cls(cells=shown + rest)


def place(one: Unread) -> str:
    """A cell as one looks it up: «таблица 1, строка 5, графа 6»."""
    at = one.at
    return f"таблица {at.table}, строка {at.row}" + (f", графа {at.cell}" if at.cell else "")
