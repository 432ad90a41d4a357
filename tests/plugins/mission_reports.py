"""Reports of a mission for tests: a workspace with real reports and planted ones, read once.

No edition but the internal may hold the planted values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from truceline.app.mission.files import Prepared
from truceline.products.mission.blocks import Document
from truceline.products.mission.compose import compose
from truceline.products.mission.facts import Facts
from truceline.products.mission.render.docx import render_docx
from truceline.products.mission.render.html import render_html
from truceline.products.mission.render.pdf import render_pdf

KNOWN_AT = "2100-01-01T00:00:00Z"
"""Later than everything here and its delay, and the same in every run."""

HEAD = (
    "id,kind,date_start,date_end,place,lon,lat,error_m,actor,target,effort_h,observed_from,"
    "fatalities,report,source,url,serial,device\n"
)
ROWS = (
    "p1,shelling,2018-10-12,2018-10-12,Exactville,36.123457,35.654321,400,Syrian government,"
    "armed opposition,,Kilo post 9,3,The zulu phrase of a witness,Whistle QX7,https://whistle.example/zx81,,"
    "canaryphone 36.144321 35.688888\n"
    "p2,shelling,2018-10-12,2018-10-12,Confidentia,36.4321,35.7777,500,armed opposition,"
    "Syrian government,,Secret hill,2,What the other side must not read,Submission Turkey,,,\n"
    "p3,observation_effort,2018-10-12,2018-10-12,Kilo village,36.20,35.70,500,,,7.5,Kilo post 9,,"
    "Two observers of the Whistle team,Whistle QX7,,,\n"
    "p4,access_refused,2018-10-13,2018-10-13,Barrier Foxtrot,36.55,35.61,800,Syrian government,,,"
    "Kilo post 9,,The guard named Golf sent them away,Whistle QX7,,,\n"
    "p5,weapon_sighting,2018-10-14,2018-10-14,Depot Hotel,36.31,35.66,300,armed opposition,,,Kilo post 9,,"
    "Serial seen through the fence,Whistle QX7,,SER-4711-INDIA,\n"
)
SENSITIVE = (
    "Exactville", "36.123457", "35.654321", "Kilo post", "zulu phrase", "Whistle", "whistle.example", "zx81",
    "Confidentia", "36.4321", "35.7777", "Secret hill", "other side must not read", "Submission Turkey",
    "Kilo village", "Barrier Foxtrot", "guard named Golf", "Depot Hotel", "through the fence",
    "SER-4711-INDIA", "planted.csv", "reported-events.csv", "canaryphone", "36.144321", "35.688888",
)  # fmt: skip


@dataclass(frozen=True)
class Mission:
    """The workspace, read once, and documents made from it on demand, each once."""

    root: Path
    prepared: Prepared
    _made: dict[tuple[str, str], tuple[Facts, Document]]
    _files: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def facts(self, edition: str, language: str = "en") -> Facts:
        """The facts of the month."""
        self.document(language, edition)
        return self._made[language, edition][0]

    def document(self, language: str = "en", edition: str = "internal") -> Document:
        """The month's report."""
        key = (language, edition)
        if key not in self._made:
            facts = self.prepared.facts(edition, language, None)
            self._made[key] = facts, compose(facts)
        return self._made[key][1]

    def file(self, language: str, form: str) -> bytes:
        """The internal edition as a file: ``html``, ``pdf`` or ``docx``, made once."""
        key = (language, form)
        if key not in self._files:
            document = self.document(language)
            if form == "html":
                self._files[key] = render_html(document).encode()
            else:
                self._files[key] = (render_pdf if form == "pdf" else render_docx)(document)
        return self._files[key]
