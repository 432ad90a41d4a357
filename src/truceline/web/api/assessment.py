"""How every obligation stands, and why; routes and effort."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from truceline.app.desk.trend import course_for, weeks_before
from truceline.app.desk.verdicts import assessment_for, explain_for, routes_for
from truceline.core.errors import InvalidInput
from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import TheAsker, TheQuestion, TheSite, instant, need

router = APIRouter(tags=["assessment"])

MOST_STEPS = 60


@router.get(
    "/assessment",
    dependencies=[need(Kind.VERDICTS, Kind.REPORTERS, Kind.CORRECTIONS)],
    responses={200: {"model": models.AssessmentAnswer}},
)
def assessment(request: Request, site: TheSite, asker: TheAsker, question: TheQuestion) -> Response:
    """The state of every obligation, from what the role may see: as `truceline assess --json`."""
    return answer(request, assessment_for(site.desk, asker.reader, question))


@router.get(
    "/assessment/series",
    dependencies=[need(Kind.VERDICTS)],
    responses={200: {"model": models.Series}},
)
def series(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    question: TheQuestion,
    start: Annotated[str, Query(max_length=40, description="The first instant or day.")],
    end: Annotated[str, Query(max_length=40, description="The last instant or day.")],
    step_days: Annotated[int, Query(ge=1, le=366)] = 1,
) -> Response:
    """The status of each obligation at several instants, at most 60, all from what was known at one. Made
    once for a state of the record."""
    first, last = instant(site, start, "start"), instant(site, end, "end")
    step = timedelta(days=step_days)
    if first is None or last is None or last < first or (last - first) / step >= MOST_STEPS:
        raise InvalidInput(f"start, end, step_days: accepted: 1 to {MOST_STEPS} steps")
    count = int((last - first) / step) + 1
    course = course_for(site.desk, asker.reader, question, [first + at * step for at in range(count)])
    return answer(request, course.as_steps())


@router.get(
    "/assessment/trend",
    dependencies=[need(Kind.VERDICTS)],
    responses={200: {"model": models.Trend}},
)
def trend(request: Request, site: TheSite, asker: TheAsker, question: TheQuestion) -> Response:
    """How every obligation stood at each of the weeks before `as_of`, from what is known at `known_at`: what
    a board draws beside the present. Made once for a state of the record; ask again with its ETag."""
    instants = weeks_before(site.desk, question)
    return answer(request, course_for(site.desk, asker.reader, question, instants).as_trend())


@router.get(
    "/explain/{id:path}",
    dependencies=[need(Kind.VERDICTS, Kind.REPORTERS, Kind.CORRECTIONS)],
    responses={200: {"model": models.Explanation}},
)
def explain(request: Request, site: TheSite, asker: TheAsker, question: TheQuestion, id: str) -> Response:
    """What an id stands for and why, as `truceline explain --json`, without what the role may not see."""
    return answer(request, explain_for(site.desk, asker.reader, id, question))


@router.get("/routes", dependencies=[need(Kind.ROUTES)], responses={200: {"model": models.Routes}})
def routes(request: Request, site: TheSite, asker: TheAsker, question: TheQuestion) -> Response:
    """Are the routes open: as `truceline route status --json`."""
    return answer(request, {"routes": routes_for(site.desk, asker.reader, question)})
