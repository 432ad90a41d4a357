from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import BaseModel

from truceline.accord.acts import accepted_acts
from truceline.accord.faults import accepted_keys
from truceline.accord.formats import identify, migrate
from truceline.accord.lint import RULES
from truceline.accord.load import load_accord
from truceline.accord.model import Accord
from truceline.accord.plain import plain_accord
from truceline.accord.plain_yaml import parse, read_text
from truceline.accord.schema import as_text, generated_schema, published_schema
from truceline.accord.weapons import classes

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        published_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def test_the_published_schema_is_the_models() -> None:
    # Stale? python -m truceline.accord.schema writes it anew.
    assert as_text(published_schema()) == as_text(generated_schema())


def test_the_schema_follows_draft_2020_12() -> None:
    jsonschema.Draft202012Validator.check_schema(published_schema())
    assert published_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_example_and_what_we_write_of_it_follow_the_schema(
    validator: jsonschema.Draft202012Validator, all_examples: list[Path]
) -> None:
    for path in all_examples:
        written = parse(read_text(path), str(path)).data
        assert [error.message for error in validator.iter_errors(written)] == [], path
        assert [e.message for e in validator.iter_errors(plain_accord(load_accord(path)))] == [], path
        whole = load_accord(path).model_dump(mode="json", by_alias=True)
        assert [error.message for error in validator.iter_errors(whole)] == [], path


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: confirmed", "status: finished"),
        ("time_zone:", "timezone:"),
        ("kind: cessation", "kind: truce"),
        ("max: 2000", "max: '2000'"),
        ("id: ceasefire", "id: Cease Fire"),
        ("version: 1", "version: 0"),
        ("due: 2030-01-20", "due: 20 January"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(
    validator: jsonschema.Draft202012Validator, accord_text: str, old: str, new: str
) -> None:
    assert validator.is_valid(parse(accord_text, "a").data)
    assert not validator.is_valid(parse(accord_text.replace(old, new), "a").data)


def test_a_document_without_a_format_is_of_the_first_and_a_later_one_is_refused() -> None:
    assert identify({}) == 1
    assert migrate({"format": 1, "accord": {}}) == {"format": 1, "accord": {}}
    for other in (0, 2, True, "1"):
        with pytest.raises(ValueError, match="format"):
            identify({"format": other})


def every_model(model: type[BaseModel], seen: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    definitions: dict[str, Any] = model.model_json_schema()["$defs"]
    # The web's answers have models of the same names.
    ours = (cls for cls in all_subclasses(BaseModel) if cls.__module__.startswith("truceline.accord"))
    names = {cls.__name__: cls for cls in ours}
    return seen | {name: names[name] for name in definitions if name in names}


def all_subclasses(cls: type[BaseModel]) -> list[type[BaseModel]]:
    return [below for direct in cls.__subclasses__() for below in (direct, *all_subclasses(direct))]


def test_every_field_code_class_and_act_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "accord.md").read_text(encoding="utf-8")
    models = every_model(Accord, {"Accord": Accord})
    fields = {f.alias or name for model in models.values() for name, f in model.model_fields.items()}
    for word in (*fields, *RULES, *classes(), *accepted_acts()):
        assert f"`{word}`" in page, word


def test_the_keys_accepted_at_a_place_are_those_of_its_part() -> None:
    assert accepted_keys(())[:2] == ("format", "accord")
    assert "aliases" in accepted_keys(("parties", 0))
    assert "designation" in accepted_keys(("provisions", 3, "forces_withdrawal"))
    assert "designation" not in accepted_keys(("provisions", 3, "weapons_withdrawal"))
    assert accepted_keys(("provisions", 3, "zone", "width_m")) == ("min", "max")
