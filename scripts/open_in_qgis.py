"""Opens an exported GeoPackage in QGIS without a display, checks its layers and styles, and draws them.

    scripts/need-qgis && /usr/bin/python3 scripts/open_in_qgis.py FILE.gpkg [MAP.png]

Runs with the Python that QGIS belongs to (Debian's python3-qgis), not with Truceline's. Ends with 1 and a
sentence where a layer does not open, or is not drawn with the style that the file carries.
"""

import os
import sqlite3
import sys
from contextlib import closing

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

DRAWN_FIRST_TO_LAST = (
    "effort", "zones", "observations_area", "observations_line", "observations_point", "routes", "lines",
)  # fmt: skip


def main() -> int:
    """Prints each layer, and what is wrong."""
    path, picture = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    with closing(sqlite3.connect(path)) as file:
        names = [row[0] for row in file.execute("SELECT table_name FROM gpkg_contents ORDER BY table_name")]
        styled = {row[0] for row in file.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault")}
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    faults, shown = [], {}
    for name in names:
        layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
        if not layer.isValid():
            faults.append(f"{name} does not open: {layer.error().message()}")
            continue
        kind = layer.renderer().type() if layer.renderer() else "table"
        if name in styled:
            labels = (
                [one.label() for one in layer.renderer().categories()] if kind == "categorizedSymbol" else []
            )
            if not labels:
                faults.append(f"{name} is not drawn with its own style but as {kind}")
            shown[name] = layer
            kind = f"{kind}: {', '.join(labels)}"
        geometries = sum(
            1 for one in layer.getFeatures() if one.hasGeometry() and not one.geometry().isNull()
        )
        wrong = sum(
            1 for one in layer.getFeatures() if one.hasGeometry() and not one.geometry().isGeosValid()
        )
        if wrong:
            faults.append(f"{name}: {wrong} geometries are not valid")
        print(f"{name}: {layer.featureCount()} rows, {geometries} with geometry; {kind}")
    if picture and shown:
        draw([shown[name] for name in DRAWN_FIRST_TO_LAST if name in shown], picture)
    # QGIS must not end before the layers that it holds.
    shown.clear()
    layer = None
    application.exitQgis()
    for fault in faults:
        print(f"open_in_qgis: {fault}", file=sys.stderr)
    return 1 if faults else 0


def draw(layers: list, picture: str) -> None:
    """Draws the layers, the first at the bottom, around the accord's own geometry."""
    settings = QgsMapSettings()
    settings.setLayers(list(reversed(layers)))
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setOutputSize(QSize(1400, 1000))
    settings.setDestinationCrs(layers[0].crs())
    extent = QgsRectangle()
    for layer in layers:
        if layer.name() in ("zones", "lines", "routes"):
            extent.combineExtentWith(layer.extent())
    extent.scale(1.2)
    settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(picture)


if __name__ == "__main__":
    sys.exit(main())
