"""Data products: what a workspace holds, as files that researchers and GIS people use.

`fields` says what a column is, `layers` which layers with which columns there are; `observations`, `drawn`
and `verdicts` fill them; `geopackage`, `geoparquet`, `geojson`, `hxl_csv`, `package` and `catalogue` write
them.
"""
