"""Files: the same bytes from the same record; figures that can be explained; reports that are published."""

from __future__ import annotations

import hashlib
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pypdf
import pytest
from mission_reports import HEAD, KNOWN_AT, Mission

from truceline.app.ingest import ingest
from truceline.app.mission.explained import as_written, explain_figure
from truceline.app.mission.files import MissionRequest, prepare, write_mission_report
from truceline.cli.main import run
from truceline.core.errors import InvalidInput, NotFound
from truceline.core.instants import parse_instant
from truceline.products.mission.blocks import Heading, Picture
from truceline.products.mission.compose import compose
from truceline.products.mission.periods import periods_to
from truceline.products.mission.render.docx import render_docx
from truceline.products.mission.render.html import render_html
from truceline.products.mission.render.pdf import render_pdf
from truceline.store.workspace import Workspace

ZONE = ZoneInfo("Asia/Damascus")
RLM = "\u200f"


def test_the_same_record_gives_the_same_bytes_in_every_format(mission: Mission, idlib: Path) -> None:
    again = compose(
        prepare(mission.root, MissionRequest(
            period="month", as_of="2018-10-15", known_at=KNOWN_AT, basemap=idlib / "basemap"
        )).facts("internal", "ar", None)
    )  # fmt: skip
    first = mission.document("ar")
    assert render_html(again) == render_html(first)
    assert render_pdf(again) == render_pdf(first)
    assert render_docx(again) == render_docx(first)


def test_the_pdf_is_tagged_searchable_and_has_its_fonts(mission: Mission) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(mission.document("ar"), "letter")))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == "ar"
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [612, 792]
    described: list[Any] = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert all({"/FontFile2", "/FontFile3"} & set(font) for font in described)
    text = "".join(page.extract_text() for page in reader.pages)
    assert "2018" in text
    assert re.search("[\u0600-\u06ff\ufb50-\ufefc]{3}", text)


