// On every page: the list of keys, the search key, and words said to a screen reader.

export const token = document.querySelector('meta[name="enduse-token"]').content;

/** Tell a screen reader. */
export function say(words) {
  document.getElementById("said").textContent = words;
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
  });
  const record = await answer.json();
  if (!answer.ok) throw new Error(record.message);
  return record;
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
