// The timeline that moves: the server's drawing, its scale made anew for each closer look.

import { scaleUtc } from "d3-scale";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const FADE = 60;
const LEAST = 6;
const DAY = 86_400_000;
const CLOSEST = 14; // days

/** Bring one figure to life. */
function start(figure) {
  const drawing = select(figure).select("svg.timeline");
  const { first, last, left } = drawing.node().dataset;
  const [wide, high] = ["width", "height"].map((name) => Number(drawing.attr(name)));
  const whole = scaleUtc([day(first), day(last)], [Number(left), wide - Number(left)]);
  const bars = [...drawing.node().querySelectorAll("g.bar")];
  const most = Math.max(1, (day(last) - day(first)) / (CLOSEST * DAY));
  const look = zoom()
    .scaleExtent([1, most])
    .translateExtent([[0, 0], [wide, high]])
    .extent([[0, 0], [wide, high]])
    .filter((event) => !event.button && (event.type !== "wheel" || event.ctrlKey))
    .on("zoom", ({ transform }) => draw(drawing, bars, transform.rescaleX(whole), wide, high));
  drawing.call(look).on("dblclick.zoom", null);
  const step = wide / 4;
  const acts = {
    in: () => drawing.call(look.scaleBy, 1.8),
    out: () => drawing.call(look.scaleBy, 1 / 1.8),
    before: () => shift(step),
    after: () => shift(-step),
    whole: () => drawing.call(look.transform, zoomIdentity),
  };
  const shift = (by) => {
    const { k } = drawing.node().__zoom;
    drawing.call(look.translateBy, by / k, 0);
  };
  const live = figure.querySelector(".live");
  for (const button of live.querySelectorAll("button")) {
    button.addEventListener("click", acts[button.dataset.act]);
  }
  for (const bar of bars) {
    bar.addEventListener("click", () => { location.href = `/incidents/${encodeURIComponent(bar.dataset.incident)}`; });
  }
  live.hidden = false;
  figure.classList.add("moving");
}

/** Draw bars and days on a scale. */
function draw(drawing, bars, scale, wide, high) {
  for (const bar of bars) place(bar, scale);
  const ticks = scale.ticks(8);
  const told = formatOf(ticks);
  drawing.selectAll("g.tick").data(ticks).join(
    (entering) => {
      const made = entering.insert("g", "g.bar").attr("class", "tick");
      made.append("path");
      made.append("text").attr("y", 12);
      return made;
    },
  ).each(function each(tick) {
    const x = Math.round(scale(tick) * 10) / 10;
    select(this).select("path").attr("d", `M${x} 18V${high}`);
    select(this).select("text").attr("x", x + 3).text(told.format(tick));
  });
}

/** Put one bar where its days are now; an open end fades over a fixed length. */
function place(bar, scale) {
  const { start: from, end: to } = bar.dataset;
  const end = to ? scale(new Date(day(to).getTime() + DAY)) : null;
  const left = from ? scale(day(from)) : end - FADE;
  const right = end ?? left + FADE;
  const rect = bar.querySelector("rect");
  const words = bar.querySelector("text");
  rect.setAttribute("x", left);
  rect.setAttribute("width", Math.max(right - left, LEAST));
  const before = left >= 620;
  words.setAttribute("x", before ? left - 5 : Math.max(right, left + LEAST) + 5);
  words.classList.toggle("before", before);
}

/** Return a format of days as fine as the days that are marked. */
function formatOf(ticks) {
  const apart = ticks.length > 1 ? ticks[1] - ticks[0] : 366 * DAY;
  const parts = apart < 27 * DAY ? { day: "numeric", month: "short", year: "numeric" }
    : apart < 360 * DAY ? { month: "short", year: "numeric" } : { year: "numeric" };
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...parts, timeZone: "UTC", numberingSystem: "latn" });
}

function day(words) {
  return new Date(`${words}T00:00:00Z`);
}

for (const figure of document.querySelectorAll("figure[data-island=timeline]")) start(figure);
