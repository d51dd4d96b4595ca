// Marking words: a selection in the text becomes a place in code points, and fills the form.

import { say } from "./bench.js";

const text = document.getElementById("text");
const form = document.getElementById("new-claim");

/** How many code points stand before this place of the document, or null outside the text. */
export function placeOf(node, offset) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!piece || !text.contains(piece)) return null;
  const start = Number(piece.dataset.start);
  if (piece.dataset.length) return start;
  if (node.nodeType !== Node.TEXT_NODE) return start + (offset ? [...piece.textContent].length : 0);
  return start + [...node.data.slice(0, offset)].length;
}

function wordsBetween(start, end) {
  const found = [];
  for (const piece of text.querySelectorAll("[data-start]")) {
    const from = Number(piece.dataset.start);
    const points = piece.dataset.length ? [""] : [...piece.textContent];
    const till = from + points.length;
    if (till > start && from < end) found.push(points.slice(Math.max(start - from, 0), end - from).join(""));
  }
  return found.join("");
}

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (chosen.isCollapsed || chosen.rangeCount === 0) return;
  const range = chosen.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset);
  const end = placeOf(range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return;
  form.elements.start.value = start;
  form.elements.end.value = end;
  form.elements.quote.value = wordsBetween(start, end);
});
text.addEventListener("mouseup", () => {
  if (document.getSelection().isCollapsed) return;
  document.getElementById("new").open = true;
  say(form.elements.quote.value);
});
form.elements.quote.addEventListener("input", () => {
  form.elements.start.value = "";
  form.elements.end.value = "";
});
for (const mark of text.querySelectorAll("mark")) {
  mark.addEventListener("click", () => {
    if (!document.getSelection().isCollapsed) return;
    location.hash = mark.dataset.claims.split(" ").pop();
  });
}
