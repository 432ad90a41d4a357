from truceline.app.notebook import DraftDocument as DraftDocument
from truceline.app.notebook import LayerTable as LayerTable
from truceline.app.notebook import OpenWorkspace as OpenWorkspace
from truceline.app.notebook import ZoneAudit as ZoneAudit
from truceline.app.notebook import audit_zone as audit_zone
from truceline.app.notebook import derive_zone as derive_zone
from truceline.app.notebook import draft_text as draft_text
from truceline.app.notebook import load_accord as load_accord
from truceline.app.notebook import open_workspace as open

__all__ = [
    "DraftDocument", "LayerTable", "OpenWorkspace", "ZoneAudit", "__version__", "audit_zone", "derive_zone",
    "draft_text", "load_accord", "open",
]  # fmt: skip
__version__: str
