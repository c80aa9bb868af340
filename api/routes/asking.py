"""What routes share: how a question is answered and how a command is carried out."""

import hashlib
import re
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import quote, urlencode

import structlog
from fastapi import Depends, Header, Request, Response
from pydantic import ConfigDict, Field

from api.bootstrap import Letopis
from api.problems import NotServed
from application.access import Caller, Permission
from application.commands.command import Command, execute
from application.ledger import Receipt, Request as LedgerRequest
from application.ports import KeptPaper
from application.queries.viewpoint import (
    DEFAULT_ZONE,
    AskedViewpoint,
    Resolved,
    resolve,
    resolve_for,
)
from application.visible import Visible
from domain.dates import Viewpoint
from domain.values import Value

log = structlog.get_logger()
T = TypeVar("T")
_VERSION = version("letopis")
_NUMBER = re.compile(r"[0-9]{1,18}")


class NoParameters(Value):
    """A route without query parameters."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DryRun(Value):
    """Whether only to say what would change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dry_run: bool = Field(default=False, description="Только показать, что изменится")


class Page(AskedViewpoint):
    """A viewpoint and a page of a list."""

    limit: int = Field(default=100, ge=1, le=1000)
    next: str | None = Field(default=None, description="Метка следующей страницы из meta.next")


class ViewpointMeta(Value):
    """The viewpoint, fully resolved."""

    as_of: str
    dated_by: str
    at_position: int
    edition: str | None = None


class Basis(Value):
    """What the answer stands on: the size of the log at the viewpoint."""

    size: int


class Meta(Value):
    """What an answer is about."""

    viewpoint: ViewpointMeta | None = None
    basis: Basis
    next: str | None = None


class Answer(Value, Generic[T]):
    """The envelope of every answer."""

    data: T
    meta: Meta


class Recorded(Value):
    """What a command recorded: positions in the log, the last of them, and what else there is to say.
    A dry run has no positions, but `changes`: was → becomes of every cell.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    position: int
    positions: tuple[int, ...]


class Problem(Value):
    """RFC 9457 problem document. `values` are the values of a rule that refuses, `errors` the places of
    malformed data by JSON pointer.
    """

    type: str = Field(examples=["urn:letopis:problem:was_does_not_stand"])
    title: str
    status: int
    detail: str
    values: dict[str, str] | None = None
    errors: list[dict[str, str]] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The declared problems of a route."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": "Отказ", "model": Problem, "content": content}
        for status in (400, 401, 403, *statuses, 422, 429, 503)
    }


class Asking:
    """One HTTP request and the application that answers it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.letopis: Letopis = request.app.state.letopis
        self.caller: Caller = request.state.caller
        self.model: Visible = request.state.model

    def of_program(
        self, program: str, asked: AskedViewpoint, question: Callable[[Resolved], Any]
    ) -> Response:
        """An answer about one program at a viewpoint."""
        resolved = resolve_for(self.model, program, asked, self.letopis.now())
        return self._answer(
            self._canonical(resolved), resolved, question, spelled_out=asked.spelled_out
        )

    def of_two(
        self,
        program: str,
        sides: tuple[AskedViewpoint, AskedViewpoint],
        question: Callable[[Viewpoint, Viewpoint], Any],
    ) -> Response:
        """An answer about one program between two viewpoints; its meta tells the second one."""
        model, now = self.model, self.letopis.now()
        before, after = (resolve_for(model, program, side, now) for side in sides)
        parameters = {
            f"{side}_{name}": value
            for side, resolved in (("from", before), ("to", after))
            for name, value in resolved.parameters().items()
        }
        return self._answer(
            parameters,
            after,
            lambda _: question(before.viewpoint, after.viewpoint),
            spelled_out=all(side.spelled_out for side in sides),
        )

    def of_all(self, asked: AskedViewpoint, question: Callable[[Resolved], Any]) -> Response:
        """An answer about several programs; days are those of Moscow."""
        if asked.edition is not None:
            raise NotServed(
                422,
                "edition_of_what",
                "edition относится к одной программе.",
                "An edition belongs to one program.",
            )
        model = self.model
        viewpoint = resolve(model, DEFAULT_ZONE, asked, self.letopis.now())
        resolved = Resolved(viewpoint)
        return self._answer(
            self._canonical(resolved), resolved, question, spelled_out=asked.spelled_out
        )

    def _answer(
        self,
        parameters: Mapping[str, str],
        resolved: Resolved,
        question: Callable[[Resolved], Any],
        *,
        spelled_out: bool,
    ) -> Response:
        spelled = f"{quote(self.request.url.path)}?{urlencode(parameters)}"
        headers = {
            "ETag": f'"{hashlib.sha256(f"{_VERSION} {spelled}".encode()).hexdigest()[:32]}"',
            "Link": f'<{spelled}>; rel="canonical"',
            "Vary": "Authorization, Cookie",
            "Cache-Control": "private, immutable, max-age=31536000"
            if spelled_out
            else "private, no-cache",
        }
        if headers["ETag"] in self.known_tags():
            return Response(status_code=304, headers=headers)
        found = question(resolved)
        if isinstance(found, Response):
            found.headers.update(headers)
            return found
        data, following = found if isinstance(found, Paged) else (found, None)
        meta = meta_of(resolved, following)
        return json_answer(Answer[Any](data=data, meta=meta), 200, headers)

    def known_tags(self) -> set[str]:
        """The tags of what the client already has."""
        tags = self.request.headers.get("if-none-match", "").split(",")
        return {tag.strip().removeprefix("W/") for tag in tags}

    def _canonical(self, resolved: Resolved) -> dict[str, str]:
        named = set(AskedViewpoint.model_fields)
        other = {k: v for k, v in sorted(self.request.query_params.items()) if k not in named}
        return resolved.parameters() | other

    def record(
        self,
        program: str,
        command: Command,
        key: str | None,
        *,
        dry_run: bool = False,
        if_match: int | None = None,
        shown_once: Mapping[str, str] | None = None,
    ) -> Response:
        """Carries a command out as who asks for it. `shown_once` is told by the first answer alone."""
        if key is None and not dry_run:
            raise NotServed(
                400,
                "no_idempotency_key",
                "Нужен заголовок Idempotency-Key: по нему повтор запроса не запишется дважды.",
                "The header Idempotency-Key is required.",
            )
        request = self.asks(key, self.request.scope["digest"])
        receipt = execute(
            self.letopis.ledger,
            self.letopis.clock,
            program,
            command,
            request,
            dry_run=dry_run,
            if_match=if_match,
        )
        log.info(
            "dry run" if dry_run else "recorded",
            command=command.name,
            program=program,
            position=receipt.position,
            replayed=receipt.replayed,
        )
        return recorded(receipt, dry_run=dry_run, shown_once=shown_once)

    def paper(self, digest: str) -> KeptPaper | None:
        """A kept file, if the caller may open those of a program that it was handed in about."""
        papers = self.letopis.papers
        rows = (self.model.program(program) for program in papers.programs_of(digest))
        opens = {Permission.READ_PAPERS}
        may = any(row and self.caller.role_for(opens, row.where) for row in rows)
        return papers.paper(digest) if may or self.caller.reads_log else None

    def asks(self, key: str | None, digest: str) -> LedgerRequest:
        """What the caller asks, recorded once per their key."""
        return LedgerRequest(
            caller=self.caller,
            key=self.caller.own(key) if key else None,
            digest=digest,
            request_id=self.request.scope["request_id"],
        )