def test_the_docx_has_headings_right_to_left_tables_and_described_pictures(mission: Mission) -> None:
    document = mission.document("ar")
    word = docx.Document(io.BytesIO(render_docx(document)))
    sections = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    heads = [p.text.replace(RLM, "") for p in word.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads == sections
    xml = word.element.xml
    assert xml.count("<w:bidiVisual/>") == len(word.tables) > 5
    pictures = [b for b in document.blocks if isinstance(b, Picture)]
    assert len(re.findall(r'<wp:docPr[^>]* descr="[^"]{20,}"', xml)) == len(pictures)
    assert "\u2066" not in xml
    assert "\ufdd0" not in xml
    figures = [cell for table in word.tables for row in table.rows for cell in row.cells if "+" in cell.text]
    assert figures, "a change with its sign"
    assert all("<w:rtl/>" not in cell._tc.xml for cell in figures)


@pytest.mark.parametrize(
    ("kind", "days", "first", "before"),
    [
        ("day", 1, "2018-10-15", "2018-10-14"),
        ("week", 7, "2018-10-09", "2018-10-02"),
        ("month", 30, "2018-09-16", "2018-08-16"),
        ("all", 29, "2018-09-17", None),
    ],
)
def test_a_period_ends_with_the_as_of_and_follows_on_the_one_before(
    kind: str, days: int, first: str, before: str | None
) -> None:
    as_of = parse_instant("2018-10-15", ZONE)
    periods = periods_to(kind, as_of, ZONE, since=date(2018, 9, 17))
    assert periods.now.end == as_of
    assert periods.now.days(ZONE) == days
    assert periods.now.start.astimezone(ZONE).date().isoformat() == first
    if before is None:
        assert periods.before is None
    else:
        assert periods.before is not None
        assert periods.before.end == periods.now.start
        assert periods.before.start.astimezone(ZONE).date().isoformat() == before


def test_every_figure_in_a_cell_has_an_identifier_that_explain_takes(mission: Mission) -> None:
    document, facts = mission.document("en"), mission.facts("internal")
    shown = {
        cell.figure: cell.text
        for table in document.tables()
        for row in table.rows
        for cell in row
        if cell.figure
    }
    assert len(shown) > 60
    assert set(shown) - set(facts.figures) == set()
    known_at = parse_instant(KNOWN_AT, ZONE)
    workspace = Workspace.open(mission.root)
    told = explain_figure(
        workspace, f"{facts.id}:violations/all", known_at=known_at, reading=None, language="ru"
    )
    for one in told["figures"]:
        if one["figure"] in shown:
            text = shown[one["figure"]].replace("\u2212", "-").replace("+", "")
            assert float(text) == one["value"], one
    whole = next(one for one in told["figures"] if one["figure"] == "violations/all/all")
    # Counted again by hand from the rows: incidents of the period in the two files.
    assert whole["value"] == len({*whole["observations"]}) - (facts.counted[0].reports - facts.counted[0].now)
    assert whole["counted"].startswith("Случаи военных действий")
    with pytest.raises(NotFound, match="has no figure 'violations/nowhere'"):
        explain_figure(workspace, f"{facts.id}:violations/nowhere", known_at=known_at, reading=None)


def test_a_report_is_published_and_a_later_one_says_what_changed(
    tmp_path: Path, idlib: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    ingest(workspace, [idlib / "reported-events.csv"])
    file = tmp_path / "r.html"
    with pytest.raises(SystemExit) as ended:
        run(["report", str(workspace.root), "--period", "week", "--as-of", "2018-10-15", "--publish",
             "--author", "A. Analyst", "-o", str(file), "--json"])  # fmt: skip
    assert ended.value.code == 0
    said = json.loads(capsys.readouterr().out)
    with workspace.store(read_only=True) as store:
        (publication,) = store.publications()
    assert said["publication"] == publication.id
    (report,) = json.loads(publication.content)["reports"]
    assert report["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    # The same question again gives the same bytes: the publication is newer than what it speaks of.
    again = tmp_path / "again.html"
    request = MissionRequest(period="week", as_of="2018-10-15")
    write_mission_report(workspace.root, again, request)
    assert again.read_bytes() == file.read_bytes()
    rows = (
        "n{0},shelling,2018-10-1{0},2018-10-1{0},Idlib,36.63,35.93,900,Syrian government,armed opposition,"
        ",,1,Seen,Monitor {0},,,\n"
    )
    (tmp_path / "new.csv").write_text(HEAD + "".join(rows.format(n) for n in range(5)))
    ingest(workspace, [tmp_path / "new.csv"])
    later = tmp_path / "later.html"
    write_mission_report(workspace.root, later, request)
    text = later.read_text()
    assert f"Since {publication.id}" in text
    assert re.search(r"\) before, .* now\.", text)


def test_what_cannot_be_asked_is_said_in_one_sentence(mission: Mission, tmp_path: Path) -> None:
    for request, sentence in (
        (MissionRequest(period="year"), "period: found 'year'; accepted: day, week, month, all"),
        (MissionRequest(languages=("fr",)), "language: found 'fr'"),
        (MissionRequest(editions=("secret",)), "edition: found 'secret'"),
        (MissionRequest(paper="a3"), "paper: found 'a3'"),
        (MissionRequest(publish=True), "a published report needs an author"),
    ):
        with pytest.raises(InvalidInput, match=sentence):
            write_mission_report(mission.root, tmp_path / "r.html", request)
    with pytest.raises(InvalidInput, match="several reports are written into a folder"):
        write_mission_report(mission.root, tmp_path / "r.html", MissionRequest(languages=("en", "ar")))


def test_an_annex_may_be_cut_and_says_how_many_more_are_counted(mission: Mission) -> None:
    facts = mission.facts("internal")
    document = compose(facts, most_incidents=2)
    annex = list(document.tables())[-1]
    assert [row[0].text for row in annex.rows] == ["1", "2"]
    told = list(document.texts())[-1]
    assert told.startswith(f"{len(facts.incidents) - 2} further incidents are counted above")


def test_an_identifier_is_understood_as_it_is_copied_from_a_page() -> None:
    copied = "report:\u200binternal:\u200bmonth:2018-\u200b10-\u200b15:\u200bviolations/\u200ball/\nall\u200e"
    assert as_written(copied) == "report:internal:month:2018-10-15:violations/all/all"
