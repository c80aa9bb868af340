"""The command line: what it prints where, and with which status it ends."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from api import cli
from api.cli import options
from tests.api.town import Body, decree, fact, program_of
from tests.conftest import Database

COMMANDS = [
    "serve",
    "demo",
    "migrate",
    "load",
    "show",
    "history",
    "diff",
    "form",
    "periods",
    "findings",
    "replay",
    "rebuild",
]
PACKAGES = Path(cli.__file__).parents[1] / "demo" / "packages"
Runs = Callable[..., Result]


def runs_on(database: Database, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.setenv("LETOPIS_DATABASE_URL", database.app_url)
    monkeypatch.setenv("LETOPIS_OWNER_DATABASE_URL", database.owner_url)
    monkeypatch.setenv("LETOPIS_ENVIRONMENT", "development")
    monkeypatch.setattr(options, "configure_logging", lambda _: None)
    return lambda *words: CliRunner().invoke(cli.cli, [str(word) for word in words])


@pytest.fixture
def letopis(papers_database: Database, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """The command line over the four papers, for reading only."""
    return runs_on(papers_database, monkeypatch)


@pytest.fixture
def empty(database: Database, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """The command line over an empty database of the test's own."""
    return runs_on(database, monkeypatch)


def printed(result: Result) -> Any:
    """The JSON on standard output, and nothing else there."""
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example(command: str) -> None:
    result = CliRunner().invoke(cli.cli, [command, "--help"])
    assert result.exit_code == 0
    assert "Пример: letopis" in " ".join(result.stdout.split())


def test_help_lists_every_command() -> None:
    result = CliRunner().invoke(cli.cli, ["--help"])
    assert set(COMMANDS) <= set(result.stdout.split())
    assert CliRunner().invoke(cli.cli, []).exit_code == 2


def test_the_state_of_a_program(letopis: Runs) -> None:
    shown = letopis("show", "kedrovy", "--as-of", "2021-12-31", "--edition", "2021-03-24-55")
    assert shown.exit_code == 0
    assert "в редакции 2021-03-24-55" in " ".join(shown.stdout.split())
    data = printed(letopis("show", "kedrovy", "--dated-by", "2022-01-30", "--json"))
    assert data["program"] == "kedrovy"
    assert [act["number"] for act in data["acts"] if act["number"]] == ["55"]
    assert "ВЫМЫШЛЕНО" in letopis("show", "sample").stdout


def test_the_history_of_a_program_and_of_a_cell(letopis: Runs) -> None:
    events = printed(letopis("history", "kedrovy", "--json"))
    assert events[0]["topic"] == "program.registered.v1"
    assert {event["program"] for event in events} == {"kedrovy"}
    assert len(printed(letopis("history", "kedrovy", "--at-position", "10", "--json"))) == 10
    cell = "fact:objective-1-2:2021"
    told = printed(letopis("history", "kedrovy", "--cell", cell, "--json"))
    assert [one["said"]["value"] for one in told["statements"]] == ["91.2"]
    assert "91,2" in letopis("history", "kedrovy", "--cell", cell).stdout
    assert "program.registered.v1" in letopis("history", "kedrovy").stdout


def test_was_and_becomes(letopis: Runs) -> None:
    days = ("--from-dated-by", "2022-01-30", "--to-dated-by", "2022-02-01", "--to-as-of")
    changes = printed(letopis("diff", "kedrovy", *days, "2021-12-31", "--json"))
    assert "fact:objective-1-2:2021" in {change["cell"] for change in changes}
    assert printed(letopis("diff", "kedrovy", "--act", "2021-03-24-55", "--json")) == []
    assert "fact:objective-1-2:2021" in letopis("diff", "kedrovy", *days, "2021-12-31").stdout


def test_periods_are_told_with_their_due_dates(letopis: Runs) -> None:
    told = printed(letopis("periods", "sample", "--as-of", "2024-12-31", "--json"))
    statuses = {one["period"]: one["status"] for one in told}
    assert (statuses["2024-Q1"], statuses["2024-Q3"]) == ("closed", "overdue")
    shown = letopis("periods", "sample", "--as-of", "2024-12-31").stdout
    assert "10.10.2024" in shown
    assert "просрочен" in shown


@pytest.mark.parametrize("name", ["1", "2", "3", "passport", "financing", "targets"])
def test_a_form_as_data(letopis: Runs, tmp_path: Path, name: str) -> None:
    data = printed(letopis("form", name, "kedrovy", "--year", "2021", "--format", "json"))
    assert data
    assert printed(letopis("form", name, "kedrovy", "--year", "2021", "--json")) == data
    file = tmp_path / "form.json"
    result = letopis("form", name, "kedrovy", "--year", "2021", "-o", file)
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8")) == data


