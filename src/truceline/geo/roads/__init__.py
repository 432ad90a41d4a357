"""Roads as a graph: `read` takes OpenStreetMap extracts or GeoJSON into a `road_map`, which `kept` holds on
disk; `vehicles`, `rules` and `measures` say who may use which road how fast; `graph` is what one vehicle may
use, with the quickest ways in it; `snap` joins places to it."""
