"""Log lines: structured, to standard error, and without credentials whatever is told in them."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from api.settings import Settings
from application.keys import PREFIX

_CREDENTIALS = [
    (re.compile(rf"{PREFIX}[\w-]{{20,}}"), f"{PREFIX}…"),
    (re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*"), "eyJ…"),
    (re.compile(r"(?i)\b(bearer|basic) [^\s'\"]+"), r"\1 …"),
    (re.compile(r"(://[^\s:/@]*):[^\s@]+@"), r"\1:…@"),
    (re.compile(r"(?i)\b(password=)[^\s&'\"]+"), r"\1…"),
]
"""What our keys, tokens, the header that carries them, and passwords in addresses look like."""

_OF_OTHERS = "letopis: of libraries"


def without_credentials(
    _logger: Any, _method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """A line in which nothing looks like credentials: they may stand in a path or in an error's text."""
    return {name: _cleaned(told) for name, told in line.items()}


def _cleaned(told: Any) -> Any:
    if not isinstance(told, str):
        return told
    for looks, instead in _CREDENTIALS:
        told = looks.sub(instead, told)
    return told


def configure_logging(settings: Settings) -> None:
    """Structured log lines to standard error, with the request id where there is one; warnings of
    libraries too. Tracebacks are plain: values of variables are never told.
    """
    render = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    common: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_credentials,
    ]
    structlog.configure(
        processors=[*common, render],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    of_others = logging.StreamHandler(sys.stderr)
    of_others.name, of_others.level = _OF_OTHERS, logging.WARNING
    keep = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    of_others.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[*common[1:], keep, render])
    )
    root = logging.getLogger()
    for former in [one for one in root.handlers if one.name == _OF_OTHERS]:
        root.removeHandler(former)
    root.addHandler(of_others)
