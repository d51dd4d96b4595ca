// On every page: the list of keys, the search key, and words said to a screen reader.

export const token = document.querySelector('meta[name="enduse-token"]').content;

/** Tell a screen reader. */
export function say(words) {
  document.getElementById("said").textContent = words;
}

const warned = document.getElementById("warned");

/** Tell everybody what was not kept, with a link to it; stays until it is kept. */
export function warn(target, words) {
  unwarn(target);
  const line = document.createElement("p");
  const link = document.createElement("a");
  link.href = `#${target}`;
  link.textContent = `${warned.dataset.unkept}: ${words}`;
  line.append(link);
  warned.append(line);
}

/** Take the warning on it away. */
export function unwarn(target) {
  for (const link of warned.querySelectorAll("a")) {
    if (link.hash === `#${target}`) link.parentElement.remove();
  }
}

/** Whether something was not kept. */
export function isWarned() {
  return warned.childElementCount > 0;
}

/** Whether a key press belongs to a field that is being filled in. */
export function isWriting(press) {
  const at = press.target;
  return press.ctrlKey || press.metaKey || press.altKey
    || at.matches("input, textarea, select") || document.querySelector("dialog[open]") !== null;
}

/** Send a form's fields; return the record that answers. */
export async function send(action, fields) {
  const answer = await fetch(action, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, token }),
  }).catch(() => { throw new Error(warned.dataset.silent); });
  const words = await answer.text();
  if (answer.ok) return JSON.parse(words);
  if (!answer.headers.get("content-type")?.includes("json")) throw new Error(words);
  const { message, next_step: step } = JSON.parse(words);
  throw new Error(`${message}. ${step}`);
}

const list = document.getElementById("key-list");
const keys = document.getElementById("keys");
keys.hidden = false;
keys.addEventListener("click", () => list.showModal());
document.addEventListener("keydown", (press) => {
  if (isWriting(press)) return;
  if (press.key === "?") { press.preventDefault(); list.showModal(); }
  if (press.key === "/") { press.preventDefault(); document.getElementById("find").focus(); }
});
