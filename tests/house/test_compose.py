"""docker-compose.yml against what it promises; there need be no Docker to check it."""

import asyncio
import re
from ipaddress import ip_address, ip_network
from typing import Any, cast

import pytest
import yaml
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.settings import Settings
from tests.house.tree import ROOT, text

TEXT = text("docker-compose.yml")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["migrate", "app"]
KEYS = {
    *("image", "build", "command", "environment", "volumes", "ports", "healthcheck", "restart"),
    *("networks", "depends_on", "user", "read_only", "tmpfs", "cap_drop", "security_opt"),
}


def test_the_containers_and_their_keys_are_known() -> None:
    assert set(COMPOSE) == {"services", "volumes", "networks"}
    assert set(SERVICES) == {"database", "migrate", "app"}
    assert not {key for service in SERVICES.values() for key in service} - KEYS


@pytest.mark.parametrize("name", SERVICES)
def test_an_image_has_a_version(name: str) -> None:
    _, _, tag = SERVICES[name]["image"].partition(":")
    assert re.match(r"\d", tag)


def test_the_image_is_built_on_a_version_and_from_the_lock() -> None:
    dockerfile = text("Dockerfile")
    assert re.search(r"^FROM python:3\.\d+-slim", dockerfile, re.MULTILINE)
    assert "uv sync --frozen --no-dev" in dockerfile
    assert re.search(r"^USER 10001$", dockerfile, re.MULTILINE)


@pytest.mark.parametrize("name", OURS)
def test_ours_run_with_nothing_that_they_do_not_need(name: str) -> None:
    service = SERVICES[name]
    assert service["user"] == "10001"
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 (the container's own)
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_each_waits_for_what_it_needs() -> None:
    waits = {name: cast("dict[str, Any]", SERVICES[name]["depends_on"]) for name in OURS}
    assert waits["migrate"]["database"]["condition"] == "service_healthy"
    assert waits["app"]["database"]["condition"] == "service_healthy"
    assert waits["app"]["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["restart"] == "no"
    for name in ("database", "app"):
        assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_nothing_is_published_beyond_this_machine() -> None:
    assert SERVICES["app"]["ports"] == ["127.0.0.1:8000:8000"]
    assert not [name for name in ("database", "migrate") if "ports" in SERVICES[name]]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name: SERVICES[name]["networks"] for name in SERVICES} == {
        "database": ["inside"],
        "migrate": ["inside"],
        "app": ["inside", "outside"],
    }


def test_the_application_starts_safely() -> None:
    """What `serve` would refuse in a container: it listens on the network that compose makes for it."""
    given = SERVICES["app"]["environment"]
    assert given["LETOPIS_HOST"] == "0.0.0.0"  # noqa: S104 (of the container alone)
    assert given["LETOPIS_PUBLIC_URL"].startswith("${LETOPIS_PUBLIC_URL:?")
    assert "LETOPIS_ENVIRONMENT" not in given


def test_only_the_proxy_of_the_machine_tells_for_whom_it_forwards() -> None:
    """What a client writes into the header itself is not taken for their address."""
    (network,) = COMPOSE["networks"]["outside"]["ipam"]["config"]
    trusted = SERVICES["app"]["environment"]["FORWARDED_ALLOW_IPS"]
    assert trusted == network["gateway"]
    assert ip_address(trusted) in ip_network(network["subnet"])
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    forwarded = (b"x-forwarded-for", b"192.0.2.66, 203.0.113.9")
    for whence in (trusted, "172.31.240.7"):
        scope: Any = {"type": "http", "client": (whence, 1), "headers": [forwarded]}
        asyncio.run(
            ProxyHeadersMiddleware(app, trusted)(scope, cast("Any", None), cast("Any", None))
        )
    assert seen == ["203.0.113.9", "172.31.240.7"]


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "SECRET" in name:
                assert re.fullmatch(r"\$\{\w+(:[?-].*)?\}", value)
            for inside in re.findall(r"://\w+:([^@]+)@", value):
                assert re.fullmatch(r"\$\{\w+\}", inside)
    secrets = set(re.findall(r"\$\{(\w+)", TEXT))
    required = set(re.findall(r"\$\{(\w+):\?", TEXT))
    sign_in = {f"LETOPIS_OIDC_{name}" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")}
    assert secrets - required == sign_in
    assert required == {"POSTGRES_PASSWORD", "LETOPIS_APP_PASSWORD", "LETOPIS_PUBLIC_URL"}


def test_the_application_never_gets_the_owners_role() -> None:
    assert "letopis_app:" in SERVICES["app"]["environment"]["LETOPIS_DATABASE_URL"]
    assert "OWNER" not in str(SERVICES["app"]["environment"])


def test_every_variable_of_ours_is_a_setting() -> None:
    named = set(re.findall(r"LETOPIS_\w+", TEXT))
    assert named <= {f"LETOPIS_{name.upper()}" for name in Settings.model_fields}


def test_the_data_outlives_the_container() -> None:
    # From version 18 on the image keeps its data one folder higher than before.
    assert SERVICES["database"]["volumes"] == ["database:/var/lib/postgresql"]
    assert "database" in COMPOSE["volumes"]


def test_the_image_takes_in_what_the_dockerfile_copies() -> None:
    let_in = {line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")}
    copied: set[str] = set()
    for line in re.findall(r"^COPY (.+)$", text("Dockerfile"), re.MULTILINE):
        copied |= set(line.split()[:-1])
    assert copied == let_in
    assert all((ROOT / name).exists() for name in let_in)
