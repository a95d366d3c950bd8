/* Filters and sorting of the task cards; their state stands in the address: #status=behind&dept=…&sort=weak. */
document.addEventListener("DOMContentLoaded", () => {
"use strict";
const form = document.querySelector(".filters");
const list = document.querySelector("[data-cards]");
const found = document.querySelector("[data-found]");
if (!form || !list || !found) return;

const fold = text => text.toLowerCase().replace(/\s+/g, "");
const whole = found.textContent;
const marks = Array.from(document.querySelectorAll(".cell[data-task]"));
const names = Array.from(form.elements, field => field.name).filter(Boolean);
const cards = Array.from(list.children, element => ({
  element,
  text: fold(element.textContent),
  number: Number(element.dataset.number),
  order: element.dataset.order,
  status: element.dataset.status,
  section: element.dataset.section,
  roles: element.dataset.roles.split(" "),
  figures: element.dataset.figures.split(" "),
  changed: "changed" in element.dataset,
}));

/* The words are looked for in the full texts, by the index that search asks; until it answers, on the cards. */
const answered = { query: "", ids: new Set() };
const loaded = () => new Promise((done, fail) => {
  if (window.taizhangSearch) { done(); return; }
  const script = document.createElement("script");
  script.src = form.dataset.script;
  script.onload = done;
  script.onerror = fail;
  document.head.appendChild(script);
});
const ask = async query => {
  try {
    await loaded();
    answered.ids = new Set(await window.taizhangSearch.answer(query, true));
    answered.query = query;
    if (form.elements.q.value === query) apply(window.taizhang.readHash());
  } catch (error) { /* the cards' own words stand */ }
};

const tests = {
  q: (card, value) => (answered.query === value ? answered.ids.has(card.element.dataset.task) :
    value.split(/\s+/).every(word => card.text.includes(fold(word)))),
  section: (card, value) => card.section === value,
  status: (card, value) => card.status === value,
  figures: (card, value) => card.figures.includes(value),
  changed: card => card.changed,
  dept: (card, value, state) => card.roles.some(part => (
    state.role ? part === `${value}:${state.role}` : part.split(":")[0] === value)),
  role: (card, value, state) => Boolean(state.dept) || card.roles.some(part => part.split(":")[1] === value),
};
const byNumber = (a, b) => a.number - b.number;
const byOrder = way => (a, b) => (a.order === b.order ? byNumber(a, b) : (a.order < b.order ? -way : way));
const orders = { "": byNumber, weak: byOrder(1), strong: byOrder(-1) };

const FEW = 9;
const more = document.querySelector("[data-all-cards]");
let few = Boolean(more) && cards.length > FEW + 4;

const apply = state => {
  if (state.q && state.q !== answered.query) ask(state.q);
  const asked = Object.keys(tests).filter(name => state[name]);
  const fitting = new Set(cards.filter(card => asked.every(name => tests[name](card, state[name], state))));
  const folded = few && !asked.length && !state.sort;
  const sorted = cards.slice().sort(orders[state.sort] || byNumber);
  sorted.forEach((card, place) => {
    card.element.hidden = !fitting.has(card) || (folded && place >= FEW);
    list.appendChild(card.element);
  });
  if (more) more.parentElement.hidden = !folded;
  const tasks = Array.from(fitting, card => card.element.dataset.task);
  for (const mark of marks) mark.classList.toggle("dim", !tasks.includes(mark.dataset.task));
  const template = tasks.length ? found.dataset.text : found.dataset.none;
  found.textContent = asked.length ? template.replace("%n", tasks.length) : whole;
  document.dispatchEvent(new CustomEvent("taizhang:cards", { detail: { all: !asked.length, tasks } }));
};

const fromAddress = () => {
  const state = window.taizhang.readHash();
  for (const name of names) form.elements[name].value = state[name] || "";
  apply(state);
  if (names.some(name => state[name])) form.scrollIntoView();
};
const toAddress = () => {
  const state = window.taizhang.readHash();
  for (const name of names) state[name] = form.elements[name].value;
  window.taizhang.writeHash(state);
  apply(state);
};

if (more) more.addEventListener("click", () => {
  few = false;
  apply(window.taizhang.readHash());
  const next = list.children[FEW];
  if (next) next.querySelector("a").focus();
});
form.addEventListener("input", toAddress);
form.addEventListener("change", toAddress);
form.addEventListener("submit", event => event.preventDefault());
form.addEventListener("reset", () => setTimeout(toAddress, 0));
window.addEventListener("hashchange", () => {
  if (location.hash.includes("=")) fromAddress();
});
fromAddress();
});
