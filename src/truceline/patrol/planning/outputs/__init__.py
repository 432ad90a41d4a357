"""A plan for what a team carries: GeoJSON for maps, GPX for hand-held units, iCalendar for diaries."""
