"""The page docs/reference/permissions.md, from the matrix."""

from __future__ import annotations

from truceline.evidence.permissions.matrix import CELL_DEG, DELAY, MATRIX, Grant, Role

_INTRODUCTION = f"""\
# Who may see and do what

Written by `truceline.evidence.permissions.page` from the matrix in `truceline.evidence.permissions.matrix`; a
test fails where the page is out of date (`pytest tests/unit/evidence/permissions --update-golden` renews it).
The same table decides in the web interface, makes [the roles of a PostgreSQL server](postgresql.md)
and the editions of reports and exports, and each endpoint is tested for each role against it.

- **all**: all of it, as it is.
- **delayed**: once it has been recorded for {DELAY.total_seconds() / 3600:.0f} hours.
- **coarsened**: cells of {CELL_DEG}°, never a point. Filters, counts and tiles work on the cells too.
- **own**: what is its party's, or in its party's name. There is one liaison role for each party.
- **–**: nothing, not even whether there is any.

Whoever has not signed in is the public.
"""

_MORE = """\

## What this does not hide

- **Verdicts** rest on the observations that the role may see, at their exact places: that an incident counts
  against a zone says that it probably lies in it.
- **How many entries** the log has: that is what makes it a log.
- From those who hold the workspace's folder, or administer its machine or database, nothing.

## Names of observations

An observation's id can be a digest of what it says, its place included, so whoever holds the id could try
places until one fits. Readers who do not see places or reporters are therefore given other ids (`seen-…`),
made with a key that stays in the workspace.
"""


def render_page() -> str:
    """The page as Markdown."""
    roles = list(Role)
    lines = ["", f"| | {' | '.join(roles)} |", f"|---|{'---|' * len(roles)}"]
    for row in MATRIX:
        cells = " | ".join("–" if grant is Grant.NONE else str(grant) for grant in row.grants)
        lines.append(f"| {row.words} (`{row.kind}`) | {cells} |")
    return _INTRODUCTION + "\n".join(lines) + "\n" + _MORE
