"""How many observations there are of each family: what a map of many of them says beside its layers."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter, Request
from starlette.responses import Response

from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import TheAsker, TheSite, need
from truceline.web.rows import TheFilter

router = APIRouter(tags=["observations"])


@router.get(
    "/observations/counts",
    dependencies=[need(Kind.OBSERVATIONS, Kind.REPORTERS, Kind.CONFIDENTIAL)],
    responses={200: {"model": models.Counts}},
)
def counts(request: Request, site: TheSite, asker: TheAsker, filter: TheFilter) -> Response:
    """How many observations match in all, and of each family: reported and invented apart."""
    view = site.desk.view(asker.reader)
    rows, total = view.select(filter, limit=max(len(view), 1))
    names = sorted(set(view.families))
    family = np.array([names.index(one) for one in view.families] or [0])[view.kind[rows]]
    found = np.bincount(2 * family + view.invented[rows], minlength=2 * len(names)).reshape(-1, 2)
    items = [
        {"family": name, "reported": int(reported), "invented": int(invented)}
        for name, (reported, invented) in zip(names, found, strict=True)
        if reported or invented
    ]
    return answer(request, {"items": items, "total": total})
