"""The field forms: incident, weapon sighting, patrol, checkpoint. From their questions to XLSForm and XForm.

The names of questions are our own field names, so that a submission is read as any evidence is
(`truceline.evidence.readers.odk`).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from truceline.accord.acts import kinds_in, label
from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.core.messages import Messages
from truceline.evidence.readers.odk import FORM_PREFIX

LANGUAGES = {"en": "English", "ar": "العربية", "ru": "Русский", "tr": "Türkçe"}
METHODS = ("seen", "heard", "camera", "unmanned_aircraft", "reported")


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its XLSForm type, our name of the field, the message that asks it."""

    type: str
    name: str
    message: str
    required: bool = False
    constraint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its id, the message of its title, its kinds of observation and its questions."""

    id: str
    message: str
    kinds: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def form_id(self) -> str:
        """The id that phones know the form by."""
        return FORM_PREFIX + self.id


def _kinds(*acts: str) -> tuple[str, ...]:
    from truceline.accord.acts import all_kinds

    wanted = frozenset().union(*(kinds_in(act) for act in acts))
    return tuple(kind for kind in all_kinds() if kind in wanted)


_WHERE = (
    Question("geopoint", "location", "form-where", required=True),
    Question("decimal", "error_m", "form-within", constraint=". >= 0 and . <= 100000"),
    Question("text", "place", "form-place"),
)
_HOW = (
    Question("select_one methods", "method", "form-method", required=True),
    Question("select_one credibility", "credibility", "form-credibility"),
    Question("text", "report", "form-report"),
    Question("image", "photo", "form-photo"),
)
_NUMBER = ". >= 0 and . <= 1000000"

FORMS: tuple[Form, ...] = (
    Form("incident", "form-incident", _kinds("any_military_action", "restricted_act", "control", "other"), (
        Question("select_one kinds", "kind", "form-kind", required=True),
        Question("dateTime", "date", "form-when", required=True),
        *_WHERE,
        Question("select_one parties", "actor", "form-actor"),
        Question("select_one parties", "target", "form-target"),
        Question("integer", "count", "form-count", constraint=_NUMBER),
        Question("integer", "fatalities", "form-fatalities", constraint=_NUMBER),
        Question("integer", "injured", "form-injured", constraint=_NUMBER),
        *_HOW,
    )),
    Form("weapon", "form-weapon", _kinds("weapon_sighting", "weapon_stored", "weapon_missing"), (
        Question("select_one kinds", "kind", "form-kind-seen", required=True),
        Question("dateTime", "date", "form-when", required=True),
        *_WHERE,
        Question("select_one parties", "actor", "form-holder"),
        Question("integer", "count", "form-count", constraint=_NUMBER),
        Question("text", "weapon_class", "form-weapon-class"),
        Question("decimal", "calibre_mm", "form-calibre", constraint=". >= 0 and . <= 5000"),
        Question("text", "equipment", "form-equipment"),
        Question("text", "serial", "form-serial"),
        *_HOW,
    )),
    Form("patrol", "form-patrol", _kinds("effort", "patrol"), (
        Question("select_one kinds", "kind", "form-kind", required=True),
        Question("dateTime", "date_start", "form-from", required=True),
        Question("dateTime", "date_end", "form-until", required=True),
        Question("decimal", "effort_h", "form-hours", constraint=". >= 0 and . <= 1000"),
        *_WHERE,
        Question("select_one parties", "actor", "form-actor"),
        *_HOW[2:],
    )),
    Form("checkpoint", "form-checkpoint", _kinds("route"), (
        Question("select_one kinds", "kind", "form-kind-seen", required=True),
        Question("dateTime", "date", "form-when", required=True),
        Question("select_one routes", "subject", "form-route"),
        *_WHERE,
        Question("select_one parties", "actor", "form-holder"),
        *_HOW,
    )),
)  # fmt: skip


def sheets(form: Form, accord: Accord) -> dict[str, list[list[Any]]]:
    """The sheets of a form's XLSForm: `survey`, `choices`, `settings`, rows of cells with their header."""
    words = {language: Messages("forms", language) for language in LANGUAGES}
    labels = [f"label::{name} ({code})" for code, name in LANGUAGES.items()]
    survey: list[list[Any]] = [["type", "name", *labels, "required", "constraint"]]
    survey.append(["username", "username", *[""] * len(labels), "", ""])
    survey.append(["end", "end", *[""] * len(labels), "", ""])
    for one in form.questions:
        if one.type == "select_one routes" and not _routes(accord):
            continue
        asked = [words[language].say(one.message) for language in LANGUAGES]
        survey.append([one.type, one.name, *asked, "yes" if one.required else "", one.constraint])
    choices: list[list[Any]] = [["list_name", "name", *labels]]
    choices += [["kinds", kind, *[label(kind, language) for language in LANGUAGES]] for kind in form.kinds]
    for party in accord.parties:
        # As the source would name it: the first alias is what evidence calls it, the name what people do.
        choices.append(["parties", party.id, *[name_in(party.names, language) for language in LANGUAGES]])
    choices.append(["parties", "unknown", *[words[language].say("form-unknown") for language in LANGUAGES]])
    for method in METHODS:
        message = f"method-{method.replace('_', '-')}"
        choices.append(["methods", method, *[words[language].say(message) for language in LANGUAGES]])
    for number in range(1, 7):
        said = [words[language].say(f"credibility-{number}") for language in LANGUAGES]
        choices.append(["credibility", str(number), *said])
    for route, names in _routes(accord):
        choices.append(["routes", route, *[name_in(names, language) for language in LANGUAGES]])
    title = " / ".join(words[language].say(form.message) for language in LANGUAGES)
    content = repr((survey, choices, title)).encode()
    version = hashlib.sha256(content).hexdigest()[:10]
    settings = [
        ["form_title", "form_id", "version", "default_language"],
        [title, form.form_id, version, f"{LANGUAGES['en']} (en)"],
    ]
    return {"survey": survey, "choices": choices, "settings": settings}


def _routes(accord: Accord) -> Sequence[tuple[str, dict[str, str]]]:
    return [
        (one.id, dict(one.title) if one.title else {"en": one.id})
        for one in accord.provisions
        if one.kind == "routes"
    ]


def xlsx(form: Form, accord: Accord) -> bytes:
    """The form as an XLSForm workbook."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets(form, accord).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def xform(form: Form, accord: Accord) -> str:
    """The form as an XForm, converted and checked by pyxform."""
    from pyxform.xls2xform import convert

    tables = {
        name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        for name, rows in sheets(form, accord).items()
    }
    tables = {
        name: [{key: str(value) for key, value in row.items() if value != ""} for row in rows]
        for name, rows in tables.items()
    }
    found: str = convert(xlsform=tables, validate=False, warnings=[]).xform
    return found


def version_of(form: Form, accord: Accord) -> str:
    """A digest of the form: another question, party or word is another version."""
    return str(sheets(form, accord)["settings"][1][2])


def title_of(form: Form, accord: Accord) -> str:
    """The form's title in every language, as phones list it."""
    return str(sheets(form, accord)["settings"][1][0])
