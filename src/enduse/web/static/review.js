// Review by keyboard: j and k move, a r u decide, c corrects, z takes back, n goes on.

import { isWarned, isWriting, say, send, unwarn, warn } from "./bench.js";

const queue = document.getElementById("queue");
const cards = queue ? [...queue.querySelectorAll(".card")] : [];
const last = [];
let at = -1;
let sending = Promise.resolve();
let waiting = 0;

function light(card) {
  for (const mark of queue.querySelectorAll("mark.lit")) mark.classList.remove("lit");
  const marks = queue.querySelectorAll(`mark[data-claims~="${card.dataset.claim}"]`);
  for (const mark of marks) mark.classList.add("lit");
  if (!marks.length) return;
  const paper = marks[0].closest(".paper");
  if (paper.scrollHeight === paper.clientHeight) return;
  const above = marks[0].getBoundingClientRect().top - paper.getBoundingClientRect().top;
  paper.scrollTop += above - paper.clientHeight / 3;
}

function goTo(number) {
  if (number < 0 || number >= cards.length) return;
  cards[at]?.classList.remove("at");
  at = number;
  const card = cards[at];
  card.classList.add("at");
  card.focus({ preventScroll: true });
  light(card);
  card.scrollIntoView({ block: "nearest" });
}

function nextOpen(from) {
  return cards.findIndex((card, number) => number >= from && card.dataset.state === "open");
}

function goOn() {
  const next = nextOpen(at + 1);
  if (next >= 0) goTo(next);
  else if (nextOpen(0) >= 0) goTo(nextOpen(0));
  else follow();
}

/** Go on to the next document once all is kept. */
function follow() {
  sending.then(() => { if (queue.dataset.following && !isWarned()) location.href = queue.dataset.following; });
}

function show(card, state) {
  card.classList.remove(card.dataset.state);
  card.classList.add(state);
  const told = card.querySelector(".state");
  told.className = `state ${state}`;
  const button = card.querySelector(`button[value="${state}"]`);
  told.textContent = button ? button.textContent : state;
  const before = card.dataset.state;
  card.dataset.state = state;
  const step = (before === "open") - (state === "open");
  const count = document.getElementById("decided");
  count.textContent = Number(count.textContent) + step;
  document.getElementById("far").value += step;
}

function fieldsOf(form) {
  return Object.fromEntries(new FormData(form));
}

function decide(card, verdict) {
  const form = card.querySelector("form.decide");
  if (!form) return;
  const signer = document.getElementById("signer");
  if (signer) { signer.focus(); say(signer.labels[0].textContent); return; }
  const before = card.dataset.state;
  const fields = { ...fieldsOf(form), verdict };
  show(card, verdict);
  say(card.querySelector(".state").textContent);
  waiting += 1;
  sending = sending.then(() => send("/decide", fields)).then(
    (record) => { last.push({ card, before, decision: record.decision }); unwarn(card.id); },
    (error) => { show(card, before); warn(card.id, error.message); },
  ).finally(() => { waiting -= 1; });
  goOn();
}

function takeBack() {
  sending = sending.then(async () => {
    const one = last.pop();
    if (!one) return;
    try {
      await send("/undo", { decision: one.decision });
      show(one.card, one.before);
      goTo(cards.indexOf(one.card));
    } catch (error) { warn(one.card.id, error.message); }
  });
}

/** Go to the form that corrects the claim: the page has it for one claim at a time. */
function correct() {
  const link = cards[at].querySelector("a.mend");
  if (link) sending.then(() => { if (!isWarned()) location.href = link.href; });
  else cards[at].querySelector(".mend select")?.focus();
}

/** The key pressed; where the keyboard writes another script, the Latin letter on that key. */
function keyOf(press) {
  return press.key > "~" && press.code.startsWith("Key") ? press.code[3].toLowerCase() : press.key;
}

const moves = {
  j: () => goTo(Math.min(at + 1, cards.length - 1)),
  k: () => goTo(Math.max(at - 1, 0)),
  a: () => decide(cards[at], "accept"),
  r: () => decide(cards[at], "reject"),
  u: () => decide(cards[at], "unsure"),
  c: correct,
  z: takeBack,
  n: follow,
};

if (queue) {
  document.addEventListener("keydown", (press) => {
    const key = keyOf(press);
    const move = moves[key];
    if (!move || isWriting(press) || (at < 0 && "aruc".includes(key))) return;
    if (press.repeat && !"jk".includes(key)) return;
    press.preventDefault();
    move();
  });
  addEventListener("beforeunload", (leaving) => { if (waiting) leaving.preventDefault(); });
  for (const card of cards) {
    card.addEventListener("focusin", () => { if (cards[at] !== card && document.activeElement === card) goTo(cards.indexOf(card)); });
    card.querySelector("form.decide")?.addEventListener("submit", (sent) => {
      sent.preventDefault();
      goTo(cards.indexOf(card));
      decide(card, sent.submitter.value);
    });
  }
  const wanted = cards.findIndex((card) => `#${card.id}` === location.hash);
  goTo(wanted >= 0 ? wanted : Math.max(nextOpen(0), 0));
  cards[at]?.querySelector(".mend select")?.focus();
}
