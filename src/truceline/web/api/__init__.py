"""The API's endpoints, one module per group of things."""

from fastapi import APIRouter

from truceline.web.api import (
    accord,
    accounts,
    alerts,
    assessment,
    cases,
    consent,
    events,
    ground,
    log,
    observations,
    session,
)

ROUTERS: tuple[APIRouter, ...] = (
    session.router,
    accord.router,
    assessment.router,
    observations.router,
    ground.router,
    cases.router,
    consent.router,
    log.router,
    accounts.router,
    alerts.router,
    events.router,
)
