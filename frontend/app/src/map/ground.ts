// Routes as the server tells them, made ready for the map's layers. Zones and lines come in parts already.
import type { FeatureCollection } from "geojson";

/** Each route with its status beside its name, so that the map can choose a dash for it. */
export function routesWithStatus(routes: FeatureCollection): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: routes.features.map((route) => {
      const told = route.properties?.route as { status?: string } | null;
      return { ...route, properties: { id: route.id, status: told?.status ?? "unverified" } };
    }),
  };
}
