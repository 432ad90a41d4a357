"""Which reports are of one incident, as numbers aligned with rows."""

from __future__ import annotations

import numpy as np

from truceline.assess.columns import Evidence, Rows
from truceline.assess.findings import Incidents


def incident_numbers(evidence: Evidence, rows: Rows) -> Incidents:
    """Per row the number of its incident: reports that say the same thing are of one."""
    if not len(rows):
        return np.empty(0, dtype=np.int64)
    _, numbers = np.unique(evidence.fingerprints(rows), return_inverse=True)
    return numbers.ravel().astype(np.int64)
