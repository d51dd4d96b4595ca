// Review by keyboard: j and k move, a r u decide, c corrects, z takes back, n goes on.

import { isWriting, say, send } from "./bench.js";

const queue = document.getElementById("queue");
const cards = queue ? [...queue.querySelectorAll(".card")] : [];
const last = [];
let at = -1;
let sending = Promise.resolve();

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
  else sending.then(() => { if (queue.dataset.following) location.href = queue.dataset.following; });
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
  sending = sending.then(() => send("/decide", fields)).then(
    (record) => last.push({ card, before, decision: record.decision }),
    (error) => { show(card, before); say(error.message); },
  );
  goOn();
}

function takeBack() {
  sending = sending.then(async () => {
    const one = last.pop();
    if (!one) return;
    await send("/undo", { decision: one.decision });
    show(one.card, one.before);
    goTo(cards.indexOf(one.card));
  }).catch((error) => say(error.message));
}

const moves = {
  j: () => goTo(Math.min(at + 1, cards.length - 1)),
  k: () => goTo(Math.max(at - 1, 0)),
  a: () => decide(cards[at], "accept"),
  r: () => decide(cards[at], "reject"),
  u: () => decide(cards[at], "unsure"),
  c: () => { const mend = cards[at].querySelector(".mend"); mend.open = true; mend.querySelector("input:not([type=hidden]), select").focus(); },
  z: takeBack,
  n: () => { if (queue.dataset.following) location.href = queue.dataset.following; },
};

if (queue) {
  document.addEventListener("keydown", (press) => {
    const move = moves[press.key];
    if (!move || isWriting(press) || (at < 0 && "aruc".includes(press.key))) return;
    press.preventDefault();
    move();
  });
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
}
