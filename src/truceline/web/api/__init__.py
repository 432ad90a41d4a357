"""The API's endpoints, one module per group of things."""

from fastapi import APIRouter

from truceline.web.api import (
    accord,
    accounts,
    alerts,
    assessment,
    cases,
    consent,
    corrections,
    counts,
    drafts,
    events,
    exports,
    ground,
    log,
    observations,
    session,
)

ROUTERS: tuple[APIRouter, ...] = (
    session.router,
    accord.router,
    assessment.router,
    counts.router,  # before what takes any name for an id
    observations.router,
    corrections.router,
    ground.router,
    cases.router,
    consent.router,
    log.router,
    accounts.router,
    drafts.router,
    exports.router,
    alerts.router,
    events.router,
)
