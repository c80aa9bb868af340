"""Financing and the passport of Stupino against findings.md."""

from application.reports.financing import financing
from domain import cells
from tests.application.reports.controls import agrees, printed_in
from tests.application.reports.invented import invented
from tests.application.reports.papers import Data, at, form, register, values

YEARS = [str(year) for year in range(2020, 2025)]


def stupino() -> Data:
    return form("financing", "stupino", 2020)


def row(rows: list[Data], element: str, source: str | None) -> Data:
    return next(r for r in rows if (r["element"], r["source"]) == (element, source))


def test_the_total_of_the_program() -> None:
    data = stupino()
    assert data["total"]["value"] == "423767800.00"
    assert values([data["years"][year] for year in YEARS]) == [
        "99822700.00",
        "98398300.00",
        "75438600.00",
        "74811100.00",
        "75297100.00",
    ]


def test_municipal_money_is_three_hundred_rubles_less_than_the_passport_prints() -> None:
    data = stupino()
    of_appendix = row(data["rows"], "program", "municipal")["total"]
    of_passport = row(data["passport"], "program", "municipal")["total"]
    assert (of_appendix["value"], of_appendix["printed"]) == ("421246100.00", "421 246,1")
    assert (of_passport["value"], of_passport["printed"]) == ("421246100.00", "421 246,4")


def test_every_control_figure_agrees_but_that_one() -> None:
    state = at(register("stupino"), "2024-12-31", "2024-12-31")
    data, wrong, compared = stupino(), [], 0
    for cell in state.cells:
        match cells.parts(cell):
            case ["control", "financing", element, source, column]:
                rows = data["rows"]
            case ["control", "passport", source, column]:
                rows, element = data["passport"], "program"
            case _:
                continue
        found = row(rows, element, None if source == "all" else source)
        figure = found["total"] if column == "total" else found["years"][column]
        assert "printed" in figure
        compared += 1
        if not agrees(figure):
            wrong.append((cell, figure.get("value")))
    assert compared == sum(cell.startswith("control:") for cell in state.cells) > 40
    assert wrong == [
        (
            "control:passport:federal:total",
            None,
        ),  # zero of a source that the appendix does not list
        ("control:passport:municipal:total", "421246100.00"),
    ]


def test_every_printed_appropriation_is_its_value() -> None:
    assert [
        path for path, figure in printed_in(stupino()["rows"]).items() if not agrees(figure)
    ] == []


def test_the_rows_are_elements_by_source_with_their_totals() -> None:
    rows = stupino()["rows"]
    assert [(r["element"], r["source"]) for r in rows] == [
        (element, source)
        for element in ("program", "1", "2")
        for source in ("regional", "municipal", "off_budget", None)
    ]
    assert row(rows, "1", None)["total"]["value"] == "345128000.00"
    assert row(rows, "2", None)["total"]["value"] == "78639800.00"
    assert row(rows, "2", "regional")["years"]["2020"]["document"] == "2019-09-03-a"


def test_sources_add_up_over_measures_and_executors() -> None:
    data = financing(at(invented(), "2022-12-31", "2022-12-31"))
    found = {(r.element, r.source): r for r in data.rows}
    assert set(found) == {
        (element, source)
        for element in ("program", "goal", "m", "m1")
        for source in ("regional", "municipal", None)
    }
    municipal = found["m", "municipal"]
    assert {year: figure.value for year, figure in municipal.years.items()} == {
        "2021": "110.00",
        "2022": "1.00",
    }
    assert (municipal.total.value, data.total.value) == ("111.00", "161.00")
    assert found["m1", "municipal"].years["2022"].rule is None
    assert found["m1", None].years["2022"].rule == "sum of lines"


def test_money_whose_source_no_paper_names_has_total_rows_only() -> None:
    rows = form("financing", "kedrovy", 2021)["rows"]
    assert {r["source"] for r in rows} == {None}
    assert row(rows, "program", None)["total"]["value"] == "1129010.00"


def test_the_passport_form_has_fields_aims_and_money() -> None:
    data = form("passport", "stupino", 2020)
    assert data["years"] == [2020, 2021, 2022, 2023, 2024]
    assert data["fields"]["title"]["value"] == "Цифровое муниципальное образование"
    assert "first_year" not in data["fields"]
    kinds = [element["kind"] for element in data["elements"]]
    assert (kinds.count("goal"), kinds.count("subprogram"), kinds.count("main_measure")) == (
        2,
        2,
        10,
    )
    assert data["financing"] == stupino()["passport"]


def test_the_passport_of_kedrovy_names_its_bodies() -> None:
    data = form("passport", "kedrovy", 2021)
    assert data["fields"]["code"]["value"] == "04"
    assert data["bodies"]["mu-kultura"] == "МУ «Культура»"
    assert not any(field.startswith("body.") for field in data["fields"])
