"""The forms as another office program shows them: nothing cut off, the figures where they belong."""

import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
needs_an_office = pytest.mark.skipif(
    not (SOFFICE and PDFTOTEXT), reason="LibreOffice and poppler-utils are not installed"
)
FORMS = [
    ("kedrovy", "1", 2021, "Форма 1|91,2|110,56|не измерялся|задачи 1"),
    ("kedrovy", "2", 2021, "Форма 2|1 129,01|1 097,79|97,23|786,53"),
    ("kedrovy", "3", 2021, "Форма 3|24.03.2021|31.01.2022|55|22"),
    ("stupino", "passport", 2022, "Паспорт|421 246,10|2020–2024"),
    ("stupino", "financing", 2022, "423 767,80|345 128,00|78 639,80"),
    ("stupino", "targets", 2022, "96,68|13,8|Приоритетный"),
    ("krasnogorsk", "money-roadmap", 2022, "62 526,00|96 525,80|78 350,00"),
    ("shatura", "procedures", 2020, "27.06.2020|3.4.|31.12.2020"),
    ("sample", "quarterly", 2024, "Вымышленные данные|квартал"),
]


@needs_an_office
@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_another_program_shows_the_same_figures(
    papers: TestClient, tmp_path: Path, file_format: str
) -> None:
    for program, form, year, _ in FORMS:
        address = f"/api/v1/programs/{program}/forms/{form}.{file_format}?year={year}"
        (tmp_path / f"{program}-{form}.{file_format}").write_bytes(papers.get(address).content)
    files = sorted(tmp_path.glob(f"*.{file_format}"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [SOFFICE or "", profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run(
        [*convert, str(tmp_path), *map(str, files)], check=True, capture_output=True, timeout=300
    )
    for program, form, _, shown in FORMS:
        pdf = tmp_path / f"{program}-{form}.pdf"
        told = subprocess.run(
            [PDFTOTEXT or "", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
        ).stdout
        plain = " ".join(told.replace("\u00a0", " ").replace("\u202f", " ").split())
        missing = [part for part in shown.split("|") if part not in plain]
        assert not missing, f"{program} {form}: {missing}"
        assert "###" not in told, f"{program} {form}: a figure is wider than its column"
