"""The second backend: a language model behind an OpenAI-compatible endpoint.

It is off unless configured, and nothing it says is taken on trust: the answer must follow a schema, every
quote must stand in the text word for word, and the accord is validated like any other.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from typing import Any

import jsonschema
from pydantic import ValidationError

from truceline.accord.model import Accord
from truceline.core.errors import DependencyMissing, InvalidInput
from truceline.draft.drafting import MAX_CHARACTERS, DraftDocument, source_of
from truceline.draft.llm_schema import ANSWER, INSTRUCTIONS
from truceline.draft.parties.registry import slug

HOW = "set TRUCELINE_LLM_URL and TRUCELINE_LLM_MODEL (and TRUCELINE_LLM_API_KEY where the endpoint needs one)"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is: `url` as in ``http://127.0.0.1:8000/v1``; `timeout_s` for the whole answer."""

    url: str
    model: str
    api_key: str | None = None
    timeout_s: float = 120.0

    @classmethod
    def configured(
        cls, *, url: str | None = None, model: str | None = None, timeout_s: float = 120.0
    ) -> Endpoint:
        """The endpoint of the options, else of the environment. Raises DependencyMissing where none is
        set."""
        url = url or os.environ.get("TRUCELINE_LLM_URL")
        model = model or os.environ.get("TRUCELINE_LLM_MODEL")
        if not url or not model:
            raise DependencyMissing("the language-model backend is not configured", hint=HOW)
        if not url.startswith(("http://", "https://")):
            raise InvalidInput(f"found {url!r} as the model's endpoint; accepted: an http or https address")
        return cls(url.rstrip("/"), model, os.environ.get("TRUCELINE_LLM_API_KEY") or None, timeout_s)


def draft_with_model(
    text: str,
    endpoint: Endpoint,
    *,
    published: dt.date | None = None,
    language: str | None = None,
    source_name: str = "text",
    title: str | None = None,
) -> DraftDocument:
    """Drafts an accord with a language model, in any language.

    Raises InvalidInput where the endpoint cannot be reached in time or its answer cannot be used, and
    DependencyMissing where the extra ``truceline[llm]`` is not installed.
    """
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(f"the text has {len(text):,} characters; accepted: up to {MAX_CHARACTERS:,}")
    answer = _ask(text, endpoint, published)
    return _Checked(
        text, answer, source_of(text, published, source_name, title, language or "und")
    ).document()


