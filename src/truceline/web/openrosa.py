"""Field forms over OpenRosa, as ODK Collect and KoboCollect speak it: list, forms, submissions.

Phones sign in with a device's password, by Digest or Basic. What they send is recorded like any evidence,
once, whoever sends it how often; photographs are stripped of what they tell beside the picture.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Annotated, Any
from xml.sax.saxutils import escape

from fastapi import APIRouter, Query, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from truceline.app.desk.attachments import attachments_of, clean_picture, keep_picture
from truceline.app.desk.recording import record_file
from truceline.app.forms.definitions import FORMS, Form, title_of, version_of, xform, xlsx
from truceline.core.errors import InvalidInput, NotFound
from truceline.evidence.permissions import Kind
from truceline.web.asking import TheAsker, TheSite, need
from truceline.web.openrosa_answer import openrosa_answer, xml_answer
from truceline.web.site import Site

router = APIRouter(tags=["forms"])

SUBMISSION = "xml_submission_file"
MOST_FILES = 102
"""Collect sends the submission and at most 101 others in one request."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _form(id: str) -> Form:
    found = next((one for one in FORMS if id in (one.id, one.form_id)), None)
    if found is None:
        raise NotFound(f"there is no form {id!r}; there are {', '.join(one.id for one in FORMS)}")
    return found


def _xform(site: Site, form: Form) -> str:
    now = site.desk.now()
    made: str = site.desk.remembered(
        ("xform", hash(now.accord_text), form.id), lambda: xform(form, now.accord)
    )
    return made


def _most(site: Site) -> dict[str, str]:
    return {"X-OpenRosa-Accept-Content-Length": str(site.settings.upload_bytes)}


@router.get("/formList", dependencies=[need(Kind.RECORD)], include_in_schema=False)
def form_list(
    request: Request, site: TheSite, only: Annotated[str | None, Query(alias="formID", max_length=100)] = None
) -> Response:
    """The forms, with their versions and digests; with `formID` that one. None has media, or a manifest."""
    base = str(request.base_url).rstrip("/") + "/forms"
    accord = site.desk.now().accord
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xforms xmlns="http://openrosa.org/xforms/xformsList">',
    ]
    for form in (one for one in FORMS if only in (None, one.form_id)):
        text = _xform(site, form)
        digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
        parts.append(
            f"<xform><formID>{form.form_id}</formID><name>{escape(title_of(form, accord))}</name>"
            f"<version>{version_of(form, accord)}</version><hash>md5:{digest}</hash>"
            f"<downloadUrl>{escape(base)}/{form.id}.xml</downloadUrl></xform>"
        )
    return xml_answer("".join([*parts, "</xforms>"]))


@router.get("/{id}.xml", dependencies=[need(Kind.RECORD)], include_in_schema=False)
def form(site: TheSite, id: str) -> Response:
    """A form as an XForm."""
    return xml_answer(_xform(site, _form(id)))


@router.get("/{id}.xlsx", dependencies=[need(Kind.RECORD)], include_in_schema=False)
def workbook(site: TheSite, id: str) -> Response:
    """A form as an XLSForm, to be changed and uploaded elsewhere."""
    found = _form(id)
    return Response(
        xlsx(found, site.desk.now().accord),
        media_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{found.form_id}.xlsx"'},
    )


@router.head("/submission", dependencies=[need(Kind.RECORD)], include_in_schema=False)
def about_submissions(request: Request, site: TheSite) -> Response:
    """How large a submission may be, and where it goes."""
    return xml_answer("", 204, **_most(site), Location=str(request.url))


@router.post("/submission", dependencies=[need(Kind.RECORD)], status_code=201, include_in_schema=False)
async def submit(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """Takes a submission with its photographs. Sent again it changes nothing but adds new photographs.

    What is large comes in several requests, all but the last with a field `*isIncomplete*`, each with the
    submission and other photographs: each is taken as it comes.
    """
    from anyio.to_thread import run_sync

    files: dict[str, tuple[str, bytes]] = {}
    async with request.form(max_files=MOST_FILES, max_fields=50) as sent:
        for name, part in sent.multi_items():
            if isinstance(part, UploadFile):
                files[name if name == SUBMISSION else f"{name}-{len(files)}"] = (
                    Path(part.filename or name).name, await part.read(),
                )  # fmt: skip
    if SUBMISSION not in files:
        raise InvalidInput(f"the request holds no {SUBMISSION}")
    message = await run_sync(_take, site, asker, files)
    return openrosa_answer(message, 201, **_most(site))


def _take(site: Site, asker: Any, files: dict[str, tuple[str, bytes]]) -> str:
    _, content = files.pop(SUBMISSION)
    # What is no picture is found before anything is recorded.
    pictures = [clean_picture(data) for _, data in files.values()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"submission-{hashlib.sha256(content).hexdigest()[:12]}.xml"
        path.write_bytes(content)
        report, recorded = record_file(site.desk, asker.reader, path, "odk", author=asker.author)
    held = {one["sha256"] for one in attachments_of(site.desk, recorded)}
    for clean, kind in pictures:
        if hashlib.sha256(clean).hexdigest() not in held:
            keep_picture(site.desk, recorded, clean, kind, author=asker.author)
    return "recorded" if report.total("added") else "held already"
