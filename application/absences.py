"""How papers word that there is no value, and what such a word means: one table for both ways."""

from domain.values import AbsenceReason

DASH = "–"
NOT_COMPUTED = "х"
"""Stands in a computed column where its rule gives no figure (a division by zero, a figure missing)."""

WORDS = {
    AbsenceReason.NOT_MEASURED: "не измерялся",
    AbsenceReason.NOT_APPLICABLE: "х",
    AbsenceReason.NOT_DUE: "срок не наступил",
    AbsenceReason.NOT_CARRIED: "текст в документе",
    AbsenceReason.UNDEFINED: "не вычисляется",
}
"""Reasons that are printed in words; the others are an empty cell."""

REASONS = {word: reason for reason, word in WORDS.items()} | {DASH: AbsenceReason.NOT_STATED}
"""A word as forms print it (a dash included) → the reason it stands for."""


def worded(reason: AbsenceReason, printed: str = "") -> str:
    """What a form prints for an absence. An empty cell says nothing: it stands for what was not
    reported, and for what was not stated unless the document `printed` something there (a dash).
    """
    if reason == AbsenceReason.NOT_STATED and printed.strip():
        return DASH
    return WORDS.get(reason, "")