def _ask(text: str, endpoint: Endpoint, published: dt.date | None) -> dict[str, Any]:
    try:
        import httpx
    except ImportError as error:
        raise DependencyMissing(
            "the language-model backend needs httpx", hint="pip install 'truceline[llm]'"
        ) from error
    day = f"The text was published on {published.isoformat()}.\n" if published else ""
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": INSTRUCTIONS},
            {"role": "user", "content": f"{day}<<<TEXT\n{text}\nTEXT>>>"},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "draft", "strict": True, "schema": ANSWER},
        },
    }
    headers = {"Authorization": f"Bearer {endpoint.api_key}"} if endpoint.api_key else {}
    try:
        # Proxies of the environment are left out: the text goes to the configured address and nowhere else.
        with httpx.Client(timeout=endpoint.timeout_s, trust_env=False) as client:
            response = client.post(f"{endpoint.url}/chat/completions", json=body, headers=headers)
    except httpx.TimeoutException as error:
        raise InvalidInput(
            f"the model at {endpoint.url} did not answer within {endpoint.timeout_s:g} s"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise InvalidInput(f"the model at {endpoint.url} cannot be reached: {error}") from error
    if response.status_code != 200:
        raise InvalidInput(f"the model at {endpoint.url} answered with HTTP status {response.status_code}")
    return _answer(response.text)


def _answer(raw: str) -> dict[str, Any]:
    try:
        content = json.loads(raw)["choices"][0]["message"]["content"]
        answer = json.loads(content)
    except (json.JSONDecodeError, KeyError, IndexError, TypeError) as error:
        raise InvalidInput("the model's answer is not the JSON that was asked for") from error
    errors = sorted(
        jsonschema.Draft202012Validator(ANSWER).iter_errors(answer), key=lambda e: list(map(str, e.path))
    )
    if errors:
        place = "/".join(str(part) for part in errors[0].path) or "the answer"
        raise InvalidInput(
            f"the model's answer does not follow the schema, at {place}: {errors[0].message[:200]}"
        )
    return dict(answer)


class _Checked:
    """A model's answer held against the text."""

    def __init__(self, text: str, answer: dict[str, Any], source: dict[str, Any]) -> None:
        self.text = text
        self.answer = answer
        self.source = source
        self.notes: list[str] = []
        self.questions: list[dict[str, Any]] = []
        self.ids: dict[str, str] = {}
        self.kept: dict[int, str] = {}

    def document(self) -> DraftDocument:
        parties = self._parties()
        provisions = [p for n, raw in enumerate(self.answer["provisions"]) if (p := self._provision(n, raw))]
        statements = self._statements()
        for raw in self.answer["questions"]:
            entry = {"field": raw["field"], "why": raw["why"]}
            if raw["provision"] in self.kept:
                entry["provision"] = self.kept[raw["provision"]]
            self.questions.append(entry)
        if not provisions:
            self.notes.append("no provision found: the model named none with a quote that stands in the text")
        first_line = next((line.strip() for line in self.text.splitlines() if line.strip()), "Empty text")[
            :90
        ]
        head = {
            "id": slug(first_line)[:40].strip("-") or "draft",
            "title": {"en": first_line},
            "time_zone": "UTC",
            "status": "draft",
            "version": 1,
        }
        self.questions.append(
            {"field": "accord.time_zone", "why": "the time zone of the days is not known; UTC until answered"}
        )
        try:
            accord = Accord.model_validate(
                {
                    "accord": head,
                    "sources": [self.source],
                    "parties": parties,
                    "provisions": provisions,
                    "zones": [
                        {"id": f"area-{p['id']}", "names": {"en": "zone"}, "kind": "area_of_separation"}
                        for p in provisions
                        if p["kind"] == "zone"
                    ],
                    "statements": statements,
                    "questions": self.questions,
                }
            )
        except ValidationError as error:
            raise InvalidInput(
                f"the model's answer makes no valid accord: {error.errors()[0]['msg']}"
            ) from error
        return DraftDocument(accord, self.text, tuple(self.notes), backend="llm")

    def _quote(self, exact: str, what: str, speaker: str | None = None) -> dict[str, Any] | None:
        start = self.text.find(exact) if exact.strip() else -1
        if start < 0:
            self.notes.append(f"dropped a quote of {what} that is not in the text: {exact[:80]!r}")
            return None
        quote = {"source": self.source["id"], "exact": exact, "start": start, "end": start + len(exact)}
        return quote | ({"speaker": speaker} if speaker else {})

    def _parties(self) -> list[dict[str, Any]]:
        out = []
        for raw in self.answer["parties"]:
            name = raw["name"].strip()
            id = slug(name)
            if not name or id in self.ids.values():
                continue
            self.ids[name.casefold()] = id
            for alias in (*raw["aliases"], *raw["former_names"]):
                self.ids.setdefault(alias.casefold(), id)
            party: dict[str, Any] = {"id": id, "names": {"en": name}, "role": raw["role"]}
            if raw["aliases"]:
                party["aliases"] = raw["aliases"]
            if raw["former_names"]:
                party["former_names"] = [{"name": former} for former in raw["former_names"]]
            out.append(party)
        return out

    def _provision(self, index: int, raw: dict[str, Any]) -> dict[str, Any] | None:
        kind = raw["kind"]
        number = sum(1 for id in self.kept.values() if id.rsplit("-", 1)[0] == kind.replace("_", "-")) + 1
        id = f"{kind.replace('_', '-')}-{number}"
        quotes = [q for exact in raw["quotes"] if (q := self._quote(exact, id, raw["speaker"]))]
        if not quotes:
            self.questions.append(
                {
                    "field": "provisions",
                    "why": f"the model named a {kind} whose quote is not in the text; it was dropped",
                }
            )
            return None
        if kind == "ceiling" and raw["maximum"] is None:
            kind = "other"
        self.kept[index] = id
        bound = [self.ids[name.casefold()] for name in raw["parties"] if name.casefold() in self.ids]
        if len(bound) < len(raw["parties"]) or not bound:
            self.questions.append(
                {"provision": id, "field": "parties", "why": "who is bound is not clear from the text"}
            )
        data: dict[str, Any] = {"id": id, "kind": kind, "parties": bound, "quotes": quotes, "confidence": 0.5}
        for field in ("due", "from"):
            when = self._when(raw[field], id, field)
            if when is not None and not (field == "from" and kind == "routes"):
                data[field] = when
        if raw["condition"]:
            data["condition"] = raw["condition"]
        return data | self._by_kind(kind, raw, id, bound)

    def _when(self, raw: dict[str, Any] | None, id: str, field: str) -> dict[str, Any] | None:
        if raw is None or (raw["date"] is None and raw["after"] is None):
            return None
        if raw["date"] is not None:
            try:
                return {"date": dt.date.fromisoformat(raw["date"])}
            except ValueError:
                self.questions.append(
                    {
                        "provision": id,
                        "field": field,
                        "why": f"the model gave {raw['date']!r}, which is no day",
                    }
                )
                return None
        return {"after": raw["after"], "months": raw["months"], "days": raw["days"], "hours": raw["hours"]}

    def _by_kind(self, kind: str, raw: dict[str, Any], id: str, bound: list[str]) -> dict[str, Any]:
        ends = (("min", raw["distance_min_m"]), ("max", raw["distance_max_m"]))
        distance = {end: value for end, value in ends if value is not None and value >= 0}
        weapons = [w for w in (slug(name).replace("-", "_") for name in raw["weapons"]) if w]
        fields: dict[str, dict[str, Any]] = {
            "zone": {"zone": f"area-{id}", **({"width_m": distance} if distance else {})},
            "weapons_withdrawal": {"weapons": weapons, **({"distance_m": distance} if distance else {})},
            "forces_withdrawal": {"distance_m": distance} if distance else {},
            "routes": {k: v for k, v in (("from", raw["route_from"]), ("to", raw["route_to"])) if v},
            "patrols": {"mode": raw["mode"]} if raw["mode"] else {},
            "designation": {"by": bound},
            "verification": {"by": bound},
            "ceiling": {"class": weapons[0] if weapons else "personnel", "maximum": raw["maximum"]},
            "restriction": {"weapons": weapons},
        }
        return fields.get(kind, {})

    def _statements(self) -> list[dict[str, Any]]:
        out: list[dict[str, Any]] = []
        for raw in self.answer["statements"]:
            quote = self._quote(raw["quote"], "a statement")
            if quote is not None and raw["speaker"].strip():
                speaker = self.ids.get(raw["speaker"].casefold(), raw["speaker"])
                out.append(
                    {
                        "id": f"statement-{len(out) + 1}",
                        "speaker": speaker,
                        "stance": raw["stance"],
                        "quote": quote,
                    }
                )
        return out
