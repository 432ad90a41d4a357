"""The built application: small enough, whole, and without the addresses of others."""

from __future__ import annotations

import gzip
import json
import re
from importlib import resources
from pathlib import Path

APP = Path(str(resources.files("truceline").joinpath("web", "app")))
MOST_SCRIPT_BYTES = 500_000


def scripts() -> dict[str, bytes]:
    """The script files without those of the map library, by name."""
    found = {path.name: path.read_bytes() for path in (APP / "assets").glob("*.*js")}
    return {name: content for name, content in found.items() if not name.startswith("maplibre")}


def test_all_script_together_without_the_map_library_is_under_500_kb_compressed() -> None:
    sizes = {name: len(gzip.compress(content, 6)) for name, content in scripts().items()}
    assert 50_000 < sum(sizes.values()) < MOST_SCRIPT_BYTES, sizes


def test_the_page_and_its_styles_name_no_other_server() -> None:
    page = (APP / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href)=\"(?!/)[^\"]*\"", page) == []
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    for style in (APP / "assets").glob("*.css"):
        content = style.read_text(encoding="utf-8")
        assert re.findall(r"url\(\"?(?!\"?(?:/|data:|#))[^)]*\)|@import", content) == [], style.name


def test_the_service_worker_keeps_every_file_of_the_build() -> None:
    worker = (APP / "sw.js").read_text(encoding="utf-8")
    found = re.search(r"const FILES = (\[.*?\]);", worker)
    assert found
    kept = json.loads(found[1])
    built = {f"/assets/{path.name}" for path in (APP / "assets").iterdir()}
    assert built <= set(kept)
    assert "/" in kept


def test_what_is_built_in_comes_with_its_licence() -> None:
    text = (APP / "licences.txt").read_text(encoding="utf-8")
    for name in ("react", "maplibre-gl", "@fontsource-variable/noto-sans-arabic", "geographiclib-geodesic"):
        assert f"{name} " in text
    assert "SIL OPEN FONT LICENSE" in text.upper()
