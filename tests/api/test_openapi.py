"""The description of the interface: complete, stable, honest about refusals, served from here alone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.town import Town, program_of

OPERATIONS = {
    *("list_programs", "get_program", "list_indicators", "get_indicator", "get_budget"),
    *("get_road_map", "list_acts", "get_act_diff", "get_diff", "get_cell", "get_form"),
    *("get_form_file", "get_amendment_draft", "list_findings", "waive_finding"),
    "list_findings_between",
    *("hand_in", "get_paper"),
    *("list_events", "get_event", "list_program_events", "live", "ready", "metrics"),
    *("register_program", "amend_program", "withdraw_act", "report_fact", "report_facts"),
    *("correct_statement", "explain_deviation", "commit_money", "post_cash", "post_cash_batch"),
    *("grant_access", "revoke_access", "issue_key", "list_holdings", "publish_program"),
    *("reverse_cash", "complete_occurrence"),
    *("list_periods", "get_issued_file", "submit_report", "return_report", "accept_report"),
    *("close_period", "reopen_period", "list_refusals"),
}
"""Names that generated clients are made of: they do not change."""


@pytest.fixture(scope="module")
def document(papers: TestClient) -> Any:
    answer = papers.get("/openapi.json")
    assert answer.status_code == 200
    return answer.json()


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_operations_have_stable_names(document: Any) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(names) == len(set(names))
    assert set(names) == OPERATIONS


def test_every_operation_says_what_it_does(document: Any) -> None:
    silent = [o["operationId"] for _, _, o in operations(document) if not o.get("description")]
    assert not silent


def test_history_is_only_added_to(document: Any) -> None:
    assert {method for _, method, _ in operations(document)} == {"get", "post"}


def test_every_refusal_is_declared_as_a_problem(document: Any) -> None:
    for path, method, operation in operations(document):
        if path.startswith("/api/"):
            writes = {"404", "408", "409", "413", "415", "507"} if method == "post" else set()
            assert {"400", "422", "503"} | writes <= operation["responses"].keys(), path
        for status, response in operation["responses"].items():
            if status >= "400":
                content = response["content"]["application/problem+json"]
                assert content["schema"] == {"$ref": "#/components/schemas/Problem"}, path
    amending = document["paths"]["/api/v1/programs/{program}/amendments"]["post"]["responses"]
    assert {"200", "201", "409", "412", "428"} <= amending.keys()


def test_every_reference_leads_somewhere(document: Any) -> None:
    references = re.findall(r"'\$ref': '#/components/schemas/([^']+)'", str(document))
    assert set(references) <= document["components"]["schemas"].keys()
    assert "HTTPValidationError" not in references


def test_every_write_names_its_key(document: Any) -> None:
    for path, method, operation in operations(document):
        headers = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "header"}
        assert ("Idempotency-Key" in headers) == (method == "post"), path


def test_every_operation_that_needs_a_right_tells_how_to_show_it(document: Any) -> None:
    for path, _, operation in operations(document):
        open_to_all = path.startswith(("/health", "/metrics"))
        assert ("security" in operation) is not open_to_all, path


def examples(document: Any) -> Iterator[tuple[str, Any]]:
    for path, _, operation in operations(document):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        named = [one["value"] for one in body.get("examples", {}).values()]
        for example in [*named, *body.get("schema", {}).get("examples", ())]:
            yield path, example


def test_the_examples_can_be_recorded(document: Any, town: Town) -> None:
    """The program that the examples speak of has a goal, an indicator and a measure."""
    about = program_of()
    about["elements"][1]["id"] = "04.0.02.4"
    about["bodies"][0]["id"] = "mu-kultura"
    about["indicators"][0]["id"] = "goal-1"
    about["indicators"][0]["targets"]["2024"] = "80"
    about |= {"road_maps": [], "appropriations": [_MONEY]}
    described = Town.registered(town.client, about)
    found = list(examples(document))
    assert len(found) >= 4
    for path, example in found:
        filled = path.removeprefix("/api/v1/programs/{program}")
        filled = filled.replace("{indicator}", "goal-1").replace("{year}", "2024")
        described.records(filled, example, headers={"If-Match": str(described.last_position)})


_MONEY = {"year": 2024, "element": "04.0.02.4", "executor": "mu-kultura", "value": "99999.00"}


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
def test_the_pages_of_the_description_need_no_network(papers: TestClient, page: str) -> None:
    answer = papers.get(page)
    assert answer.status_code == 200
    assert "text/html" in answer.headers["content-type"]
    assets = re.findall(r"""(?:src|href)=["']([^"']+)["']""", answer.text)
    assert assets
    for asset in assets:
        assert asset.startswith("/"), asset
        found = papers.get(asset)
        assert (found.status_code, len(found.content) > 100) == (200, True), asset
    assert not re.search(r"https?://(?!127\.0\.0\.1|localhost)", answer.text)
