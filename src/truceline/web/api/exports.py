"""Data and reports as files: ordered, made by the workshop, and fetched by whoever ordered them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import FileResponse, Response

from truceline.app.orders.order import MEDIA_TYPES, Order
from truceline.app.orders.workshop import PUBLIC, Job, job_dict
from truceline.core.errors import NotAllowed, NotFound, NotSignedIn
from truceline.evidence.permissions import EDITION_ROLES, Kind, Reader, Role, editions_for
from truceline.products.export.layers import LAYERS
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import SENSITIVE, Asker, TheAsker, TheSite, need
from truceline.web.site import Site

router = APIRouter(tags=["exports"])


def owner_of(asker: Asker) -> str:
    """Whose orders are meant: an account's, or those of the public."""
    return asker.account.id if asker.account is not None else PUBLIC


@router.get("/exports", dependencies=[need(Kind.EXPORT)], responses={200: {"model": models.Orders}})
def orders(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    ids: Annotated[
        str, Query(max_length=1000, description="Orders of the public, by their ids with commas.")
    ] = "",
) -> Response:
    """The account's orders, and what this role may order. The public's orders are found by their ids."""
    owner = owner_of(asker)
    found = site.workshop.jobs(owner) if owner != PUBLIC else []
    for one in ids.split(",")[:20] if owner == PUBLIC else []:
        try:
            found.append(site.workshop.job(PUBLIC, one))
        except NotFound:
            continue  # it is over, and was let go of
    editions = editions_for(asker.reader)
    return answer(
        request,
        {
            "items": [job_dict(one) for one in found if one.order.what != "draft"],
            "editions": list(editions),
            "layers": {
                one: [layer.id for layer in LAYERS if layer.open_to(Reader(EDITION_ROLES[one]))]
                for one in editions
            },
            "may_publish": asker.reader.may(Kind.PUBLISH),
        },
    )


@router.post(
    "/exports",
    dependencies=[need(Kind.EXPORT)],
    status_code=202,
    responses={202: {"model": models.Order}},
)
def order(request: Request, site: TheSite, asker: TheAsker, said: models.NewOrder) -> Response:
    """Orders a data product or a report. It is made apart; its state is told, and then its file fetched."""
    if said.publish and not asker.reader.may(Kind.PUBLISH):
        raise NotAllowed(f"the role {asker.reader.role} may not publish")
    _need_edition(asker, said.edition)
    wanted = Order(
        **(said.model_dump() | {"layers": tuple(said.layers)}),
        author=asker.author if said.publish else "",
    )
    job = site.workshop.order(owner_of(asker), wanted, site.desk.version())
    return answer(request, job_dict(job), status=202, headers={"Location": f"/api/v1/exports/{job.id}"})


@router.get("/exports/{id}", dependencies=[need(Kind.EXPORT)], responses={200: {"model": models.Order}})
def state(request: Request, site: TheSite, asker: TheAsker, id: str) -> Response:
    """What became of an order."""
    return answer(request, job_dict(_own(site, asker, id)))


@router.get(
    "/exports/{id}/file",
    dependencies=[need(Kind.EXPORT)],
    responses={200: {"content": {"application/octet-stream": {}}}},
    response_class=Response,
)
def file(request: Request, site: TheSite, asker: TheAsker, id: str) -> Response:
    """The file that was made. Fetching what is sensitive is put down as a reading."""
    job = _own(site, asker, id)
    path = site.workshop.file(job)
    read = [str(kind) for kind in SENSITIVE if Reader(EDITION_ROLES[job.order.edition]).may(kind)]
    if read:
        what = f"{request.url.path} {job.order.what} {path.name} {','.join(job.order.layers)}"
        site.accounts.record_reading(asker.account, read, what[:2000], now=site.desk.clock())
    return FileResponse(
        path,
        media_type=MEDIA_TYPES[job.order.format],
        filename=path.name,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
    )


@router.delete("/exports/{id}", dependencies=[need(Kind.EXPORT)], status_code=204)
def take_back(site: TheSite, asker: TheAsker, id: str) -> Response:
    """Takes an order back: it is not made, or its file is removed."""
    site.workshop.drop(_own(site, asker, id))
    return Response(status_code=204)


def _own(site: Site, asker: Asker, id: str) -> Job:
    """An order of the one who asks, who may still see its edition: a role can have changed since."""
    job = site.workshop.job(owner_of(asker), id)
    if job.order.what == "draft":
        raise NotFound(f"there is no order {id}")
    _need_edition(asker, job.order.edition)
    return job


def _need_edition(asker: Asker, edition: str) -> None:
    accepted = editions_for(asker.reader)
    if edition in accepted:
        return
    if asker.reader.role is Role.PUBLIC:
        raise NotSignedIn(f"the {edition} edition is only for those who have signed in")
    raise NotAllowed(
        f"the role {asker.reader.role} may not take out the {edition} edition; "
        f"accepted: {', '.join(accepted)}"
    )
