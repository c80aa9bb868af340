"""What pages lead to as data and files: the answers of the interface, to who is signed in at the browser."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response

from api.admission import page_needs
from api.routes.findings import list_findings
from api.routes.forms import get_form_file
from api.routes.history import get_event
from api.routes.intake import get_paper
from api.routes.reading import get_act_diff
from application.access import Permission

router = APIRouter(include_in_schema=False)

_ANSWERS: dict[str, tuple[Callable[..., Any], Permission]] = {
    "/programs/{program}/findings.json": (list_findings, Permission.READ),
    "/programs/{program}/acts/{act}/diff.json": (get_act_diff, Permission.READ),
    "/programs/{program}/forms/{form}.{file_format}": (get_form_file, Permission.READ),
    "/papers/{digest}/file": (get_paper, Permission.READ_PAPERS),
    "/events/{position}.json": (get_event, Permission.READ),
}

for _path, (_answer, _needed) in _ANSWERS.items():
    router.get(_path, dependencies=[page_needs(_needed)], response_class=Response)(_answer)
