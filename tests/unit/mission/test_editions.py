"""No sensitive value of the internal edition is to be found in the others: text, metadata, maps, files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import docx
import pypdf
import pytest
from mission_reports import SENSITIVE, Mission
from planted_patrols import planted_in

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

pytestmark = pytest.mark.slow

OUTSIDE = ("public", "parties")
MARK = r'<circle cx="([\d.]+)" cy="([\d.]+)" r="(?:3\.2|5\.4|7\.4)" fill="#b3261e"'


@dataclass(frozen=True)
class Opened:
    """An edition as PDF and as DOCX, and everything that is in each, unpacked once."""

    word: bytes
    pdf_parts: list[str]
    docx_parts: list[str]


Rendered = dict[str, Opened]


@pytest.fixture(scope="module")
def rendered(mission: Mission) -> Rendered:
    """Every edition."""
    found = {}
    for name in ("internal", *OUTSIDE):
        document = mission.document("en", name)
        word = render_docx(document)
        found[name] = Opened(word, list(parts_of_pdf(render_pdf(document))), list(parts_of_docx(word)))
    return found


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


@pytest.mark.parametrize("edition", OUTSIDE)
def test_nothing_planted_is_in_the_pdf_or_docx(rendered: Rendered, edition: str) -> None:
    parts = rendered[edition].pdf_parts + rendered[edition].docx_parts
    assert [found for part in parts if (found := found_in(part))] == []


def test_no_report_holds_where_a_patrol_or_its_people_were_or_will_be(
    mission: Mission, rendered: Rendered
) -> None:
    for edition, opened in rendered.items():
        parts = [render_html(mission.document("en", edition)), *opened.pdf_parts, *opened.docx_parts]
        assert [found for part in parts if (found := planted_in(part.encode("utf-8", "replace")))] == []
        # It tells of the patrol, or there would be nothing to hide: the track of 3 October counts.
        assert mission.facts(edition).patrols is not None


def test_pictures_of_a_docx_carry_pixels_and_nothing_else(rendered: Rendered) -> None:
    plain = io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as archive:
        template = {name: archive.read(name) for name in archive.namelist()}
    for opened in rendered.values():
        with zipfile.ZipFile(io.BytesIO(opened.word)) as archive:
            names = archive.namelist()
            others = [one for one in names if re.search("custom|embed|comment|people|thumbnail", one)]
            assert [one for one in others if archive.read(one) != template.get(one)] == []
            pictures = [archive.read(name) for name in names if name.startswith("word/media/")]
            assert len(pictures) >= 3
            for picture in pictures:
                assert set(chunks_of(picture)) <= {
                    b"IHDR",
                    b"PLTE",
                    b"tRNS",
                    b"IDAT",
                    b"IEND",
                    b"pHYs",
                    b"sRGB",
                }
            core = archive.read("docProps/core.xml").decode()
            assert re.findall("<(?:dc:creator|cp:lastModifiedBy|dc:description)>([^<]*)<", core) in (
                [],
                ["", "", ""],
            )


def chunks_of(png: bytes) -> Iterator[bytes]:
    """The kinds of chunk of a PNG file, of which some could hold words, times or positions."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at = 8
    while at < len(png):
        yield png[at + 4 : at + 8]
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    assert at == len(png)


def drawn_in(parts: list[str]) -> set[tuple[float, float]]:
    """The middle of everything that a PDF fills in the red of incidents, in its picture's own coordinates."""
    found = set()
    for part in parts:
        for path in re.findall(r"0\.7019\d* 0\.1490\d* 0\.1176\d* scn\s(.*?)\bf\b", part, re.DOTALL):
            ends = re.findall(r"(-?[\d.]+) (-?[\d.]+) [mlc]\b", path)
            across, down = ([float(end[side]) for end in ends] for side in (0, 1))
            if ends:
                found.add((round((min(across) + max(across)) / 2, 1), round((min(down) + max(down)) / 2, 1)))
    return found


def test_no_map_of_a_pdf_draws_anything_at_an_exact_place(mission: Mission, rendered: Rendered) -> None:
    """Maps are vectors there: what is drawn can be read from the file."""
    exact = {
        (round(float(x), 1), round(float(y), 1))
        for block in mission.document("en").blocks
        if isinstance(block, Picture)
        for x, y in re.findall(MARK, block.svg.split("</g>")[0])
    }
    assert len(exact) >= 3
    assert exact <= drawn_in(rendered["internal"].pdf_parts)
    for edition in OUTSIDE:
        assert drawn_in(rendered[edition].pdf_parts)
        assert not exact & drawn_in(rendered[edition].pdf_parts)


def test_the_search_finds_what_the_internal_edition_may_hold(mission: Mission, rendered: Rendered) -> None:
    """The same search, so that an empty answer above means something."""
    document = mission.document("en")
    shown = {"Exactville", "zulu phrase", "Whistle", "Confidentia", "other side must not read",
             "Submission Turkey", "Barrier Foxtrot", "planted.csv", "reported-events.csv"}  # fmt: skip
    assert shown <= set(found_in(render_html(document)))
    assert shown <= set(found_in("".join(rendered["internal"].docx_parts)))
    pages = rendered["internal"].pdf_parts[0]
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
            set(re.findall(MARK, block.svg.split("</g>")[0]))
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
