"""The ellipsoid: geodesic lines, zones, depth audits. Knows nothing of accords or evidence."""
