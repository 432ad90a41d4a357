"""What offices carry to one another holds the record, and nothing of the sealed patrols beside it."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pyarrow as pa
from planted_patrols import plant_patrols, planted_in

from truceline.app import bundle as use
from truceline.app.ingest import ingest
from truceline.store.workspace import Workspace


def everything_in(bundle: Path) -> dict[str, bytes]:
    """The members of a bundle, and what is packed in each."""
    with tarfile.open(bundle) as tar:
        found = {info.name: tar.extractfile(info).read() for info in tar.getmembers()}  # type: ignore[union-attr]
    (manifest,) = [json.loads(held) for name, held in found.items() if name.endswith("manifest.json")]
    for blob in manifest["blobs"]:
        (packed,) = [held for name, held in found.items() if blob["sha256"] in name]
        if blob["packing"] == "zstd":
            unpacked = pa.Codec("zstd").decompress(packed, blob["unpacked"], asbytes=True)
            found[f"{blob['sha256']}, unpacked"] = unpacked
    return found


def test_a_bundle_holds_the_reports_and_no_patrol(idlib: Path, tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    (tmp_path / "reports.csv").write_text(
        "id,kind,date,lon,lat,source,report\n1,shelling,2018-10-02,36.5,35.5,wire,a report of it\n"
    )
    ingest(workspace, [tmp_path / "reports.csv"])
    plant_patrols(workspace, tmp_path, verify=False)
    assert list((workspace.root / "patrols").iterdir())
    use.export(workspace, tmp_path / "office.tcb")
    held = everything_in(tmp_path / "office.tcb")
    assert any(b"a report of it" in content for content in held.values())
    assert {name: found for name, content in held.items() if (found := planted_in(content))} == {}
    # What the vault seals is not readable where it lies, either.
    sealed = {path.name: path.read_bytes() for path in (workspace.root / "patrols").iterdir()}
    assert {name: found for name, content in sealed.items() if (found := planted_in(content))} == {}
