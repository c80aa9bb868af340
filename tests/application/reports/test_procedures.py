"""The road map of procedures of Shatura against findings.md."""

from datetime import date

from application.reports.procedures import WindowView, procedures
from tests.application.reports.invented import command, invented
from tests.application.reports.papers import Data, at, form


def shatura() -> list[Data]:
    rows: list[Data] = form("procedures", "shatura", 2020)["rows"]
    return rows


def test_twenty_indicators_113_procedures_37_of_them_parts() -> None:
    rows = shatura()
    assert len({row["indicator"] for row in rows}) == 20
    assert len(rows) == 113
    assert sum(row["parent"] is not None for row in rows) == 37


def test_884_windows() -> None:
    windows = [window for row in shatura() for window in row["windows"]]
    assert len(windows) == 884
    assert all(set(window) == {"starts_on", "ends_on"} for window in windows)
    assert {len(row["windows"]) for row in shatura()} >= {0, 1, 11, 12}


def test_windows_stand_in_printed_order_beyond_the_ninth() -> None:
    monthly = next(row for row in shatura() if row["procedure"] == "2-1")
    assert [window["starts_on"] for window in monthly["windows"]] == [
        f"2020-{month:02}-01" for month in range(1, 13)
    ]


def test_one_procedure_is_torn() -> None:
    torn = [row for row in shatura() if row["torn"]]
    assert [(row["procedure"], row["responsible"], row["windows"]) for row in torn] == [
        ("16-2", None, []),
    ]


def test_parts_stand_below_their_procedure() -> None:
    rows = [row for row in shatura() if row["indicator"] == "1"]
    assert [(row["number"], row["parent"]) for row in rows] == [
        ("1.", None),
        ("2.", None),
        ("3.", None),
        ("3.1.", "1-3"),
        ("3.2.", "1-3"),
        ("3.3.", "1-3"),
        ("3.4.", "1-3"),
        ("4.", None),
    ]
    assert (rows[2]["windows"][0]["ends_on"], rows[6]["windows"][0]["ends_on"]) == (
        "2020-12-20",
        "2020-11-30",
    )


def test_position_and_person_are_apart_and_nobody_is_named() -> None:
    answering = [row["responsible"] for row in shatura() if not row["torn"]]
    assert all(set(one) == {"position", "person"} for one in answering)
    assert all(one["position"] or one["person"] for one in answering)
    people = {one["person"] for one in answering} - {None}
    assert people
    assert all(person.startswith("person-") for person in people)


def test_number_six_is_used_twice_within_one_indicator() -> None:
    sixth = [r["procedure"] for r in shatura() if (r["indicator"], r["number"]) == ("12", "6.")]
    assert len(sixth) == 2


def test_a_completed_window_says_when() -> None:
    done = command(
        "complete_occurrence",
        procedure="p1",
        window=2,
        completed_on="2021-02-09",
        document={"kind": "memo", "date": "2021-02-10", "number": "1"},
    )
    state = at(invented(done), "2021-12-31", "2021-12-31")
    (row,) = procedures(state, 2021).rows
    assert row.windows == (
        WindowView(starts_on=date(2021, 1, 11), ends_on=date(2021, 1, 20)),
        WindowView(
            starts_on=date(2021, 2, 1), ends_on=date(2021, 2, 10), completed_on=date(2021, 2, 9)
        ),
    )
    assert procedures(state, 2022).rows == ()
