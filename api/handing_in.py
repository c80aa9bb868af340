"""A file handed in, whichever way it came: read in a process of its own, answered, taken in."""

import re
from hashlib import sha256
from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from adapters.documents.reading import read_paper
from api.bootstrap import Letopis
from api.malformed import places_of
from application.intake.answers import Answers
from application.intake.hand_in import HandedIn, Office, hand_in
from application.intake.refused import place_of
from application.ledger import Request
from application.progress import Progress, Stage, unheard
from domain.refusals import Malformed


class AnswersMalformed(Malformed):
    """Ответы не читаются: {why}.
    The answers can not be read: {why}.
    """


def answers_from(text: str) -> Answers:
    """Answers from a person's TOML, or from a program's JSON. Refuses: AnswersMalformed."""
    try:
        if text.lstrip().startswith("{"):
            return Answers.model_validate(from_json(text))
        return Answers.from_toml(text)
    except ValidationError as error:
        raise AnswersMalformed(why=(_places(error, "ru"), _places(error, "en"))) from error
    except ValueError as error:
        where = _where(str(error))
        raise AnswersMalformed(why=(f"это не TOML и не JSON{where}", str(error))) from error


def _places(error: ValidationError, language: str) -> str:
    """Every wrong place by its name in the file."""
    return "; ".join(
        f"{place.pointer.removeprefix('/').replace('/', '.')}: {place.why[language]}"
        for place in places_of(error)
    )


def _where(told: str) -> str:
    """The line that a parser tells of."""
    line = re.search(r"line (\d+)", told)
    return f" (строка {line[1]})" if line else ""


def handed_in(
    letopis: Letopis,
    content: bytes,
    name: str,
    answers: Answers,
    request: Request,
    *,
    dry_run: bool,
    remember: bool = False,
    progress: Progress = unheard,
) -> HandedIn:
    """Reads a file and takes it in. Refuses: what reading, the answers and the commands refuse."""
    office = Office(letopis.ledger, letopis.model, letopis.papers, letopis.clock)
    progress(Stage.READING, 0, 0)
    paper = read_paper(content, name)
    return hand_in(
        office,
        paper,
        content,
        answers,
        request,
        dry_run=dry_run,
        remember=remember,
        progress=progress,
    )


def digest_of(content: bytes, answers: Answers) -> str:
    """SHA-256 of what is asked: the file and what was answered to it."""
    return sha256(content + b"\0" + answers.model_dump_json().encode()).hexdigest()


def told(result: HandedIn) -> dict[str, Any]:
    """The answer to a paper: its tables, what could not be read, what does not add up, what changes."""
    receipt = result.receipt
    return {
        "program": result.program,
        "paper": result.digest,
        "known_as": result.known_as,
        "nothing_new": result.nothing_new,
        "tables": [
            {
                "number": table.number,
                "sheet": table.sheet or None,
                "kind": table.kind or None,
                "title": table.title or None,
                "rows": table.rows,
                "header": list(table.header),
                "columns": dict(table.columns),
                "unused": list(table.unused),
                "goes_on": table.goes_on,
            }
            for table in result.tables
        ],
        "unread": [
            {"at": one.at.model_dump(exclude_none=True), "place": place_of(one.at), "why": one.why}
            for one in result.unread
        ],
        "findings": [one.model_dump(mode="json") for one in result.findings],
        "changes": list(result.changes),
        "position": receipt.position if receipt else None,
        "positions": list(receipt.positions) if receipt else [],
    }
