// How the map looks, in the colours of the page, light and dark.

const WATER = /water|ocean|sea|lake|river/;
const LAND = /earth|land$|landcover|landuse|park/;
const NAMES = /place|poi|label|name/;

/** Return the page's colours. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return { sea: read("sea"), land: read("land"), line: read("edge"), ink: read("ink"), soft: read("soft"), paper: read("paper"), accent: read("accent") };
}

/** Return what lies under the areas: the sea, the land, the user's base map, borders and names. */
export function baseLayers(paint, base) {
  const outlines = { source: "outlines" };
  return [
    { id: "sea", type: "background", paint: { "background-color": paint.sea } },
    { id: "land", type: "fill", ...outlines, paint: { "fill-color": paint.land } },
    ...tileLayers(paint, base),
    { id: "borders", type: "line", ...outlines, paint: { "line-color": paint.line, "line-width": 0.8 } },
    {
      id: "countries", type: "symbol", source: "labels", maxzoom: 7,
      layout: { "text-field": ["get", "name"], "text-size": 11, "text-max-width": 7, "text-padding": 6, "symbol-sort-key": ["-", ["get", "size"]] },
      paint: { "text-color": paint.soft, "text-halo-color": paint.paper, "text-halo-width": 1.2 },
    },
  ];
}

/** Return the layers of a base map; of a vector one whatever layers it has, each by its name. */
function tileLayers(paint, base) {
  if (!base) return [];
  if (base.layers === null) return [{ id: "base", type: "raster", source: "base" }];
  return base.layers.flatMap((name) => layersOf(name, paint));
}

function layersOf(name, paint) {
  const layer = { source: "base", "source-layer": name };
  const areas = { ...layer, id: `base-${name}-fill`, type: "fill", filter: ["==", ["geometry-type"], "Polygon"] };
  if (WATER.test(name)) areas.paint = { "fill-color": paint.sea };
  else if (LAND.test(name)) areas.paint = { "fill-color": paint.land };
  else areas.paint = { "fill-color": paint.line, "fill-opacity": 0.25 };
  const lines = {
    ...layer, id: `base-${name}-line`, type: "line", filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": WATER.test(name) ? paint.sea : paint.line, "line-width": 0.9 },
  };
  if (!NAMES.test(name)) return [areas, lines];
  return [{
    ...layer, id: `base-${name}-names`, type: "symbol", filter: ["==", ["geometry-type"], "Point"],
    layout: { "text-field": ["coalesce", ["get", `name:${document.documentElement.lang}`], ["get", "name"], ""], "text-size": 11 },
    paint: { "text-color": paint.soft, "text-halo-color": paint.paper, "text-halo-width": 1.2 },
  }];
}

/** Return the areas: filled, with an edge by kind, the chosen one, and their names. */
export function areaLayers(paint) {
  const of = (extent) => ["==", ["get", "extent"], extent];
  const areas = { source: "areas" };
  const edge = (extent, dash) => ({
    ...areas, id: `edge-${extent}`, type: "line", filter: of(extent),
    paint: { "line-color": paint.accent, "line-width": 1.8, ...(dash ? { "line-dasharray": dash } : {}) },
  });
  const opacity = ["match", ["get", "extent"], "cell", 0.45, "province", 0.2, 0.12];
  return [
    { ...areas, id: "areas", type: "fill", paint: { "fill-color": paint.accent, "fill-opacity": opacity } },
    edge("country", [3, 2]), edge("province", [1, 1.5]), edge("cell"),
    { ...areas, id: "chosen", type: "line", filter: ["==", ["id"], -1], paint: { "line-color": paint.ink, "line-width": 3.5 } },
    {
      ...areas, id: "names", type: "symbol",
      layout: {
        "text-field": ["concat", ["get", "name"], " (", ["to-string", ["get", "total"]], ")"],
        "text-size": 12, "text-anchor": "left", "text-offset": [0.9, 0], "text-max-width": 14, "text-padding": 3,
        "symbol-sort-key": ["match", ["get", "extent"], "cell", 0, "province", 1, 2],
      },
      paint: { "text-color": paint.ink, "text-halo-color": paint.paper, "text-halo-width": 1.4 },
    },
  ];
}
