"""The ASGI application: endpoints, errors, the guard around them, and the web application's files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from truceline import __version__
from truceline.app.alerts import AlertDesk
from truceline.app.desk.news import News, Newsroom
from truceline.app.orders.workshop import job_dict
from truceline.app.report import report_html
from truceline.core.errors import NotAllowed, NotFound
from truceline.evidence.permissions import Kind
from truceline.web import models, oidc, openrosa
from truceline.web.answers import of_bytes
from truceline.web.api import ROUTERS
from truceline.web.asking import TheAsker, TheSite, need
from truceline.web.guard import Guard
from truceline.web.methods import Methods
from truceline.web.ogc import features, tile_sets
from truceline.web.oidc import ProviderSettings, SignIns
from truceline.web.problems import PROBLEM, add_problems
from truceline.web.site import Site

DESCRIPTION = """\
Truceline of one workspace. Every answer holds what the role of whoever asks may see, by the permission matrix
(docs/reference/permissions.md). Errors are RFC 9457 problems; reads carry an ETag; writes take an
Idempotency-Key and need the session's token as X-CSRF-Token.
"""
LANGUAGES = ("en", "ar", "ru", "tr")
MESSAGES = ("app.ftl", "calendar.ftl", "report.ftl")
"""What the application says; everything in them is public."""

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": models.Problem, "content": {PROBLEM: {}}, "description": words}
    for status, words in (
        (400, "The request cannot be used"),
        (401, "Sign in first"),
        (403, "The role may not do this"),
        (404, "Not found, or not for this role"),
        (409, "It contradicts what is recorded"),
        (413, "What was sent is too large"),
        (422, "What was sent cannot be used"),
        (429, "Too many requests"),
    )
}


def make_application(site: Site, provider: ProviderSettings | None = None) -> FastAPI:
    """The application of a site; `provider` signs people in too. Closing the site is for the caller."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        running = (app.state.newsroom, app.state.alerts, site.workshop)
        tasks = [asyncio.create_task(one.run()) for one in running]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    app = FastAPI(
        title="Truceline",
        version=__version__,
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.site = site
    app.state.newsroom = newsroom = Newsroom(site.desk)
    site.workshop.told = lambda job: newsroom.tell(job.owner, News("order", job_dict(job)))
    app.state.alerts = AlertDesk(site.desk, site.accounts, site.settings.alert_hosts)
    app.state.methods = Methods((prefix, router) for prefix, router in mounted() if router is not _pages)
    app.state.sign_ins = SignIns(provider) if provider is not None else None
    add_problems(app)
    for prefix, router in mounted():
        app.include_router(router, prefix=prefix, responses=_PROBLEMS)
    app.add_middleware(Guard, site=site)
    return app


def mounted() -> list[tuple[str, APIRouter]]:
    """Every router with the path that it stands under, in the order in which they are asked."""
    return [
        *(("/api/v1", router) for router in ROUTERS),
        ("/api/v1", oidc.router),
        ("/ogc", features.router),
        ("/ogc", tile_sets.router),
        ("/forms", openrosa.router),
        ("", _pages),
    ]


_pages = APIRouter(include_in_schema=False)


@_pages.get("/report", dependencies=[need(Kind.REPORTERS, Kind.CONFIDENTIAL)])
def report(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """The static report with everything in it, for those who see everything."""
    from truceline.web.static_report import REPORT_POLICY, request_of

    if not asker.reader.may(Kind.CASE_REPORTERS):
        raise NotAllowed("the report as it is served here holds everything")
    page = report_html(site.workspace.root, request_of(request.url.query), served=True)
    return HTMLResponse(page, headers={"Content-Security-Policy": REPORT_POLICY, "Cache-Control": "no-store"})


@_pages.get("/api/v1/{rest:path}", dependencies=[need(None)])
def no_endpoint(request: Request, rest: str) -> Response:
    """What is no endpoint, or one that is not read."""
    if request.app.state.methods.at(request.url.path):
        raise HTTPException(405)
    raise NotFound(f"there is no endpoint /api/v1/{rest}")


@_pages.get("/locale/{language}/{name}", dependencies=[need(None)])
def messages(request: Request, language: str, name: str) -> Response:
    """The application's words: the package's own messages, so that no word of it is built in twice."""
    if language not in LANGUAGES or name not in MESSAGES:
        raise NotFound(f"there is nothing at /locale/{language}/{name}")
    text = resources.files("truceline").joinpath("locale", language, name).read_bytes()
    return of_bytes(request, text, media_type="text/plain; charset=utf-8")


@_pages.get("/{path:path}", dependencies=[need(None)])
def page(site: TheSite, path: str) -> Response:
    """The web application: its files, and for every other address the page that draws it."""
    folder = site.settings.application
    file = _built(folder, path)
    if file is not None:
        return _file(file, path)
    index = folder / "index.html"
    if not index.is_file():
        if path:
            raise NotFound(f"there is nothing at /{path}")
        return RedirectResponse("/report", status_code=307)
    if "." in path.rpartition("/")[2]:
        raise NotFound(f"there is nothing at /{path}")
    return FileResponse(index, headers={"Cache-Control": "no-cache"})


def _built(folder: Path, path: str) -> Path | None:
    """The file of the application at an address; None where there is none."""
    try:
        file = (folder / path).resolve()
        return file if path and file.is_relative_to(folder.resolve()) and file.is_file() else None
    except (OSError, ValueError):  # no file has such a name: it is too long, or holds a NUL
        return None


def _file(file: Path, path: str) -> Response:
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    if not path.startswith("assets/"):
        headers = {"Cache-Control": "no-cache"}
    if path == "sw.js":
        headers["Service-Worker-Allowed"] = "/"
    media_type = {".webmanifest": "application/manifest+json", ".pmtiles": "application/octet-stream"}.get(
        file.suffix
    )
    return FileResponse(file, headers=headers, media_type=media_type)
