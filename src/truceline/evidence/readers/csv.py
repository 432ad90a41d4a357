"""Reader of delimited text: our own column names without a mapping, any layout with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from truceline.evidence.intake.batch import Batch, Options
from truceline.evidence.intake.document import Document
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.intake.mapping import EvidenceMapping
from truceline.evidence.intake.own import observe
from truceline.evidence.intake.rows import Layout, read_rows, sniff_layout
from truceline.evidence.intake.sheet import Sheet, UnacceptableError, truth

ALSO = {"longitude": "lon", "latitude": "lat"}


def recognises(head: str) -> bool:
    """Whether the header has our own `kind` or a date; what else it lacks is told when it is read."""
    first = head.split("\n", 1)[0].lower()
    names = {name.strip().strip('"') for sign in ",;\t|" for name in first.split(sign)}
    return bool(names & {"kind", "date", "date_start"})


def read(document: Document, options: Options) -> Iterator[Batch]:
    """Batches of observations from a delimited file. Raises InvalidEvidence."""
    mapping = options.mapping or EvidenceMapping()
    layout = sniff_layout(document, mapping.delimiter)
    fields = _fields_of_columns(document, layout, mapping)
    for rows in read_rows(document, layout, batch_rows=options.batch_rows):
        columns: dict[str, pa.Array] = {}
        for name, column in rows.columns.items():
            for field in fields.get(name, (name,)):
                columns[field] = column
        sheet = Sheet(columns, rows.rows, document.name)
        sheet.clean(look_for_nul=document.holds_nul)
        _translate(sheet, mapping)
        yield observe(document, options, sheet, broken=rows.broken, shapes=_shapes(sheet))


def _fields_of_columns(
    document: Document, layout: Layout, mapping: EvidenceMapping
) -> dict[str, tuple[str, ...]]:
    missing = [column for column in mapping.columns if column not in layout.names]
    if missing:
        raise document.fail(
            "the mapping names columns that the file does not have",
            path="columns",
            found=", ".join(missing),
            accepted=", ".join(layout.names),
        )
    fields = dict(mapping.columns)
    taken = {field for group in fields.values() for field in group}
    for name in layout.names:
        plain = name.lower()
        field = ALSO.get(plain, plain)
        if name not in fields and field in FIELDS:
            # A column that another one is mapped over keeps its own name, among the details.
            fields[name] = (f"{name} (file)",) if field in taken else (field,)
            taken.add(field)
    provided = taken | set(mapping.constants)
    for wanted, also in (("kind", ()), ("date_start", ("date",))):
        if not provided & {wanted, *also}:
            hint = "name the columns of this file in a mapping file (--mapping map.yaml)"
            raise document.fail(
                f"the file has no column {' or '.join((wanted, *also))}",
                line=1,
                path=wanted,
                found=", ".join(layout.names)[:200],
                accepted=", ".join(FIELDS),
                hint=hint,
            )
    return fields


def _translate(sheet: Sheet, mapping: EvidenceMapping) -> None:
    """Applies constants, precision codes and value maps; swaps the coordinates where it is declared."""
    count = len(sheet)
    for field, constant in mapping.constants.items():
        sheet.columns[field] = pc.coalesce(sheet.text(field), pa.repeat(pa.scalar(constant), count))
    if mapping.precision is not None:
        radii = mapping.precision.radii()
        column = mapping.precision.column

        def radius(code: str) -> str:
            if code in radii:
                return str(radii[code])
            raise UnacceptableError("unknown code of precision", ", ".join(radii), "precision")

        sheet.columns["error_m"] = pc.coalesce(sheet.each(column, radius, pa.string()), sheet.text("error_m"))
    for field, words in mapping.values.items():
        if field in sheet.columns:
            sheet.columns[field] = sheet.each(field, _translator(words), pa.string())
    if mapping.swap_lon_lat:
        sheet.columns["lon"], sheet.columns["lat"] = sheet.text("lat"), sheet.text("lon")


def _translator(words: dict[str, str]) -> Callable[[str], str]:
    others = words.get("*")
    return lambda text: words.get(text, text if others is None else others)


def _shapes(sheet: Sheet) -> npt.NDArray[np.object_] | None:
    """The geometries of the column `geometry` (WKT); refuses what cannot be read."""
    if not sheet.has("geometry"):
        return None
    text = sheet.text("geometry").to_pylist()
    shapes = np.empty(len(text), dtype=object)
    shapes[:] = shapely.from_wkt(text, on_invalid="ignore")
    unread = shapely.is_missing(shapes) & truth(pc.is_valid(sheet.text("geometry")))
    sheet.refuse(
        unread,
        "geometry",
        "the geometry cannot be read",
        accepted="WKT such as LINESTRING (36.1 35.2, 36.3 35.4)",
        code="geometry",
    )
    return shapes
