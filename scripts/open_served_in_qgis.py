"""Opens a served workspace in QGIS without a display, as a person does: features, filters and vector tiles.

    scripts/need-qgis && /usr/bin/python3 scripts/open_served_in_qgis.py http://127.0.0.1:8000 [MAP.png]

Without a name it sees what the public may see; TRUCELINE_USER and TRUCELINE_PASSWORD (of a device) sign it
in. Runs with the Python that QGIS belongs to (Debian's python3-qgis), not with Truceline's. Prints one JSON
document; ends with 1 and a sentence where a layer does not open or its tiles hold nothing.
"""

import json
import os
import sys
import tempfile
import urllib.request
from base64 import b64encode

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# QGIS keeps who signs in where in a file of its own: here in one that goes again.
os.environ["QGIS_AUTH_DB_DIR_PATH"] = tempfile.mkdtemp(prefix="qgis-")

from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDataSourceUri,
    QgsFeatureRequest,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileBasicRenderer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

USER, PASSWORD = os.environ.get("TRUCELINE_USER"), os.environ.get("TRUCELINE_PASSWORD")
DRAWN = ("zones", "observations", "lines")


def main() -> int:
    """Prints what QGIS found in each collection, and what is wrong."""
    address, picture = sys.argv[1].rstrip("/"), sys.argv[2] if len(sys.argv) > 2 else None
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    faults, found, layers = [], {}, {}
    sign = signed()
    for name in collections(address):
        layer = QgsVectorLayer(source(address, name, sign), name, "OAPIF")
        if not layer.isValid():
            faults.append(f"{name} does not open: {layer.error().message()}")
            continue
        features = list(layer.getFeatures())
        found[name] = {
            "features": len(features),
            "counted": layer.featureCount(),
            "fields": layer.fields().names(),
            "geometries": sum(1 for one in features if one.hasGeometry() and one.geometry().isGeosValid()),
        }
        layers[name] = layer
    if "observations" in layers:
        found["observations"]["shelling"] = filtered(address, "kind = 'shelling'", sign)
        inside = QgsFeatureRequest().setFilterRect(QgsRectangle(36.4, 35.4, 36.9, 35.9))
        found["observations"]["inside"] = sum(1 for _ in layers["observations"].getFeatures(inside))
    tiles = {}
    for name in DRAWN:
        template = f"{address}/ogc/collections/{name}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}"
        said = f"type=xyz&url={template}&zmin=0&zmax=14{f'&authcfg={sign}' if sign else ''}"
        tile_layer = QgsVectorTileLayer(said, f"{name} (tiles)")
        if not tile_layer.isValid():
            faults.append(f"the tiles of {name} do not open")
            continue
        renderer = QgsVectorTileBasicRenderer()
        ink = QColor(160, 40, 120)
        renderer.setStyles(QgsVectorTileBasicRenderer.simpleStyle(ink, ink, 0.3, ink, 1.0, ink, ink, 2.0))
        tile_layer.setRenderer(renderer)
        tile_layer.setOpacity(0.6)
        tiles[name] = tile_layer
        found[name]["tiles_inked"] = inked(draw([tile_layer], layers, None))
        if not found[name]["tiles_inked"]:
            faults.append(f"the tiles of {name} hold nothing")
    if picture:
        draw(
            [layers[name] for name in reversed(DRAWN) if name in layers] + list(tiles.values()),
            layers,
            picture,
        )
    print(json.dumps(found, ensure_ascii=False, indent=1))
    # QGIS must not end before the layers that it holds.
    layers.clear()
    tiles.clear()
    application.exitQgis()
    for fault in faults:
        print(f"open_served_in_qgis: {fault}", file=sys.stderr)
    return 1 if faults else 0


def collections(address: str) -> list:
    """The collections' names, as the service lists them."""
    request = urllib.request.Request(f"{address}/ogc/collections")
    if USER:
        request.add_header("Authorization", "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    with urllib.request.urlopen(request) as answer:
        return [one["id"] for one in json.load(answer)["collections"]]


def signed() -> str:
    """The name of a configuration of Basic authentication among QGIS's own; empty for the public."""
    if not USER:
        return ""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("of this process", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("truceline")
    config.setConfig("username", USER)
    config.setConfig("password", PASSWORD)
    manager.storeAuthenticationConfig(config)
    return config.id()


def source(address: str, name: str, sign: str) -> str:
    """The layer's source, as the dialogue for OGC API - Features makes it."""
    uri = QgsDataSourceUri()
    uri.setParam("url", f"{address}/ogc")
    uri.setParam("typename", name)
    uri.setParam("pagingEnabled", "true")
    uri.setParam("pageSize", "100")
    if sign:
        uri.setAuthConfigId(sign)
    return uri.uri(False)


def filtered(address: str, condition: str, sign: str) -> int:
    """How many observations are left by a filter of the layer."""
    layer = QgsVectorLayer(source(address, "observations", sign), "filtered", "OAPIF")
    layer.setSubsetString(condition)
    return sum(1 for _ in layer.getFeatures())


def draw(shown: list, layers: dict, picture):
    """Draws layers, the first on top, around the zones and lines."""
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    settings = QgsMapSettings()
    settings.setLayers(shown)
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setOutputSize(QSize(1200, 900))
    settings.setDestinationCrs(mercator)
    extent = QgsRectangle()
    for name in ("zones", "lines"):
        layer = layers[name]
        turned = QgsCoordinateTransform(layer.crs(), mercator, QgsProject.instance())
        extent.combineExtentWith(turned.transformBoundingBox(layer.extent()))
    extent.scale(1.2)
    settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    if picture:
        image.save(picture)
    return image


def inked(image) -> int:
    """How many of the picture's sampled points are not white."""
    points = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
    return sum(1 for x, y in points if image.pixelColor(x, y) != QColor(255, 255, 255))


if __name__ == "__main__":
    sys.exit(main())
