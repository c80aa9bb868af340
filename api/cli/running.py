"""Commands that run Letopis and check it: serve, demo, migrate, replay, rebuild."""

from pathlib import Path
from typing import Annotated, Any

import typer

from adapters.migrate import migrate as run_migrations
from adapters.rebuild import check, rebuild as run_rebuild
from api import serving
from api.cli.options import AsJson, opened, owner_of, print_json
from api.complaining import complain, err, refusals_exit
from api.log_lines import configure_logging
from api.settings import Settings

commands = typer.Typer()


@commands.command()
@refusals_exit
def serve(
    port: Annotated[int | None, typer.Option(help="Порт, 0 — выбрать свободный")] = None,
) -> None:
    """Обслуживать запросы. Пример: letopis serve --port 8000"""
    settings = Settings() if port is None else Settings(port=port)
    configure_logging(settings)
    serving.serve(settings)


@commands.command()
@refusals_exit
def demo(
    port: Annotated[int, typer.Option(help="Порт, 0 — выбрать свободный")] = 8000,
    browser: Annotated[bool, typer.Option(help="Открыть браузер")] = True,
    data_dir: Annotated[Path | None, typer.Option(help="Папка данных")] = None,
    reset: Annotated[bool, typer.Option(help="Начать заново: удалить папку данных")] = False,
) -> None:
    """Показать Летопись на четырёх бумагах и вымышленном округе. Пример: letopis demo --no-browser"""
    given: dict[str, Any] = {"port": port, "environment": "development"} | (
        {"data_dir": data_dir} if data_dir else {}
    )
    settings = Settings(**given)
    configure_logging(settings)
    serving.demo(settings, browser=browser, reset=reset)


@commands.command()
@refusals_exit
def migrate() -> None:
    """Привести базу к новейшей схеме (роль владельца). Пример: letopis migrate"""
    settings = Settings()
    if settings.owner_database_url is None:
        with opened():
            err.print("Встроенная база приведена к новейшей схеме.")
        return
    password = settings.app_password.get_secret_value() if settings.app_password else None
    run_migrations(settings.owner_database_url.get_secret_value(), app_password=password)
    err.print("База приведена к новейшей схеме.")


@commands.command()
@refusals_exit
def replay(
    check_rows: Annotated[bool, typer.Option("--check", help="Сравнить каждую строку")] = False,
    as_json: AsJson = False,
) -> None:
    """Построить модель чтения заново рядом и сравнить. Пример: letopis replay --check"""
    if not check_rows:
        complain("Укажите --check: сравнить каждую строку.")
        raise typer.Exit(2)
    with opened() as letopis:
        found = check(owner_of(letopis))
        if as_json:
            print_json([str(one) for one in found])
        for one in found:
            complain(str(one))
        if found:
            raise typer.Exit(1)
        err.print(f"Сошлось: {letopis.model.size()} записей, расхождений нет.", highlight=False)


@commands.command()
@refusals_exit
def rebuild() -> None:
    """Построить модель чтения заново и поставить на место. Пример: letopis rebuild"""
    with opened() as letopis:
        run_rebuild(owner_of(letopis))
        err.print("Модель чтения построена заново.")
