// From a row of the table to an area on the map: never a point.

const STEPS = 64;

/** Return the area of a row as GeoJSON, or null if it is only named. */
export function featureOf(row, id, outlines) {
  const { extent, cell, country, name } = row.dataset;
  const total = Number(row.querySelector(".num").textContent.replace(/\D/g, ""));
  const geometry = extent === "country" ? countryOf(country, outlines) : areaOf(extent, cell);
  if (geometry === null) return null;
  return { type: "Feature", id, properties: { extent, name, total, around: around(geometry) }, geometry };
}

function areaOf(extent, cell) {
  if (!cell) return null;
  const [west, south, east, north] = cell.split(" ").map(Number);
  const ring = extent === "province"
    ? circle((west + east) / 2, (south + north) / 2, (east - west) / 2, (north - south) / 2)
    : [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: "Polygon", coordinates: [ring] };
}

function circle(lon, lat, wide, high) {
  const turn = (at) => (2 * Math.PI * (at % STEPS)) / STEPS;
  return Array.from({ length: STEPS + 1 }, (_, at) => [lon + wide * Math.cos(turn(at)), lat + high * Math.sin(turn(at))]);
}

function countryOf(code, outlines) {
  const found = outlines.features.filter((one) => one.properties.code === code);
  if (found.length === 0) return null;
  return { type: "MultiPolygon", coordinates: found.flatMap((one) => one.geometry.coordinates) };
}

/** Return where the names of countries stand: in the middle of the largest part of each. */
export function labelsOf(outlines, nameOf) {
  const found = new Map();
  for (const { properties: { code }, geometry } of outlines.features) {
    const size = Math.abs(sizeOf(boxOf(geometry.coordinates[0][0])));
    if (size > (found.get(code)?.properties.size ?? 0)) {
      const properties = { name: nameOf(code), size };
      found.set(code, { type: "Feature", properties, geometry: { type: "Point", coordinates: middle(geometry.coordinates[0][0]) } });
    }
  }
  return { type: "FeatureCollection", features: [...found.values()] };
}

/** Return the centre of gravity of a ring. */
function middle(ring) {
  let [area, x, y] = [0, 0, 0];
  for (let at = 1; at < ring.length; at += 1) {
    const [[a, b], [c, d]] = [ring[at - 1], ring[at]];
    const cross = a * d - c * b;
    area += cross;
    x += (a + c) * cross;
    y += (b + d) * cross;
  }
  return [x / (3 * area), y / (3 * area)];
}

/** Return the corners of an area: of its largest part, so that far islands do not count. */
function around({ type, coordinates }) {
  const boxes = (type === "Polygon" ? [coordinates] : coordinates).map(([ring]) => boxOf(ring));
  return boxes.sort((a, b) => sizeOf(b) - sizeOf(a))[0];
}

function boxOf(ring) {
  const [wide, high] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  return [[Math.min(...wide), Math.min(...high)], [Math.max(...wide), Math.max(...high)]];
}

function sizeOf([[west, south], [east, north]]) {
  return (east - west) * (north - south);
}
