"""Accounts, and the log of readings: for administrators."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from truceline.app.accounts import account_dict, add_account, hashed, need_good_password, need_role
from truceline.core.errors import Conflict, InvalidInput
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import TheAsker, TheSite, need

router = APIRouter(tags=["accounts"])


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
    if said.password is not None:
        need_good_password(said.password, account.name)
        fields["password"] = hashed(said.password)
    if said.second_factor is False:
        fields |= {"totp": None, "totp_pending": None}
    if said.ended is not None:
        fields["ended_at"] = site.desk.clock() if said.ended else None
    if not fields:
        raise InvalidInput("nothing is to be changed; accepted: role, party, password, second_factor, ended")
    return answer(request, account_dict(site.accounts.change(id, **fields)))


@router.get("/readings", dependencies=[need(Kind.READINGS_LOG)], responses={200: {"model": models.Readings}})
def readings(
    request: Request,
    site: TheSite,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """Who read which sensitive data, newest first. `first_bad`: the first entry that was changed."""
    found = site.accounts.readings(before=before, limit=limit)
    names = {one.id: one.name for one in site.accounts.accounts()}
    items = [
        {
            "seq": one.seq,
            "at": isoformat_utc(one.at),
            "account": one.account,
            "name": names.get(one.account),
            "role": one.role,
            "party": one.party,
            "kinds": list(one.kinds),
            "what": one.what,
        }
        for one in found
    ]
    following = str(found[-1].seq) if len(found) == limit else None
    return answer(request, {"items": items, "next": following, "first_bad": site.accounts.readings_hold()})