def test_what_is_stored_is_printed_as_text(empty: Runs, tmp_path: Path) -> None:
    """No cell becomes a picture, no title a style: «fact:up:2021», «[/b] :zero:»."""
    body = program_of("up")
    body["passport"]["title"] = "Вымышленная [/b] программа :zero:"
    body["indicators"][0] |= {"id": "up", "name": "Рост [red]показателя[/x]"}
    body["road_maps"] = []
    facts = {"document": REPORT, "facts": [fact("up", "99")]}
    package = tmp_path / "up.json"
    commands = [
        {"command": "register_program", "body": body},
        {"command": "report_facts", "body": facts},
    ]
    said = {"letopis_package": 1, "program": "up", "commands": commands}
    package.write_text(json.dumps(said), encoding="utf-8")
    assert empty("load", package).exit_code == 0
    assert ": fact:up:2021: " in empty("findings", "up").stdout
    shown = empty("show", "up")
    assert shown.exit_code == 0, shown.output
    assert "Вымышленная [/b] программа :zero:" in shown.stdout
    assert "[red]" in shown.stdout
    assert empty("history", "up", "--cell", "indicator:up:name").exit_code == 0


def test_findings_end_with_status_one(letopis: Runs) -> None:
    found = letopis("findings", "sample", "--json")
    assert found.exit_code == 1
    assert {"rule", "severity", "message", "cell"} <= json.loads(found.stdout)[0].keys()
    before = ("--dated-by", "2021-01-01", "--as-of", "2021-01-01", "--at-position", "1")
    assert letopis("findings", "sample", *before).exit_code == 1
    assert "Ошибок 2, предупреждений" in letopis("findings", "shatura").stdout
    assert "Программы «nope» нет" in letopis("findings", "nope").stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["show", "nope"], 1, "Программы «nope» нет"),
        (["show", "kedrovy", "--edition", "nope"], 1, "Акта «nope»"),
        (["show", "kedrovy", "--as-of", "2020-01-01"], 1, "2021-01-01"),
        (["show", "kedrovy", "--known-on", "2026-01-01", "--at-position", "5"], 1, "одно из них"),
        (["show", "kedrovy", "--as-of", "вчера"], 2, "--as-of: Нужна дата"),
        (["show", "kedrovy", "--at-position", "x"], 2, "--at-position"),
        (["show"], 2, "program"),
        (["show", "kedrovy", "--nope"], 2, "--nope"),
        (["history", "kedrovy", "--cell", "nope"], 1, "nope"),
        (["history", "nope"], 1, "Программы «nope» нет"),
        (["diff", "kedrovy", "--act", "nope"], 1, "Акта «nope»"),
        (["diff", "kedrovy", "--from-as-of", "x"], 2, "Нужна дата"),
        (["form", "9", "kedrovy", "--year", "2021"], 2, "Есть формы"),
        (["form", "1", "kedrovy"], 2, "--year"),
        (["form", "1", "kedrovy", "--year", "2021", "--format", "rtf"], 2, "docx"),
        (["replay"], 2, "--check"),
        (["load"], 2, "files"),
        (["load", "nowhere.json"], 2, "nowhere.json"),
        (["load", "."], 2, "не читается"),
        (["nope"], 2, "nope"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    letopis: Runs, words: list[str], status: int, said: str
) -> None:
    result = letopis(*words)
    assert (result.exit_code, result.stdout) == (status, ""), result.stderr
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_a_package_is_loaded_once(empty: Runs) -> None:
    file = PACKAGES / "kedrovy.json"
    (tried,) = printed(empty("load", file, "--dry-run", "--json"))
    assert (tried["positions"], tried["file"]) == ([], "kedrovy.json")
    assert empty("show", "kedrovy").exit_code == 1
    (first,) = printed(empty("load", file, "--json"))
    assert first["positions"] == list(range(1, len(first["positions"]) + 1))
    (again,) = printed(empty("load", file, "--json"))
    assert (again["replayed"], again["positions"]) == (True, first["positions"])
    told = empty("load", file)
    assert "уже записан" in told.stderr
    renamed = empty("load", file, "--program", "kedrovy-2", "--json")
    assert printed(renamed)[0]["replayed"] is False
    assert printed(empty("show", "kedrovy-2", "--json"))["program"] == "kedrovy-2"


def package(*commands: tuple[str, Body]) -> Body:
    """A package that registers an invented town, and goes on with commands."""
    listed = [("register_program", program_of("town")), *commands]
    return {
        "letopis_package": 1,
        "program": "town",
        "commands": [{"command": name, "body": body} for name, body in listed],
    }


REPORT: Body = {"kind": "report", "date": "2022-02-10", "number": "5"}
AMENDMENT: Body = {
    "act": decree("55", "2021-03-24"),
    "lines": [{"cell": "target:i1:2021", "was": "81", "becomes": "90"}],
}
BROKEN: list[tuple[Any, int, str]] = [
    (b"", 2, "не JSON"),
    (b"{", 2, "строка 1"),
    (b"PK\x03\x04\xff\xfe", 2, "не JSON"),
    ({"letopis_package": 2, "program": "town", "commands": []}, 2, "letopis_package"),
    ({"program": "town"}, 2, "commands: Не хватает"),
    (package(("nope", {})), 2, "команда № 2 (nope): неизвестна"),
    (package() | {"extra": 1}, 2, "extra: Такого поля"),
    (
        package(("report_facts", {"document": REPORT, "facts": [{"indicator": "i1"}]})),
        2,
        "команда № 2 (report_facts): facts.0.period: Не хватает",
    ),
    (
        package(("report_facts", {"document": REPORT, "facts": [fact("nope", "1")]})),
        1,
        "Команда № 2 (report_facts): Показателя «nope»",
    ),
    (package(("amend_program", AMENDMENT)), 1, "«было 81», а на 2021-03-24 действовало 80"),
]


