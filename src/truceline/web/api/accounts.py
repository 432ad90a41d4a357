"""Accounts, and the log of readings: for administrators."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from truceline.app.accounts import account_dict, add_account, give_password, need_role
from truceline.app.readings import readings_page
from truceline.app.sign_ins import sign_ins_page
from truceline.core.errors import Conflict, InvalidInput
from truceline.core.instants import parse_start, zone_of
from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import TheAsker, TheSite, need

router = APIRouter(tags=["accounts"])

Limit = Annotated[int, Query(ge=1, le=1000)]
Before = Annotated[int | None, Query(ge=1, le=2**53, description="What the page before gave as next.")]
ByAccount = Annotated[str | None, Query(max_length=200, description="Only by this account.")]


@router.get("/accounts", dependencies=[need(Kind.ACCOUNTS)], responses={200: {"model": models.Accounts}})
def accounts(request: Request, site: TheSite) -> Response:
    """All accounts, those that ended too."""
    return answer(request, {"items": [account_dict(one) for one in site.accounts.accounts()]})


@router.post(
    "/accounts",
    dependencies=[need(Kind.MANAGE_ACCOUNTS)],
    status_code=201,
    responses={201: {"model": models.AccountAnswer}},
)
def make(request: Request, site: TheSite, said: models.NewAccount) -> Response:
    """Makes an account."""
    made = add_account(
        site.workspace, site.accounts, said.name, said.role, party=said.party, password=said.password,
        language=said.language, subject=said.subject,
    )  # fmt: skip
    return answer(request, account_dict(made), status=201)


@router.patch(
    "/accounts/{id}",
    dependencies=[need(Kind.MANAGE_ACCOUNTS)],
    responses={200: {"model": models.AccountAnswer}},
)
def change(request: Request, site: TheSite, asker: TheAsker, id: str, said: models.AccountChange) -> Response:
    """Changes an account: role, password, no second factor, ended or not. Its sessions end."""
    account = site.accounts.account(id)
    fields: dict[str, Any] = {}
    given = said.model_fields_set
    if asker.account is not None and asker.account.id == id and given & {"role", "party", "ended"}:
        raise Conflict(
            "nobody changes the own role or ends the own account", hint="another administrator can"
        )
    if given & {"role", "party"}:
        role = said.role if said.role is not None else str(account.role)
        party = said.party if "party" in given else account.party if role == account.role else None
        fields |= {"role": need_role(site.workspace, role, party), "party": party}
    if said.second_factor is False:
        fields |= {"totp": None, "totp_pending": None}
    if said.ended is not None:
        fields["ended_at"] = site.desk.clock() if said.ended else None
    if said.password is not None:
        account = give_password(site.accounts, account, said.password)
    elif not fields:
        raise InvalidInput("nothing is to be changed; accepted: role, party, password, second_factor, ended")
    return answer(request, account_dict(site.accounts.change(id, **fields) if fields else account))


@router.get("/sign-ins", dependencies=[need(Kind.READINGS_LOG)], responses={200: {"model": models.SignIns}})
def sign_ins(
    request: Request,
    site: TheSite,
    limit: Limit = 100,
    before: Before = None,
    account: ByAccount = None,
    failed: Annotated[bool, Query(description="Only those that failed.")] = False,
) -> Response:
    """Who signed in or tried to, newest first. Kept for 90 days."""
    page = sign_ins_page(site.accounts, limit=limit, before=before, account=account, failed=failed)
    return answer(request, page)


@router.get("/readings", dependencies=[need(Kind.READINGS_LOG)], responses={200: {"model": models.Readings}})
def readings(
    request: Request,
    site: TheSite,
    limit: Limit = 100,
    before: Before = None,
    account: ByAccount = None,
    kind: Annotated[str | None, Query(max_length=40, description="Only of this kind of data.")] = None,
    since: Annotated[str | None, Query(max_length=40, description="Only since this instant.")] = None,
) -> Response:
    """Who read which sensitive data, newest first. `first_bad`: the first entry that was changed."""
    zone = zone_of(site.desk.now().accord.accord.time_zone)
    first = parse_start(since, zone, field="since") if since else None
    page = readings_page(site.accounts, limit=limit, before=before, account=account, kind=kind, since=first)
    return answer(request, page)
