// The map that moves: the areas of the table beside it, on Natural Earth's outlines and, where the
// user gave one, a PMTiles base map. The drawing stays where WebGL is missing or anything fails.

import { Map as LiveMap, addProtocol, setWorkerUrl } from "maplibre-gl";
import { PMTiles, Protocol } from "pmtiles";
import { baseLayers, areaLayers, colours } from "./map-style.js";
import { featureOf, labelsOf } from "./map-areas.js";

setWorkerUrl(new URL("./map-worker.js", import.meta.url).href);

/** Bring one figure to life. */
async function start(figure) {
  const rows = [...figure.querySelectorAll("tr[data-extent]")];
  const outlines = await read("/outlines.json");
  const areas = {
    type: "FeatureCollection",
    features: rows.map((row, at) => featureOf(row, at, outlines)).filter(Boolean),
  };
  const labels = labelsOf(outlines, namesOf());
  const base = figure.dataset.base ? await openBase(figure.dataset.base) : null;
  const [west, south, east, north] = figure.dataset.frame.split(" ").map(Number);
  const whole = [[west, south], [east, north]];
  const live = figure.querySelector(".live");
  const box = live.querySelector(".live-map");
  live.classList.add("loading"); // laid out but not seen: the drawing stays until the map is there
  live.hidden = false;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const map = new LiveMap({
    container: box,
    style: styleOf({ outlines, areas, labels }, base),
    bounds: whole,
    maxZoom: base ? 14 : 10,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    scrollZoom: false,
    fadeDuration: 0,
    locale: { "Map.Title": box.dataset.title },
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  if (base?.credit) {
    const credit = figure.querySelector(".credit");
    credit.append(base.credit);
    credit.hidden = false;
  }
  map.on("error", () => { if (!figure.classList.contains("moving")) giveUp(map, live); });
  await new Promise((done) => { map.once("load", done); });
  live.classList.remove("loading");
  figure.classList.add("moving");
  figure.querySelector(".still").hidden = true;
  dark.addEventListener("change", () => map.setStyle(styleOf({ outlines, areas, labels }, base)));
  wire(figure, map, rows, areas, whole);
}

/** Return what an address of our own holds. */
async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** Return what turns a country's code into its name in the reader's language. */
function namesOf() {
  const names = new Intl.DisplayNames([document.documentElement.lang], { type: "region", fallback: "none" });
  return (code) => (/^[a-z]{2}$/.test(code) ? names.of(code.toUpperCase()) ?? "" : "");
}

/** Open a PMTiles file; return its source, its kind and its layers. */
async function openBase(address) {
  const url = new URL(address, location.href).href;
  const archive = new PMTiles(url);
  const protocol = new Protocol();
  protocol.add(archive);
  addProtocol("pmtiles", protocol.tile);
  const header = await archive.getHeader();
  const told = await archive.getMetadata();
  const vector = header.tileType === 1;
  return {
    source: { type: vector ? "vector" : "raster", url: `pmtiles://${url}`, ...(vector ? {} : { tileSize: 256 }) },
    layers: vector ? (told?.vector_layers ?? []).map((layer) => layer.id) : null,
    credit: text(told?.attribution),
  };
}

/** Return the words of a stranger's markup; never shown as markup. */
function text(markup) {
  return String(markup ?? "").replace(/<[^>]*>/g, " ").replace(/&copy;/g, "©").replace(/\s+/g, " ").trim().slice(0, 200);
}

function styleOf({ outlines, areas, labels }, base) {
  const paint = colours();
  return {
    version: 8,
    sources: {
      outlines: { type: "geojson", data: outlines },
      areas: { type: "geojson", data: areas },
      labels: { type: "geojson", data: labels },
      ...(base ? { base: base.source } : {}),
    },
    layers: [...baseLayers(paint, base), ...areaLayers(paint)],
  };
}

/** Tie buttons, rows and areas together. */
function wire(figure, map, rows, areas, whole) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const calm = { animate: !still, duration: still ? 0 : 300 };
  const acts = {
    in: () => map.zoomIn(calm),
    out: () => map.zoomOut(calm),
    whole: () => { light(map, -1); map.fitBounds(whole, calm); },
  };
  for (const button of figure.querySelectorAll(".live-tools button")) {
    button.addEventListener("click", acts[button.dataset.act]);
  }
  const canvas = map.getCanvas();
  canvas.addEventListener("focus", () => map.scrollZoom.enable());
  canvas.addEventListener("blur", () => map.scrollZoom.disable());
  const button = figure.querySelector("template").content.firstElementChild;
  for (const { id, properties } of areas.features) {
    const show = button.cloneNode(true);
    show.append(unseen(` ${properties.name}`));
    show.addEventListener("click", () => {
      light(map, id);
      map.fitBounds(properties.around, { padding: 80, maxZoom: 8, ...calm });
      figure.querySelector(".live").scrollIntoView({ block: "nearest" });
    });
    rows[id].querySelector("th").append(" ", show);
  }
  map.on("click", "areas", ({ features }) => {
    const row = rows[features[0].id];
    light(map, features[0].id);
    row.focus();
  });
  map.on("mousemove", "areas", () => { canvas.style.cursor = "pointer"; });
  map.on("mouseleave", "areas", () => { canvas.style.cursor = ""; });
}

/** Show one area as chosen, or none. */
function light(map, id) {
  map.setFilter("chosen", ["==", ["id"], id]);
}

function unseen(words) {
  const span = document.createElement("span");
  span.className = "unseen";
  span.textContent = words;
  return span;
}

function giveUp(map, live) {
  map.remove();
  live.hidden = true;
}

if (document.createElement("canvas").getContext("webgl2")) {
  for (const figure of document.querySelectorAll("figure[data-island=map]")) {
    start(figure).catch(() => { figure.querySelector(".live").hidden = true; });
  }
}
