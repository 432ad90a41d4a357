"""No sensitive value of the internal edition is to be found in the others: text, metadata, maps, files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pypdf
import pytest
from mission_reports import SENSITIVE, Mission

from truceline.app.mission.files import MissionRequest, prepare
from truceline.core.instants import zone_of
from truceline.evidence.permissions import CELL_DEG
from truceline.products.mission.blocks import Document, Picture
from truceline.products.mission.compose.ground import marks_of
from truceline.products.mission.render.docx import render_docx
from truceline.products.mission.render.html import render_html
from truceline.products.mission.render.pdf import render_pdf
from truceline.products.mission.voice import Voice
from truceline.products.report.wording import Wording

OUTSIDE = ("public", "parties")


def found_in(content: str) -> list[str]:
    """The planted values that a text holds, whatever stands between their letters in a line."""
    plain = re.sub("[-\u2010]\n|[\u200b\u200e\u200f\u2066-\u2069\n\u00ad]", "", content).replace(
        "\u00a0", " "
    )
    squeezed = re.sub(r"\s+", "", plain)
    return [value for value in SENSITIVE if re.sub(r"\s+", "", value) in squeezed]


def parts_of_pdf(content: bytes) -> Iterator[str]:
    """The text of every page, the metadata, and every stream and string of the file, unpacked."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    yield "\n".join(page.extract_text() for page in reader.pages)
    yield str(reader.metadata)
    assert reader.attachments == {}
    for number in range(1, int(str(reader.trailer["/Size"]))):
        thing = reader.get_object(number)
        yield repr(thing)
        if isinstance(thing, pypdf.generic.StreamObject):
            yield thing.get_data().decode("latin-1")


def parts_of_docx(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            held = archive.read(name)
            yield (
                name + "\n" + re.sub("<[^>]+>", "", held.decode("utf-8", "replace")) + held.decode("latin-1")
            )


@pytest.mark.parametrize("edition", OUTSIDE)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_planted_is_in_the_html(mission: Mission, edition: str, language: str) -> None:
    assert found_in(render_html(mission.document(language, edition))) == []


def test_nothing_planted_is_in_the_public_pdf_or_docx(mission: Mission) -> None:
    document = mission.document("en", "public")
    assert [found for part in parts_of_pdf(render_pdf(document)) if (found := found_in(part))] == []
    assert [found for part in parts_of_docx(render_docx(document)) if (found := found_in(part))] == []


def test_the_search_finds_what_the_internal_edition_may_hold(mission: Mission) -> None:
    """The same search, so that an empty answer above means something."""
    document = mission.document("en")
    shown = {"Exactville", "zulu phrase", "Whistle", "Confidentia", "other side must not read",
             "Submission Turkey", "Barrier Foxtrot", "planted.csv", "reported-events.csv"}  # fmt: skip
    assert shown <= set(found_in(render_html(document)))
    assert shown <= set(found_in("".join(parts_of_docx(render_docx(document)))))
    pages = next(parts_of_pdf(render_pdf(document)))
    assert shown - set(found_in(pages)) == set()


@pytest.mark.parametrize("edition", OUTSIDE)
def test_places_on_maps_are_the_middles_of_cells(mission: Mission, edition: str) -> None:
    facts = mission.facts(edition)
    voice = Voice(facts, Wording("en", zone_of("Asia/Damascus")))
    marks = marks_of(voice)
    assert len(marks) >= 2
    for mark in marks:
        for degrees in (mark.lon, mark.lat):
            assert abs(degrees / CELL_DEG - 0.5 - round(degrees / CELL_DEG - 0.5)) < 1e-6
        assert mark.error_m > CELL_DEG / 2 * 111_000
    # The internal edition draws what the others do not.
    exact = marks_of(Voice(mission.facts("internal"), voice.w))
    assert {(36.123457, 35.654321), (36.4321, 35.7777)} <= {(one.lon, one.lat) for one in exact}


@pytest.mark.parametrize("edition", OUTSIDE)
def test_no_picture_draws_anything_at_an_exact_place(mission: Mission, edition: str) -> None:
    """No mark of the edition stands on the paper where the internal edition has the exact one."""

    def marks(document: Document) -> list[set[tuple[str, str]]]:
        return [
            set(
                re.findall(
                    r'<circle cx="([\d.]+)" cy="([\d.]+)" r="(?:3\.2|5\.4|7\.4)" fill="#b3261e"',
                    block.svg.split("</g>")[0],
                )
            )
            for block in document.blocks
            if isinstance(block, Picture)
        ]

    internal, outside = marks(mission.document("en")), marks(mission.document("en", edition))
    assert sum(map(len, internal)) >= 3
    assert [a & b for a, b in zip(internal, outside, strict=True)] == [set()] * len(internal)


def test_what_is_newer_than_the_delay_is_not_in_the_public_edition(mission: Mission) -> None:
    fresh = prepare(mission.root, MissionRequest(period="month", as_of="2018-10-15"))
    facts = fresh.facts("public", "en", None)
    assert facts.incidents == ()
    assert fresh.facts("parties", "en", None).incidents != ()


def test_the_editions_say_what_they_leave_out(mission: Mission) -> None:
    public = "\n".join(mission.document("en", "public").texts())
    assert "72 hours before the cut-off" in public
    assert "This edition does not contain this section." in public
    assert "reasons are left out of this edition" in public


def test_cells_have_no_place_of_their_own(mission: Mission) -> None:
    facts = mission.facts("public")
    assert all(row.place is None for incident in facts.incidents for row in incident)
