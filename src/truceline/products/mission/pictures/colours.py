"""The colours of maps and charts. What they say is said by a shape, a dash or a word as well."""

INK, QUIET, RULE = "#1b1f23", "#5b6470", "#b9c0c7"
LAND, WATER = "#f6f4ee", "#dfe8ee"
ZONE, ZONE_EDGE, LINE, BAND, ROUTE = "#c9dcec", "#3f6f9f", "#7a1f5c", "#e7d3e2", "#8a6d1f"
COLOURS = {"violent": "#b3261e", "access": "#1d4e89", "patrol": "#1e6b3c"}
