"""Russian words for the codes of absences, sources, statuses and verdicts, for pages and the terminal."""

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

SEVERITIES = {"error": "ошибка", "warning": "предупреждение"}
