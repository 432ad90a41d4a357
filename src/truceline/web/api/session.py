"""Signing in and out, the own password, one-time codes, and passwords for devices."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from truceline.accord.model.base import name_in
from truceline.app.accounts import (
    change_password,
    confirm_second_factor,
    new_second_factor,
    sessions_of,
)
from truceline.app.sign_ins import SIGNED_IN, sign_in
from truceline.core.errors import NotFound, NotSignedIn
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind, Role
from truceline.store.accounts import Account, Session
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import Asker, TheAsker, TheSite, need
from truceline.web.guard import cookie_of, device_digest
from truceline.web.site import Site

router = APIRouter(tags=["session"])

OPERATOR = "operator"
"""The account of whoever started the server on this machine."""


def session_dict(asker: Asker) -> dict[str, Any]:
    """Who is signed in and what they may, as plain JSON data."""
    account, session = asker.account, asker.session
    user = None
    if account is not None:
        user = {
            "id": account.id,
            "name": account.name,
            "role": str(account.role),
            "party": account.party,
            "language": account.language,
            "second_factor": account.second_factor,
        }
    return {
        "user": user,
        "role": str(asker.reader.role),
        "party": asker.reader.party,
        "csrf": session.csrf if session else None,
        "can": {str(kind): str(asker.reader.grant(kind)) for kind in Kind},
        "expires_at": isoformat_utc(session.expires_at) if session else None,
    }


@router.get("/session", dependencies=[need(None)], responses={200: {"model": models.SessionAnswer}})
def who(request: Request, asker: TheAsker) -> Response:
    """Who is signed in, what the role may see and do, and the token for writes."""
    provider = "/api/v1/session/oidc" if request.app.state.sign_ins is not None else None
    return answer(request, session_dict(asker) | {"provider": provider})


@router.post(
    "/session", dependencies=[need(None)], status_code=201, responses={201: {"model": models.SessionAnswer}}
)
def begin(request: Request, site: TheSite, asker: TheAsker, said: models.SignIn) -> Response:
    """Signs in. The session's token goes into a cookie that scripts cannot read."""
    token, session = sign_in(
        site.accounts, said.name, said.password, said.code, new_password=said.new_password,
        address=site.address(request.scope),
    )  # fmt: skip
    if asker.token is not None:
        site.accounts.close_session(asker.token)
    return _begun(request, site, token, session, status=201)


def _begun(request: Request, site: Site, token: str, session: Session, *, status: int) -> Response:
    account = session.account
    told = answer(
        request, session_dict(Asker(account.reader, account, session, token)), status=status,
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip
    set_session_cookie(request, site, told, token)
    return told


def set_session_cookie(request: Request, site: Site, response: Response, token: str) -> None:
    """Gives the browser its session."""
    response.set_cookie(
        cookie_of(request.url.scheme),
        token,
        max_age=int(site.settings.session_lasts.total_seconds()),
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )


@router.delete("/session", dependencies=[need(None)], status_code=204)
def end(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """Signs out: the session ends here and not only in the browser."""
    if asker.token is not None:
        site.accounts.close_session(asker.token)
    told = Response(status_code=204, headers={"Clear-Site-Data": '"cache"'})
    scheme = request.url.scheme
    told.delete_cookie(
        cookie_of(scheme), path="/", secure=scheme == "https", httponly=True, samesite="strict"
    )
    return told


@router.get("/session/local", dependencies=[need(None)], include_in_schema=False)
def local(request: Request, site: TheSite, token: str = "") -> Response:
    """Signs in whoever started the server on this machine, with the address that it printed."""
    expected = site.settings.local_token
    if expected is None or not secrets.compare_digest(token.encode(), expected.encode()):
        raise NotSignedIn("this address is not the one that the server printed")
    account = site.accounts.named(OPERATOR)
    now = site.desk.clock()
    if account is None:
        account = site.accounts.add(OPERATOR, Role.ADMINISTRATOR, now=now)
    site.accounts.sign_ins.record(
        account.id, SIGNED_IN, way="local", address=site.address(request.scope), now=now
    )
    opened, _ = site.accounts.open_session(account.id, now=now, lasts=site.settings.session_lasts)
    told = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    set_session_cookie(request, site, told, opened)
    return told


def _signed_in(asker: Asker) -> Account:
    if asker.account is None:
        raise NotSignedIn("sign in first")
    return asker.account


@router.get("/sessions", dependencies=[need(None)], responses={200: {"model": models.OwnSessions}})
def sessions(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """One's own sessions: where else one is signed in."""
    return answer(request, {"items": sessions_of(site.accounts, _signed_in(asker), asker.token)})


@router.delete("/sessions/{id}", dependencies=[need(None)], status_code=204)
def end_session(site: TheSite, asker: TheAsker, id: str) -> Response:
    """Ends one of one's own sessions. Raises NotFound where there is none."""
    site.accounts.close_session_of(_signed_in(asker).id, id)
    return Response(status_code=204)


@router.post("/session/password", dependencies=[need(None)], status_code=204)
def password(site: TheSite, asker: TheAsker, said: models.PasswordChange) -> Response:
    """Replaces the own password. All sessions of the account end."""
    change_password(site.accounts, _signed_in(asker), said.old, said.new)
    return Response(status_code=204)


@router.post(
    "/session/totp",
    dependencies=[need(None)],
    status_code=201,
    responses={201: {"model": models.SecondFactor}},
)
def second_factor(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """A new secret for one-time codes; it counts once a code of it was given."""
    title = name_in(site.desk.now().accord.accord.title, "en")
    return answer(request, new_second_factor(site.accounts, _signed_in(asker), title), status=201)


@router.put("/session/totp", dependencies=[need(None)], status_code=204)
def confirm(site: TheSite, asker: TheAsker, said: models.Code) -> Response:
    """Asks for one-time codes from now on. All sessions of the account end."""
    confirm_second_factor(site.accounts, _signed_in(asker), said.code)
    return Response(status_code=204)


@router.post(
    "/session/device-password",
    dependencies=[need(None)],
    status_code=201,
    responses={201: {"model": models.DevicePassword}},
)
def device_password(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """A new password for phones (forms) and GIS programs (OGC API), told once; the one before ends."""
    account = _signed_in(asker)
    made = secrets.token_urlsafe(16)
    site.accounts.change(account.id, form_password=device_digest(account.name, made))
    return answer(request, {"name": account.name, "password": made}, status=201)


@router.delete("/session/device-password", dependencies=[need(None)], status_code=204)
def end_device_password(site: TheSite, asker: TheAsker) -> Response:
    """Ends the password for devices. Raises NotFound where there is none."""
    account = _signed_in(asker)
    if site.accounts.secret(account.id, "form_password") is None:
        raise NotFound("there is no password for devices")
    site.accounts.change(account.id, form_password=None)
    return Response(status_code=204)
