"""A phone with ODK Collect: what it asks, fills in and sends, and how it splits what is large.

After the OpenRosa APIs (docs.getodk.org: HTTP Request, Form List, Form Submission, Authentication) and what
Collect does beyond them: HEAD before a submission, attachments in several requests of which all but the last
bear `*isIncomplete*`, no more bytes in one than the server says and no more than a hundred files.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

import httpx
from lxml import etree

NAMES = {"h": "http://www.w3.org/1999/xhtml", "x": "http://www.w3.org/2002/xforms",
         "l": "http://openrosa.org/xforms/xformsList", "r": "http://openrosa.org/http/response"}  # fmt: skip
MOST_FILES = 100


@dataclass
class Blank:
    """A blank form as it was downloaded."""

    id: str
    name: str
    xml: Any

    def fill(self, answers: Mapping[str, str]) -> bytes:
        """The form's own instance with these answers, and a number of its own."""
        data = deepcopy(self.xml.find(".//x:model/x:instance/*", NAMES))
        for element in data.iter():
            name = etree.QName(element).localname
            if name == "instanceID":
                element.text = f"uuid:{uuid.uuid4()}"
            elif not len(element):
                element.text = answers.get(name, "")
        unasked = set(answers) - {etree.QName(one).localname for one in data.iter()}
        assert not unasked, f"{self.id} does not ask for {unasked}"
        return bytes(etree.tostring(data, xml_declaration=True, encoding="UTF-8"))


class Collect:
    """A phone that signs in with Digest. `requests` are the submissions' requests that it sent."""

    def __init__(self, address: str, name: str, password: str) -> None:
        self.client = httpx.Client(base_url=address, auth=httpx.DigestAuth(name, password), timeout=60)
        self.client.headers["X-OpenRosa-Version"] = "1.0"
        self.requests: list[httpx.Response] = []

    def close(self) -> None:
        self.client.close()

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.client.request(method, path, headers={"Date": formatdate(usegmt=True)}, **options)

    def download(self) -> dict[str, Blank]:
        """Every form of the list, whose content is what the list said it would be."""
        listed = self.ask("GET", "/forms/formList?deviceID=collect%3Aabc")
        assert listed.headers["x-openrosa-version"] == "1.0"
        assert listed.headers["content-type"].startswith("text/xml")
        found = {}
        for one in etree.fromstring(listed.content).findall("l:xform", NAMES):
            said = {etree.QName(part).localname: str(part.text) for part in one}
            assert "manifestUrl" not in said  # there are no media to download
            content = self.ask("GET", said["downloadUrl"]).content
            assert said["hash"] == f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"
            xml = etree.fromstring(content)
            data = xml.find(".//x:model/x:instance/*", NAMES)
            assert (data.get("id"), data.get("version")) == (said["formID"], said["version"])
            found[said["formID"]] = Blank(said["formID"], said["name"], xml)
        return found

    def send(self, instance: bytes, files: Mapping[str, bytes] | None = None) -> httpx.Response:
        """Sends a finished form with its attachments: the last answer, or the first that is no 201."""
        about = self.ask("HEAD", "/forms/submission?deviceID=collect%3Aabc")
        assert about.status_code == 204, about.status_code
        most = int(about.headers["x-openrosa-accept-content-length"])
        for batch, more in batches(instance, dict(files or {}), most):
            parts: list[tuple[str, Any]] = [("xml_submission_file", ("form.xml", instance, "text/xml"))]
            parts += [(name, (name, content, "image/jpeg")) for name, content in batch.items()]
            data = {"*isIncomplete*": "yes"} if more else {}
            answer = self.ask("POST", about.headers["location"], files=parts, data=data)
            self.requests.append(answer)
            if answer.status_code != 201:
                return answer
        return answer

    @staticmethod
    def message(answer: httpx.Response) -> str:
        """What Collect shows of an answer: the message of OpenRosa's XML."""
        assert answer.headers["content-type"].startswith("text/xml"), answer.text
        return str(etree.fromstring(answer.content).findtext("r:message", namespaces=NAMES))


def batches(instance: bytes, files: dict[str, bytes], most: int) -> Iterator[tuple[dict[str, bytes], bool]]:
    """The attachments of each request, and whether others come after it, as Collect splits them."""
    left = list(files.items())
    while True:
        batch: dict[str, bytes] = {}
        size = len(instance)
        while left and (not batch or (size + len(left[0][1]) <= most and len(batch) <= MOST_FILES)):
            name, content = left.pop(0)
            batch[name] = content
            size += len(content)
        yield batch, bool(left)
        if not left:
            return
