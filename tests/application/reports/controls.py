"""Printed figures against figures: at the precision that the paper prints."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from tests.application.reports.papers import Data


def agrees(figure: Data) -> bool:
    """Whether the printed text says the figure, rounded half up to the printed digits.

    A dash (or any other text) says an absence. Papers print money in thousands of rubles.
    """
    text = figure["printed"].replace(" ", "").replace(",", ".")
    try:
        printed = Decimal(text)
    except InvalidOperation:
        return "value" not in figure
    if "value" not in figure:
        return False
    value = Decimal(figure["value"])
    if figure["unit"] == "rub":
        value /= 1000
    return (
        value.quantize(Decimal(1).scaleb(int(printed.as_tuple().exponent)), ROUND_HALF_UP)
        == printed
    )


def printed_in(data: object, path: str = "") -> dict[str, Data]:
    """Every figure of a form that has a printed text, by its path."""
    if isinstance(data, dict):
        if "printed" in data:
            return {path: data}
        return {
            k: v for key, one in data.items() for k, v in printed_in(one, f"{path}/{key}").items()
        }
    if isinstance(data, list):
        return {
            k: v for n, one in enumerate(data) for k, v in printed_in(one, f"{path}/{n}").items()
        }
    return {}
