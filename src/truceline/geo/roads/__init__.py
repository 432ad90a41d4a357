"""Roads as a graph: `read` takes OpenStreetMap extracts or GeoJSON, `rules` say who may drive how fast where,
`graph` holds the roads as arrays and finds the quickest ways."""
