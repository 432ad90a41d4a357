"""Alerts: what is new, sent to a webhook or by e-mail."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from truceline.app.alerts import add_alert, alert_dict, remove_alert
from truceline.core.errors import NotSignedIn
from truceline.evidence.permissions import Kind
from truceline.store.accounts import Account
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import Asker, TheAsker, TheSite, need

router = APIRouter(tags=["alerts"])


def _account(asker: Asker) -> Account:
    if asker.account is None:
        raise NotSignedIn("sign in first")
    return asker.account


@router.get("/alerts", dependencies=[need(Kind.ALERT)], responses={200: {"model": models.Alerts}})
def alerts(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """The own alerts, and how many messages of each wait to be sent; an administrator sees all.

    Passwords in addresses are left out.
    """
    every = asker.reader.may(Kind.MANAGE_ACCOUNTS)
    held = [one for one in site.accounts.alerts.all() if every or one.account == _account(asker).id]
    return answer(
        request, {"items": [alert_dict(one) for one in held], "hosts": sorted(site.settings.alert_hosts)}
    )


@router.post(
    "/alerts",
    dependencies=[need(Kind.ALERT)],
    status_code=201,
    responses={201: {"model": models.AlertAnswer}},
)
def make(request: Request, site: TheSite, asker: TheAsker, said: models.NewAlert) -> Response:
    """Makes an alert, to a host that the server was started with."""
    made = add_alert(
        site.desk, site.accounts, _account(asker), said.to, events=tuple(said.events),
        zones=tuple(said.zones), hosts=site.settings.alert_hosts,
    )  # fmt: skip
    return answer(request, alert_dict(made), status=201)


@router.delete("/alerts/{id}", dependencies=[need(Kind.ALERT)], status_code=204)
def end(site: TheSite, asker: TheAsker, id: str) -> Response:
    """Ends an alert."""
    remove_alert(site.accounts, id, _account(asker), any_account=asker.reader.may(Kind.MANAGE_ACCOUNTS))
    return Response(status_code=204)