class Paged(tuple[Any, str | None]):
    """A page of a list and the mark of the next one."""

    __slots__ = ()


def page(items: Sequence[T], key: Callable[[T], str], asked: Page) -> Paged:
    """The page of a list that is sorted by `key` after the mark. Refuses: 422 a foreign mark."""
    after = unmark(asked.next) if asked.next else None
    rest = [item for item in items if after is None or key(item) > after]
    shown = rest[: asked.limit]
    following = mark(key(shown[-1])) if len(rest) > asked.limit else None
    return Paged((shown, following))


def mark(text: str) -> str:
    """An opaque mark of a page."""
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unmark(marked: str) -> str:
    """What a mark stands for. Refuses: 422."""
    try:
        padded = marked + "=" * (-len(marked) % 4)
        return b64decode(padded, altchars=b"-_", validate=True).decode()
    except ValueError:
        raise unknown_mark() from None


def number_in(marked: str) -> int:
    """The number that a mark stands for. Refuses: 422."""
    text = unmark(marked)
    if not _NUMBER.fullmatch(text):
        raise unknown_mark()
    return int(text)


def unknown_mark() -> NotServed:
    """A mark of a page that was not given by an answer."""
    return NotServed(422, "unknown_mark", "Метка страницы неизвестна.", "The page mark is unknown.")


def meta_of(resolved: Resolved, following: str | None = None) -> Meta:
    """The meta of an answer at a viewpoint."""
    view = resolved.viewpoint
    return Meta(
        viewpoint=ViewpointMeta(
            as_of=view.as_of.isoformat(),
            dated_by=view.dated_by.isoformat(),
            at_position=view.at_position,
            edition=resolved.edition,
        ),
        basis=Basis(size=view.at_position),
        next=following,
    )


def recorded(
    receipt: Receipt, *, dry_run: bool, shown_once: Mapping[str, str] | None = None
) -> Response:
    """The answer to a command: 201, or 200 to a dry run. What is `shown_once` is not in a replayed one: that
    tells its names.
    """
    data = {"position": receipt.position, "positions": receipt.positions, **receipt.result}
    if shown_once:
        data |= {"shown_once": list(shown_once)} if receipt.replayed else shown_once
    size = receipt.position + (not dry_run)
    answer = Answer[Any](data=data, meta=Meta(basis=Basis(size=size)))
    headers = {"Cache-Control": "no-store"}
    if receipt.replayed:
        headers["Idempotent-Replayed"] = "true"
    return json_answer(answer, 200 if dry_run else 201, headers)


def json_answer(answer: Answer[Any], status: int, headers: Mapping[str, str]) -> Response:
    """An envelope as JSON; members of the meta that are not there are left out."""
    data = answer.model_dump_json(include={"data"})
    meta = answer.meta.model_dump_json(exclude_none=True)
    body = f'{data[:-1]},"meta":{meta}}}'
    return Response(body, status, dict(headers), media_type="application/json")


Asked = Annotated[Asking, Depends(Asking)]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="По этому ключу повтор запроса не запишется дважды",
        examples=["6f1c2d0e-fact-2021"],
    ),
]
