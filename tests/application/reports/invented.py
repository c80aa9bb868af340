"""An invented program in two steps, for what the four papers do not show."""

from typing import Any

from application.commands.load_package import LoadPackage, Package
from domain.dates import Register
from tests.application.reports.papers import folded

FOUNDING = {"kind": "act", "type": "Постановление", "date": "2020-12-20", "number": "100"}
REPORT = {"kind": "report", "type": "Отчёт", "date": "2022-01-20", "number": "3"}

PROGRAM: dict[str, Any] = {
    "program": "invented",
    "municipality": {
        "id": "invented",
        "name": "Вымышленный город",
        "zone": "Europe/Moscow",
        "invented": True,
    },
    "years": {"first": 2021, "last": 2022},
    "basis": FOUNDING,
    "effective_on": "2021-01-01",
    "passport": {"title": "Вымышленная программа"},
    "bodies": [{"id": "b", "name": "Вторая служба"}, {"id": "a", "name": "Первая служба"}],
    "elements": [
        {"id": "goal", "kind": "goal", "name": "Цель"},
        {"id": "m", "kind": "main_measure", "parent": "goal", "name": "Мероприятие"},
        {"id": "m1", "kind": "measure", "parent": "m", "name": "Первое", "code": "09.1.01.1"},
        {"id": "m2", "kind": "measure", "parent": "m", "name": "Второе"},
    ],
    "indicators": [
        {
            "id": "up",
            "element": "goal",
            "name": "Рост",
            "unit": "%",
            "direction": "increase",
            "targets": {"2021": "0.00"},
        },
        {
            "id": "down",
            "element": "m1",
            "name": "Спад",
            "unit": "%",
            "direction": "decrease",
            "targets": {"2021": "4.40", "2022": "4"},
        },
        {"id": "late", "element": "goal", "name": "Позднее", "targets": {"2022": "1"}},
    ],
    "appropriations": [
        {"year": 2021, "element": "m1", "executor": "a", "source": "municipal", "value": "100.00"},
        {"year": 2021, "element": "m1", "executor": "a", "source": "regional", "value": "50.00"},
        {"year": 2021, "element": "m1", "executor": "b", "source": "municipal", "value": "8.00"},
        {"year": 2021, "element": "m", "executor": "-", "source": "municipal", "value": "2.00"},
        {"year": 2022, "element": "m1", "executor": "a", "source": "municipal", "value": "1.00"},
    ],
    "road_maps": [
        {
            "year": 2021,
            "procedures": [
                {
                    "id": "p1",
                    "title": "Первая",
                    "element": "m1",
                    "windows": [
                        {"starts_on": "2021-01-11", "ends_on": "2021-01-20"},
                        {"starts_on": "2021-02-01", "ends_on": "2021-02-10"},
                    ],
                },
            ],
        }
    ],
}


def command(name: str, **body: Any) -> dict[str, Any]:
    """A packaged command."""
    return {"command": name, "body": body}


def payment(amount: str, number: str, source: str = "municipal") -> dict[str, Any]:
    """A payment of service `a` for the measure `m1`."""
    document = {
        "kind": "payment",
        "type": "Платёжное поручение",
        "date": "2021-05-05",
        "number": number,
    }
    entry = {"year": 2021, "element": "m1", "executor": "a", "source": source, "amount": amount}
    return command("post_cash", document=document, entries=[entry])


def report_of_cash(amount: str, executor: str, source: str = "municipal") -> dict[str, Any]:
    """What a report states for the measure `m1` since the year's start."""
    entry = {
        "year": 2021,
        "element": "m1",
        "executor": executor,
        "source": source,
        "amount": amount,
    }
    return command("post_cash", document=REPORT, cumulative=True, period="2021", entries=[entry])


def invented(*commands: dict[str, Any]) -> Register:
    """The program and what was recorded after it."""
    package = Package.model_validate(
        {
            "letopis_package": 1,
            "program": "invented",
            "commands": [command("register_program", **PROGRAM), *commands],
        }
    )
    return folded("invented", LoadPackage.of(package))
