"""Files that unpack beyond measure, refer to other files, or want to be taken for something else."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pyarrow as pa
import pytest

from truceline.accord.load import read_document as read_accord
from truceline.accord.plain_yaml import parse
from truceline.app import ingest as use_ingest
from truceline.app.ingest import ingest
from truceline.app.screen import screen
from truceline.core import limits
from truceline.core.errors import InvalidAccord, InvalidEvidence, InvalidInput, TrucelineError
from truceline.core.shown import undone
from truceline.draft import documents, parsing_apart
from truceline.draft.documents import read_bytes
from truceline.draft.drafting import check
from truceline.draft.parsing_apart import Refused, text_of
from truceline.evidence.intake import document as intake
from truceline.evidence.intake.mapping import load_mapping
from truceline.evidence.readers import read_evidence
from truceline.geo.screening.points import PointFile
from truceline.geo.screening.usable import Columns
from truceline.products.report.html import _environment, embedded_json
from truceline.standalone.verify import Rejected, verify
from truceline.store.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from fuzzing.documents import DOCX_END, DOCX_START, docx_of
from fuzzing.target import CORPUS

HEADER = b"kind,date,lon,lat\n"
ROW = b"shelling,2018-10-01,36.1,35.2\n"


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


# Evidence.


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped({"e.csv": data})], ids=["gz", "zip"])
def test_a_file_that_unpacks_a_thousandfold_is_refused_before_it_is_whole(
    pack: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "UNPACKED_FREE_BYTES", 1 << 20)
    assert callable(pack)
    (tmp_path / "good").write_bytes(pack(HEADER + ROW * 100))
    assert sum(batch.table.num_rows for batch in read_evidence(tmp_path / "good")) == 100
    (tmp_path / "bomb").write_bytes(pack(HEADER + b" " * (4 << 20)))
    with pytest.raises(InvalidEvidence, match=r"unpacks to more than 1,0\d\d,\d\d\d"):
        list(read_evidence(tmp_path / "bomb"))


def test_a_name_in_an_archive_leads_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "e.zip").write_bytes(zipped({"../../../evil.csv": HEADER + ROW}))
    assert sum(batch.table.num_rows for batch in read_evidence(folder / "e.zip")) == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["e.zip"]


def test_a_file_in_which_nothing_can_be_read_is_refused_and_not_kept_row_by_row(
    tmp_path: Path, idlib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_ingest, "QUARANTINED_ROWS", 20)
    workspace = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    path = tmp_path / "e.csv"
    path.write_bytes(HEADER + ROW + b"shelling,nonsense,36.1,35.2\n" * 20)
    assert len(ingest(workspace, [path], dry_run=True).quarantined) == 20
    path.write_bytes(HEADER + ROW + b"shelling,nonsense,36.1,35.2\n" * 21)
    with pytest.raises(InvalidEvidence, match="more than 20 rows cannot be read, one of them: "):
        ingest(workspace, [path])
    with workspace.store(read_only=True) as store:
        assert store.observations().num_rows == 0
    assert not list(workspace.originals.iterdir())


def test_a_feature_that_says_two_things_is_set_aside(tmp_path: Path) -> None:
    good = '{"type":"Feature","geometry":null,"properties":{"kind":"shelling","date":"2018-10-01"}}'
    doubled = good.replace('"kind"', '"kind":"patrol","kind"')
    (tmp_path / "e.geojson").write_text(f'{{"type":"FeatureCollection","features":[{good},{doubled}]}}')
    (batch,) = read_evidence(tmp_path / "e.geojson")
    assert batch.table.num_rows == 1
    assert "the key 'kind' stands twice" in batch.quarantined[0].sentence()


def test_the_geometry_of_one_row_has_so_many_vertices_and_no_more(tmp_path: Path) -> None:
    line = [[20.0 + k / 1e4, 35.0] for k in range(limits.VERTICES_OF_A_ROW + 1)]
    properties = {"kind": "shelling", "date": "2018-10-01"}
    for vertices, rows in ((limits.VERTICES_OF_A_ROW, 1), (limits.VERTICES_OF_A_ROW + 1, 0)):
        geometry = {"type": "LineString", "coordinates": line[:vertices]}
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        (tmp_path / "e.geojson").write_text(json.dumps(feature))
        (batch,) = read_evidence(tmp_path / "e.geojson")
        assert batch.table.num_rows == rows


def test_a_mapping_file_cannot_multiply_itself(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x]"] + [f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 9)}]" for k in range(1, 12)]
    (tmp_path / "m.yaml").write_text("\n".join(lines))
    with pytest.raises(InvalidInput, match=r"m\.yaml, line 1: anchors .* are not accepted"):
        load_mapping(tmp_path / "m.yaml")


# Accords.


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{'k' * 201}: 1", "a key is longer than 200 characters"),
        ("a: 0x" + "f" * 5000, "cannot be read as a number"),
        ("a: " + "9" * 5000, "cannot be read as a number"),
        ('a: "\\ud800"', "half of a surrogate pair"),
        ('"\\0": 1', "holds a NUL"),
        ("- " * 3000 + "a", "nested more than 40 levels"),
        ("[" * 100_000, "nested more than 40 levels"),
    ],
)
def test_yaml_beyond_measure_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InvalidAccord, match=said) as caught:
        parse(text, "a.yaml")
    assert caught.value.faults[0].line == 1
    assert len(caught.value.message) < 300
    with pytest.raises(InvalidAccord):
        read_accord(text)


def test_an_accord_cannot_take_files_from_outside_its_folder(tmp_path: Path, idlib: Path) -> None:
    outside = tmp_path / "secret.geojson"
    outside.write_text((idlib / "line-of-contact.geojson").read_text())
    folder = tmp_path / "accord"
    folder.mkdir()
    for file in idlib.iterdir():
        if file.is_file() and file.name != "line-of-contact.geojson":
            (folder / file.name).write_bytes(file.read_bytes())
    (folder / "line-of-contact.geojson").symlink_to(outside)
    with pytest.raises(TrucelineError, match="outside its own folder"):
        Workspace.create(tmp_path / "w", folder / "accord.yaml")


# Documents.

FILE_ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>"


@pytest.mark.parametrize("declared", [FILE_ENTITY, LAUGHS])
@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_docx_with_entities_is_refused(declared: str, part: str) -> None:
    plain = zipfile.ZipFile(io.BytesIO(docx_of({}))).read(part).decode()
    with pytest.raises(Refused, match="declares a document type or entities"):
        text_of("docx", docx_of({part: declared + plain}))
    with pytest.raises(Refused, match="declares"):
        text_of("docx", docx_of({part: (declared + plain).encode("utf-16")}))


def test_a_docx_whose_parts_lead_out_stand_twice_or_unpack_beyond_measure_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "mortars" in text_of("docx", docx_of({}))[0]
    for name in ("../../evil.xml", "/etc/evil", "word\\..\\..\\evil.bin"):
        with pytest.raises(Refused, match="leads out of it"):
            text_of("docx", docx_of({name: "x"}))
    monkeypatch.setattr(parsing_apart, "DOCUMENT_UNPACKED_BYTES", 5000)
    with pytest.raises(Refused, match="unpacks to more than 5,000"):
        text_of("docx", docx_of({"media/a.bin": " " * 5000}))
    monkeypatch.setattr(parsing_apart, "DOCUMENT_PARTS", 2)
    with pytest.raises(Refused, match="more than 2 parts"):
        text_of("docx", docx_of({}))


def test_a_docx_nested_without_end_is_refused() -> None:
    deep = DOCX_START + "<w:p><w:r>" * 5000 + "</w:r></w:p>" * 5000 + DOCX_END
    with pytest.raises(Refused):
        text_of("docx", docx_of({"word/document.xml": deep}))


@pytest.mark.parametrize("tag", ["div", "article", "b", "blockquote"])
def test_html_nested_without_end_is_refused(tag: str) -> None:
    assert "x" in text_of("html", f"<html>{f'<{tag}>' * 200}x".encode())[0]
    with pytest.raises(Refused, match="nested deeper than 256 levels"):
        text_of("html", f"<html>{f'<{tag}>' * 1000}x".encode())


def test_a_reader_of_documents_that_dies_or_says_nothing_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "dies.py"
    monkeypatch.setattr(documents, "parsing_apart", SimpleNamespace(__file__=str(script)))
    for code, said in (
        ("import os; os.kill(os.getpid(), 11)", "brings its reader down"),
        ("raise ValueError('no\\x1b[2J')", "ended without an answer"),
    ):
        script.write_text(code)
        with pytest.raises(InvalidInput, match=said):
            read_bytes(b"%PDF-1.4", "a.pdf")


# Proofs, points.


def test_a_proof_whose_head_is_no_text_is_rejected() -> None:
    key = (CORPUS / "proof-key.txt").read_text()
    proof = json.loads((CORPUS / "proof" / "withheld").read_text())
    proof["head"] = proof["head"].replace("recorded", "recorded \ud800")
    with pytest.raises(Rejected, match="not Unicode"):
        verify(json.dumps(proof), key)


def test_points_with_a_column_twice_are_refused(tmp_path: Path) -> None:
    made = pa.Table.from_arrays([pa.array([1.0])] * 3, names=["lon", "lat", "lat"])
    with pa.OSFile(str(tmp_path / "p.arrow"), "wb") as file, pa.ipc.new_file(file, made.schema) as writer:
        writer.write_table(made)
    with pytest.raises(InvalidInput, match="has the column 'lat' twice"):
        PointFile(tmp_path / "p.arrow", Columns(id="row"))


def test_a_proof_that_is_nested_without_end_is_rejected() -> None:
    key = (CORPUS / "proof-key.txt").read_text()
    for text in ("[" * 100_000, '{"a":' * 100_000):
        with pytest.raises(Rejected, match="not JSON"):
            verify(text, key)


def test_an_arrow_file_whose_texts_end_where_there_is_no_memory_is_refused(tmp_path: Path) -> None:
    table = pa.table({"id": ["aa", "bb"], "lon": [36.0, 36.1], "lat": [35.0, 35.1]})
    made = io.BytesIO()
    with pa.ipc.new_file(made, table.schema) as writer:
        writer.write_table(table)
    offsets = (0).to_bytes(4, "little") + (2).to_bytes(4, "little") + (4).to_bytes(4, "little")
    wild = offsets[:8] + (0x7FFFFFFF).to_bytes(4, "little")
    assert made.getvalue().count(offsets) == 1
    path = tmp_path / "p.arrow"
    path.write_bytes(made.getvalue().replace(offsets, wild))
    with pytest.raises(InvalidInput, match="cannot be read as Arrow IPC"):
        list(PointFile(path, Columns()).batches(10, skip=0, needs_time=False, default_error_m=0.0))


# What we write.


def test_ids_that_are_formulas_are_defused_in_csv_and_untouched_in_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    square = [[36.0, 35.0], [36.2, 35.0], [36.2, 35.2], [36.0, 35.2], [36.0, 35.0]]
    zone = {
        "type": "Feature",
        "id": "@zone",
        "properties": {},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    (tmp_path / "z.geojson").write_text(json.dumps(zone))
    ids = ['=HYPERLINK("http://x")', "-7", "plain", "'=1"]
    rows = [["id", "lon", "lat"], *[[id, "36.1", "35.1"] for id in ids], ["=cmd", "x", "35.1"]]
    with (tmp_path / "p.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    screen(tmp_path / "p.csv", tmp_path / "z.geojson", tmp_path / "o.csv")
    screen(tmp_path / "p.csv", tmp_path / "z.geojson", tmp_path / "o.parquet")
    with (tmp_path / "o.csv").open(newline="") as file:
        held = list(csv.DictReader(file))
    assert [row["id"] for row in held] == [f"'{ids[0]}", "-7", "plain", "''=1"]
    assert {row["zone_id"] for row in held} == {"'@zone"}
    assert [undone(row["id"]) for row in held] == ids
    assert all(float(row["distance_m"]) < 0 for row in held)
    assert pq.read_table(tmp_path / "o.parquet")["id"].to_pylist() == ids
    with (tmp_path / "o.csv.rejected.csv").open(newline="") as file:
        (rejected,) = csv.DictReader(file)
    assert rejected["id"] == "'=cmd"


def test_a_page_shows_what_would_turn_its_lines_around_and_escapes_the_rest() -> None:
    hostile = "\u202e<script>alert(1)</script>\x1b"
    page = _environment().from_string("<p title='{{ t }}'>{{ t }}</p>").render(t=hostile)
    assert "<script>" not in page
    assert "\u202e" not in page
    assert "\\u202e" in page
    data = embedded_json({"a": [hostile, ("\u2066",)], hostile: None})
    assert not {"\u202e", "\u2066", "<"} & set(data)
    assert json.loads(data)["a"][0] == "\\u202e<script>alert(1)</script>\\x1b"
    assert isinstance(_environment(), jinja2.Environment)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_of_every_unit_are_read_and_those_beyond_all_calendars_are_a_sentence(
    unit: str, tmp_path: Path
) -> None:
    made = pa.table(
        {"id": ["a"], "lon": [36.0], "lat": [35.0], "time": pa.array([1_001], pa.timestamp(unit, "UTC"))}
    )
    file = pa.OSFile(str(tmp_path / "p.arrow"), "wb")
    with pa.ipc.new_file(file, made.schema) as writer:
        writer.write_table(made)
    file.close()
    (batch,) = PointFile(tmp_path / "p.arrow", Columns()).batches(
        9, skip=0, needs_time=True, default_error_m=0.0
    )
    assert batch.time_us is not None
    assert batch.time_us.tolist() == [{"s": 1_001_000_000, "ms": 1_001_000, "us": 1_001, "ns": 1}[unit]]
    far = made.set_column(3, "time", pa.array([2**62], pa.timestamp("s", "UTC")))
    with pa.OSFile(str(tmp_path / "f.arrow"), "wb") as file, pa.ipc.new_file(file, far.schema) as writer:
        writer.write_table(far)
    with pytest.raises(InvalidInput, match="cannot be read as times"):
        list(
            PointFile(tmp_path / "f.arrow", Columns()).batches(
                9, skip=0, needs_time=True, default_error_m=0.0
            )
        )


def test_points_that_are_no_utf8_are_a_sentence(tmp_path: Path) -> None:
    for text in (b"id,lon,lat\na,1,2,\xed\xa0\n", b"id,lon,lat,\xff\na,1,2,3\n"):
        (tmp_path / "p.csv").write_bytes(text)
        with pytest.raises(InvalidInput, match="cannot be read as CSV"):
            list(
                PointFile(tmp_path / "p.csv", Columns()).batches(
                    9, skip=0, needs_time=False, default_error_m=0.0
                )
            )


def test_a_text_without_blanks_is_not_drafted_from() -> None:
    with pytest.raises(InvalidInput, match="more than 500 characters without a blank, from 8 on"):
        check("shells: " + "(" * 501, "en")
    check("shells: " + "(" * 500, "en")
