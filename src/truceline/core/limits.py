"""How much of a file that somebody hands us is read at most, so that no file can exhaust the machine.

docs/reference/limits.md lists every one of these; a test holds that. Beyond a limit the file is refused with
one sentence, or where a limit is of one row, the row is set aside.
"""

from __future__ import annotations

MIB = 1 << 20

ACCORD_BYTES = 8 * MIB
ACCORD_DEPTH = 40
ACCORD_PARTS = 400_000
KEY_CHARACTERS = 200
"""Of a key in YAML: every part is known by the path of keys to it, so that long keys add up."""
MAPPING_BYTES = MIB

GEOMETRY_BYTES = 128 * MIB
GEOMETRY_VERTICES = 5_000_000
JSON_DEPTH = 64
TABLE_BYTES = 64 * MIB
"""Of a small table in CSV that is held as a whole: control points, effort, depths."""
CELL_CHARACTERS = 1_000_000

EVIDENCE_JSON_BYTES = 128 * MIB
"""Of evidence in GeoJSON, which is held as a whole; delimited evidence is streamed and may be longer."""
UNPACKED_BYTES = 64 << 30
UNPACKED_RATIO = 250
"""How many times its packed size a file may have; counts beyond `UNPACKED_FREE_BYTES`."""
UNPACKED_FREE_BYTES = 64 * MIB
QUARANTINED_ROWS = 100_000
"""Of one file: where more rows are unreadable, the file is of another format than it was taken for."""
VERTICES_OF_A_ROW = 100_000

ROAD_NODES = 2_000_000
"""Of the roads around the bases and posts of a plan, which are held as a whole."""

TRACK_FIXES = 2_000_000
"""Of one file of tracks, which is held as a whole."""

DOCUMENT_BYTES = 50_000_000
DOCUMENT_CHARACTERS = 5_000_000
DOCUMENT_WORD = 500
"""Characters without a blank, in a text that is drafted from."""
DOCUMENT_UNPACKED_BYTES = 256 * MIB
DOCUMENT_PARTS = 5_000
DOCUMENT_PAGES = 2_000
DOCUMENT_ELEMENTS = 500_000
DOCUMENT_DEPTH = 256
DOCUMENT_SECONDS = 60
"""Of processor time for reading an HTML page, a PDF or a DOCX, which is done in a process of its own."""
DOCUMENT_MEMORY_BYTES = 3 << 30
"""Of address space for the same."""

KEY_FILE_BYTES = 65_536
