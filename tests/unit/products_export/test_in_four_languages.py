"""The catalogue's page, the data dictionary and what stands against comparisons, in every language."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from truceline.app.export import export
from truceline.app.export_content import ExportRequest, content_of
from truceline.core.errors import InvalidInput
from truceline.core.messages import LANGUAGES
from truceline.products.comparison.accords import Standing, caveats_of
from truceline.products.export.catalogue import File, documents_of
from truceline.products.export.layers import LAYERS
from truceline.store.workspace import Workspace

SCRIPTS = {"ar": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]", "tr": r"[çğıöşüÇĞİÖŞÜ]"}


@pytest.fixture(scope="module")
def content(planted: Any) -> Any:
    request = ExportRequest(edition="public", layers=("zones", "lines", "effort"), now=planted.now)
    return content_of(Workspace.open(planted.root), request)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_catalogue_is_in_one_language(content: Any, language: str) -> None:
    about = content.about
    file = File("zones.csv", "zones", "text/csv", 1234, "00")
    documents = documents_of(
        replace(content, language=language),
        [file],
        (35.0, 34.0, 37.0, 36.0),
        (about.as_of, about.as_of),
        None,
    )
    page = documents["index.html"].decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert "\ufdd0" not in page  # the mark of what is set apart, which is no character of any text
    # Letters of codes, names of files and columns, and hashes stand the same in every language.
    body = page[page.index("<body>") :]
    told = re.sub(r"<code[^>]*>[^<]*</code>|<bdi>[^<]*</bdi>|<a [^>]*>[^<]*</a>|<[^>]+>", " ", body)
    told = told.replace(about.title, "").replace(about.accord, "").replace(about.log_origin, "")
    if language == "en":
        assert "Fewer reports are not less violence" in told
        return
    assert len(re.findall(SCRIPTS[language], told)) > 100
    assert re.findall(r"\b(?:the|of|and|with|rows|columns|zone|entries)\b", told) == []


def test_every_layer_and_column_says_its_own_in_every_language() -> None:
    for layer in LAYERS:
        assert len({layer.title(language) for language in LANGUAGES}) == len(LANGUAGES)
        for field in layer.fields:
            said = [re.sub(r"`[^`]*`|SHA-256", "", field.words(language)) for language in LANGUAGES]
            assert len(set(said)) >= (3 if said[0].strip(" ,or") else 1), field.message


def test_an_export_carries_the_dictionary_of_its_language(planted: Any, tmp_path: Path) -> None:
    request = ExportRequest(layers=("zones",), language="ru", edition="public", now=planted.now)
    export(planted.root, tmp_path / "z.parquet", request)
    export(planted.root, tmp_path / "z.zip", request)
    described = pq.read_schema(tmp_path / "z.parquet").field("area_km2").metadata[b"description"].decode()
    assert described == "площадь на эллипсоиде [km²]"
    with zipfile.ZipFile(tmp_path / "z.zip") as archive:
        (resource,) = json.loads(archive.read("datapackage.json"))["resources"]
    assert resource["title"] == "Зоны и полосы"
    with pytest.raises(InvalidInput, match="accepted: en, ar, ru, tr"):
        export(planted.root, tmp_path / "z.csv", ExportRequest(layers=("zones",), language="fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_against_a_table_of_accords_keeps_its_numbers(content: Any, language: str) -> None:
    row = Standing("idlib-2018", content.about.as_of, 30, {}, {}, 4, 0, 0, 4, 0, None, None, 12.0, 34)
    told = {caveat.code: caveat.text_in(language) for caveat in caveats_of([row])}
    assert {"not_alike", "effort", "open", "not_looked_at"} == set(told)
    assert re.findall(r"\d+", told["effort"].replace("idlib-2018", "")) == ["34", "12"]
    assert "idlib-2018" in told["open"]
    assert "\ufdd0" not in "".join(told.values())
