"""Signing in through a real OpenID Connect provider, which runs on this machine."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from served_mission import Mission
from starlette.testclient import TestClient

from truceline.core.errors import InvalidInput
from truceline.evidence.permissions import Role
from truceline.web.oidc import ProviderSettings, SignIns, read_provider

FOLDER = Path(__file__).parents[2] / "oidc_provider"
REDIRECT = "http://127.0.0.1/api/v1/session/oidc/callback"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The issuer of a provider that runs."""
    process = subprocess.Popen(
        ["node", "provider.mjs", REDIRECT],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    issuer = process.stdout.readline().strip()
    assert issuer.startswith("http://127.0.0.1:"), "run make oidc-provider"
    yield issuer
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


@pytest.fixture
def signing_in(own_mission: Mission, provider: str) -> Mission:
    settings = ProviderSettings(provider, "truceline", "a secret of the test", REDIRECT)
    own_mission.app.state.sign_ins = SignIns(settings)
    own_mission.site.accounts.add("Amina", Role.MONITOR, now=datetime.now(UTC), subject="amina@mission")
    return own_mission


def at_the_provider(address: str, who: str) -> str:
    """Goes through the provider's own pages as somebody; the address that it sends back to."""
    with httpx.Client() as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["location"])
                if target.startswith(REDIRECT):
                    return target
                answer = browser.get(target)
                continue
            action = re.search(r'action="([^"]+)"', answer.text)
            prompt = re.search(r'name="prompt" value="([^"]+)"', answer.text)
            assert action is not None
            assert prompt is not None
            form = {"prompt": prompt[1]} | ({"login": who, "password": "x"} if prompt[1] == "login" else {})
            answer = browser.post(urljoin(str(answer.url), action[1]), data=form)
    raise AssertionError("the provider sends nowhere")


def begun(mission: Mission) -> tuple[TestClient, str]:
    client = TestClient(mission.app, base_url="http://127.0.0.1", follow_redirects=False)
    answer = client.get("/api/v1/session/oidc")
    assert answer.status_code == 303, answer.text
    return client, answer.headers["location"]


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_whom_the_provider_vouches_for_signs_in_to_the_account_of_that_subject(signing_in: Mission) -> None:
    client, address = begun(signing_in)
    asked = parse_qs(urlsplit(address).query)
    assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])
    back = path_of(at_the_provider(address, "amina@mission"))
    done = client.get(back)
    assert (done.status_code, done.headers["location"]) == (303, "/"), done.text
    user = client.get("/api/v1/session").json()["user"]
    assert (user["name"], user["role"]) == ("Amina", "monitor")
    assert client.get(back).status_code == 401  # a code and a state count once


def test_who_has_no_account_here_is_not_let_in(signing_in: Mission) -> None:
    client, address = begun(signing_in)
    done = client.get(path_of(at_the_provider(address, "somebody@else")))
    assert done.json()["code"] == "not-signed-in"
    assert client.get("/api/v1/session").json()["role"] == "public"


def test_an_answer_for_another_browser_or_with_another_state_is_refused(signing_in: Mission) -> None:
    _, address = begun(signing_in)
    victim, _ = begun(signing_in)
    back = path_of(at_the_provider(address, "amina@mission"))
    assert victim.get(back).status_code == 401
    assert victim.get("/api/v1/session/oidc/callback?state=x&code=y").status_code == 401


@pytest.mark.parametrize("change", ["nonce", "audience"])
def test_a_token_for_another_sign_in_or_another_site_is_refused(signing_in: Mission, change: str) -> None:
    client, address = begun(signing_in)
    sign_ins: Any = signing_in.app.state.sign_ins
    (state,) = sign_ins._begun
    if change == "nonce":
        _, verifier, at = sign_ins._begun[state]
        sign_ins._begun[state] = "another", verifier, at
    back = path_of(at_the_provider(address, "amina@mission"))
    if change == "audience":
        real = sign_ins.settings
        made = sign_ins._client()
        sign_ins._client = lambda: made
        sign_ins.settings = ProviderSettings(real.issuer, "another site", real.client_secret, REDIRECT)
    assert client.get(back).json()["detail"] == "the provider's answer cannot be trusted"


def test_a_provider_is_configured_with_its_secret_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "provider.json"
    text = '{"issuer": "%s", "client_id": "c", "redirect_uri": "r", "client_secret_env": "SECRET_OF_US"}'
    path.write_text(text % "https://id.example/")
    with pytest.raises(InvalidInput, match="the environment has no SECRET_OF_US"):
        read_provider(path)
    monkeypatch.setenv("SECRET_OF_US", "s")
    assert read_provider(path) == ProviderSettings("https://id.example", "c", "s", "r")
    path.write_text(text % "http://id.example/")
    with pytest.raises(InvalidInput, match="accepted: https"):
        read_provider(path)


def test_a_server_without_a_provider_says_so(own_mission: Mission) -> None:
    assert own_mission.person("public").get("/api/v1/session/oidc").status_code == 404
