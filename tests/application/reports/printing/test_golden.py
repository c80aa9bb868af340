"""Every form as an economist reads it. A sample that is there is never changed by a flag: look at the
difference, then delete the sample and run with `--update-golden`.
"""

import pytest

from application.reports.printing.forms import BLANKS
from tests.application.reports.printing.page import GOLDEN, check
from tests.application.reports.printing.seen import of_program, printed

SAMPLES = [
    tuple(row.split())
    for row in """
1             kedrovy      2021  2021-12-31  2022-02-01
2             kedrovy      2021  2021-12-31  2022-02-01
3             kedrovy      2021  2021-12-31  2022-02-01
explanatory   kedrovy      2021  2021-12-31  2022-02-01
passport      stupino      2020  2020-12-31  2020-12-31
financing     stupino      2020  2020-12-31  2020-12-31
targets       stupino      2020  2020-12-31  2020-12-31
1             stupino      2020  2020-12-31  2020-12-31
money-roadmap krasnogorsk  2022  2022-12-31  2022-12-31
procedures    shatura      2020  2020-12-31  2020-12-31
2             sample       2024  2024-12-31  2025-06-01
financing     sample       2024  2024-12-31  2025-06-01
money-roadmap sample       2024  2024-12-31  2025-06-01
procedures    sample       2024  2024-12-31  2025-06-01
quarterly     sample       2024  2024-06-30  2024-07-31
explanatory   sample       2024  2024-12-31  2025-06-01
""".strip().splitlines()
]


@pytest.mark.parametrize(("form", "program", "year", "as_of", "dated_by"), SAMPLES)
def test_form(
    form: str, program: str, year: str, as_of: str, dated_by: str, *, update_golden: bool
) -> None:
    told = printed(form, program, int(year), as_of, dated_by)
    check(told, f"{program}-{form}", update=update_golden)


@pytest.mark.parametrize("form", BLANKS)
def test_blank(form: str, *, update_golden: bool) -> None:
    state, seen = of_program("kedrovy", "2021-12-31", "2022-01-30")
    check(BLANKS[form](state, 2021, seen), f"kedrovy-{form}-blank", update=update_golden)


def test_no_sample_is_left_over() -> None:
    expected = {f"{row[1]}-{row[0]}" for row in SAMPLES}
    expected |= {f"kedrovy-{form}-blank" for form in BLANKS} | {"sample-amendment-draft"}
    assert {path.stem for path in GOLDEN.glob("*.txt")} <= expected