@pytest.mark.parametrize(("content", "status", "said"), BROKEN)
def test_a_broken_package_leaves_nothing(
    empty: Runs, tmp_path: Path, content: Any, status: int, said: str
) -> None:
    good, broken = tmp_path / "good.json", tmp_path / "broken.json"
    good.write_text(json.dumps(package()), encoding="utf-8")
    broken.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    result = empty("load", broken, "--json")
    assert (result.exit_code, result.stdout) == (status, ""), result.stderr
    assert said in " ".join(result.stderr.split())
    assert empty("show", "town").exit_code == 1
    if status == 2:
        assert empty("load", good, broken).exit_code == 2
        assert empty("show", "town").exit_code == 1
    assert empty("load", good).exit_code == 0


def test_the_read_model_is_checked_and_built_anew(empty: Runs) -> None:
    empty("load", PACKAGES / "kedrovy.json")
    before = printed(empty("show", "kedrovy", "--as-of", "2021-12-31", "--json"))
    checked = empty("replay", "--check")
    assert (checked.exit_code, "расхождений нет" in checked.stderr) == (0, True)
    assert printed(empty("replay", "--check", "--json")) == []
    assert empty("rebuild").exit_code == 0
    assert printed(empty("show", "kedrovy", "--as-of", "2021-12-31", "--json")) == before


def test_migrating_twice_changes_nothing(empty: Runs) -> None:
    for _ in range(2):
        result = empty("migrate")
        assert (result.exit_code, result.stdout) == (0, ""), result.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        (
            "LETOPIS_ENVIRONMENT",
            "x",
            "LETOPIS_ENVIRONMENT: Допустимо: 'production' или 'development'",
        ),
        (
            "LETOPIS_OIDC_ISSUER",
            "http://id.example",
            "LETOPIS_OIDC_ISSUER: адрес начинается с https",
        ),
        ("LETOPIS_PORT", "99999", "LETOPIS_PORT: Должно быть не больше 65535"),
        ("LETOPIS_PORT", "x", "LETOPIS_PORT: Нужно целое число"),
        ("LETOPIS_LOG_FORMAT", "xml", "LETOPIS_LOG_FORMAT: Допустимо: 'json' или 'console'"),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    result = CliRunner().invoke(cli.cli, ["serve"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_a_form_is_written_read_back_and_known(letopis: Runs, tmp_path: Path) -> None:
    file = tmp_path / "form-1.docx"
    year = ("--year", "2024", "--format", "docx")
    assert letopis("form", "1", "sample", *year, "-o", file).exit_code == 0
    told = printed(letopis("load", file, "--dry-run", "--json"))[0]
    assert (told["program"], told["nothing_new"], told["changes"]) == ("sample", True, [])
    shown = letopis("load", file, "--dry-run")
    assert "Форма 1" in shown.stdout
    assert "записывать нечего" in shown.stderr


def test_a_paper_is_taken_in_with_its_answers(empty: Runs, tmp_path: Path) -> None:
    package = tmp_path / "town.json"
    body = {"command": "register_program", "body": program_of("town")}
    package.write_text(
        json.dumps({"letopis_package": 1, "program": "town", "commands": [body]}), encoding="utf-8"
    )
    assert empty("load", package).exit_code == 0
    table, answers = tmp_path / "facts.xlsx", tmp_path / "answers.toml"
    book = Workbook()
    assert book.active is not None
    for row in (["Показатель", "Период", "Значение"], ["Показатель 1", "2021", 83.5]):
        book.active.append(row)
    book.save(table)
    asked = empty("load", table, "--program", "town")
    assert (asked.exit_code, "реквизиты самой бумаги" in asked.stderr) == (1, True)
    answers.write_text(
        '[document]\nkind = "report"\ntitle = "Отчёт (вымышлен)"\ndate = 2022-02-10\n',
        encoding="utf-8",
    )
    given = ("--program", "town", "--answers", answers)
    tried = empty("load", table, *given, "--dry-run")
    assert "fact:i1:2021: — (не указано) → 83.5" in tried.stdout
    assert empty("load", table, *given).exit_code == 0
    assert "записывать нечего" in empty("load", table, *given).stderr
    book.active.append(["Показатель 9", "2021", 1])
    book.save(table)
    refused = empty("load", table, *given)
    assert (refused.exit_code, "Показатель 9" in refused.stderr) == (1, True)


def test_of_several_files_all_are_tried_before_any_is_recorded(empty: Runs, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK torn")
    refused = empty("load", PACKAGES / "stupino.json", broken)
    assert refused.exit_code == 1
    assert "Программы «stupino» нет" in empty("show", "stupino").stderr
