"""Russian words for the codes of absences, sources, statuses, verdicts, periods, columns and roles, for pages
and the terminal.
"""

from domain.access import Role

ABSENCES = {
    "not_measured": "не измерялся",
    "not_reported": "не сообщено",
    "not_applicable": "не применимо",
    "not_stated": "не указано",
    "not_due": "срок не наступил",
    "not_carried": "в бумаге, не перенесено",
    "undefined": "не вычисляется",
}
STATUSES = {
    "annulled": "отменён актом",
    "suspended": "приостановлен актом",
    "signed": "подписан как",
}
SOURCES = {
    "federal": "Федеральный бюджет",
    "regional": "Региональный бюджет",
    "municipal": "Местный бюджет",
    "off_budget": "Внебюджетные источники",
    "-": "не указан",
}
VERDICTS = {
    "wins": "действует",
    "later_document": "заменено более поздним документом",
    "withdrawn": "отменено",
    "not_yet_effective": "ещё не действует на эту дату",
    "no_longer_effective": "уже не действует на эту дату",
    "document_too_late": "документ позже выбранной даты",
    "not_yet_in_force": "документ ещё не вступил в силу",
    "after_edition": "документ позже выбранной редакции",
}

PERIODS = {
    "not_due": ("○", "период идёт"),
    "due": ("○", "к сдаче"),
    "overdue": ("!", "просрочен"),
    "submitted": ("→", "сдан"),
    "returned": ("←", "возвращён"),
    "accepted": ("✓", "принят"),
    "closed": ("✓", "закрыт"),
    "reopened": ("!", "открыт вновь"),
}
"""Where a period's report stands: a mark, and the word for it."""

ROLES = {
    Role.REPORTER: "составитель отчётов",
    Role.FINANCE: "финансовый орган",
    Role.OWNER: "владелец программы",
    Role.AUDITOR: "аудитор",
    Role.OVERSIGHT: "надзор региона",
    Role.OPERATOR: "оператор",
}
"""What somebody is, in words; `public` is everybody."""

SEVERITIES = {"error": "ошибка", "warning": "предупреждение"}

COLUMNS = {
    "act_number": "номер акта",
    "amount": "сумма",
    "baseline": "базовое значение",
    "calculation": "расчёт",
    "cash": "касса",
    "code": "код",
    "completed_on": "дата исполнения",
    "date": "дата",
    "deviation": "отклонение",
    "direction": "желаемое изменение",
    "element": "элемент программы",
    "ends_on": "окончание",
    "executor": "исполнитель",
    "explanation": "обоснование",
    "fact": "факт",
    "field": "сведение",
    "growth": "темп роста",
    "indicator": "показатель",
    "kind": "вид акта",
    "last_fact": "факт прошлого года",
    "m": "код: М",
    "mp": "код: МП",
    "name": "наименование",
    "number": "№ строки",
    "om": "код: ОМ",
    "order": "платёжное поручение",
    "percent_period": "% к плану периода",
    "percent_year": "% к плану года",
    "period": "период",
    "plan": "план",
    "plan_period": "план на период",
    "plan_year": "план на год",
    "pp": "код: Пп",
    "quarter": "квартал",
    "ratio": "% выполнения",
    "reason": "причина отсутствия",
    "responsible": "ответственный",
    "result": "результат",
    "source": "источник",
    "starts_on": "начало",
    "summary": "суть изменений",
    "target": "план на",
    "text": "текст",
    "title": "наименование",
    "total": "всего",
    "type": "тип показателя",
    "unit": "единица измерения",
    "value": "значение",
    "year": "год",
}
"""The fields of recognized tables."""
