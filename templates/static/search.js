/* Search without server or network. The index is in classic scripts that call taizhangSearch(name, value): see
   generator/site/search/search_index.py, tokens.py. */
(() => {
"use strict";
const root = document.querySelector("[data-search]");
if (!root) return;
const HAN = "\u3007\u3400-\u9fff\uf900-\ufaff";
const RUN = new RegExp(`([a-z0-9]+(?:\\.[0-9]+)*)([${HAN}])?|([${HAN}]+)`, "g");
const CHARS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(c => !"\"&<>\\".includes(c));
const DIGITS = new Map(CHARS.map((char, i) => [char, i]));
const BASE = 45;
const FIELD = [60, 30, 12, 6]; // points of a match in title, commitment, progress, the rest
const PAGE = 20; // results shown at once

/* ---- parts ---- */

const single = root.hasAttribute("data-search-anchors");
const parts = (window.taizhangSearch || {}).parts || {};
const asked = {};
const take = (name, value) => { parts[name] = value; };
take.parts = parts;
window.taizhangSearch = take;

const loadPart = name => new Promise((done, fail) => {
  if (parts[name]) { done(); return; }
  const script = document.createElement("script");
  script.src = `${root.dataset.search}${name}.js`;
  script.onload = done;
  script.onerror = () => { delete asked[name]; fail(new Error(name)); };
  document.head.appendChild(script);
});
const load = names => Promise.all(names.map(name => (asked[name] = asked[name] || loadPart(name))));

/* ---- text ---- */

const fold = text => text.normalize("NFKC").toLowerCase();

const tokens = text => {
  const found = new Set();
  let match;
  RUN.lastIndex = 0;
  while ((match = RUN.exec(text))) {
    const [, word, next, han] = match;
    if (word) found.add(word);
    if (next) { found.add(word + next); RUN.lastIndex--; }
    for (let i = 0; han && i < han.length - 1; i++) found.add(han.substr(i, 2));
  }
  return [...found];
};

const decode = text => {
  const numbers = [];
  let value = 0;
  for (const char of text) {
    const digit = DIGITS.get(char);
    value = value * BASE + digit % BASE;
    if (digit >= BASE) { numbers.push(value); value = 0; }
  }
  return numbers;
};

/* [start, end] of a folded needle in a text. */
const places = (text, needle) => {
  const chars = [...text].map(fold), flat = chars.join(""), spans = [];
  const map = chars.flatMap((piece, i) => Array(piece.length).fill(i));
  for (let at = flat.indexOf(needle); needle && at >= 0; at = flat.indexOf(needle, at + needle.length)) {
    spans.push([map[at], map[at + needle.length - 1] + 1]);
  }
  return spans;
};

/* A piece of a text that is the word but for one character; or "". */
const nearly = (text, word) => {
  for (let i = 0; i < text.length; i++) {
    for (const size of [word.length, word.length + 1, word.length - 1]) {
      const piece = text.substr(i, size), shorter = Math.min(piece.length, word.length);
      let front = 0, back = 0;
      while (front < shorter && piece[front] === word[front]) front++;
      while (back < shorter - front && piece.substr(-1 - back, 1) === word.substr(-1 - back, 1)) back++;
      if (front + back > 0 && front + back >= Math.max(piece.length, word.length) - 1) return piece;
    }
  }
  return "";
};

/* ---- the core part, made ready once ---- */

let core, docs, readings;

const prepare = () => {
  core = parts.core;
  const numbers = decode(core.keys);
  let at = 0;
  const next = () => numbers[at++];
  const list = read => Array.from({ length: next() }, read);
  const [ids, urls, numbered, responsible] = ["ids", "urls", "numbers", "responsible"].map(name => core[name].split("\n"));
  docs = core.titles.split("\n").map((title, place) => {
    const doc = { id: ids[place], url: urls[place], said: numbered[place], who: responsible[place], title, flat: fold(title), district: next(), year: next() + 2000, number: next(), bodies: list(next) };
    const pairs = list(() => [core.periods[next()][0], next()]);
    doc.standings = Object.fromEntries(pairs);
    doc.newest = pairs.length ? pairs[pairs.length - 1][1] : undefined;
    return doc;
  }).slice(0, core.count);
  core.departments = core.departments.map(([district, name, slug, url, others]) =>
    ({ district, name, slug, url, key: `${core.districts[district][0]}/${slug}`, names: [name, ...others.split("|")].filter(Boolean).map(fold), count: 0 }));
  docs.forEach(doc => doc.bodies.forEach(d => core.departments[d].count++));
  readings = {};
  for (const group of core.pinyin.split(" ")) {
    const reading = group.replace(/[^a-z]/g, "");
    for (const char of group.slice(reading.length)) (readings[char] = readings[char] || []).push(reading);
  }
};

/* Where letters end that spell a text from a place on; or -1. */
const spell = (text, at, letters) => {
  if (!letters) return at;
  if (at >= text.length) return -1;
  for (const reading of readings[text[at]] || [text[at]]) {
    if (reading[0] !== letters[0]) continue;
    let end = letters.startsWith(reading) ? spell(text, at + 1, letters.slice(reading.length)) : -1;
    if (end < 0 && letters.length > 1 && reading.startsWith(letters)) end = at + 1;
    if (end < 0) end = spell(text, at + 1, letters.slice(1));
    if (end >= 0) return end;
  }
  return -1;
};

const spelled = (text, letters) => {
  for (let at = 0; at < text.length; at++) {
    const end = readings[text[at]] ? spell(text, at, letters) : -1;
    if (end > at) return text.slice(at, end);
  }
  return "";
};

/* ---- matching: each gives place → points ---- */

const shardOf = token => `grams-${token.charCodeAt(0) % core.shards}`;

/* Place → best field of a token; one Chinese character stands for all that begin with it. */
const postings = (token, prefix) => {
  const part = parts[shardOf(token)], found = new Map();
  const read = numbers => {
    let place = -1;
    for (const number of numbers) {
      place += (number >> 2) + 1;
      found.set(place, Math.min(number & 3, found.has(place) ? found.get(place) : 3));
    }
  };
  const [seconds, coded] = part.grams[token[0]] || ["", ""], numbers = decode(coded);
  let at = 0;
  for (const second of seconds) {
    const count = numbers[at++];
    if (token.length === 1 || second === token[1]) read(numbers.slice(at, at + count));
    at += count;
  }
  if (!seconds) {
    for (const word of prefix ? Object.keys(part.words).filter(word => word.startsWith(token)) : [token]) {
      read(decode(part.words[word] || ""));
    }
  }
  return found;
};

const raise = (scores, place, points) => { if (!(scores.get(place) >= points)) scores.set(place, points); };

/* All that the core knows. */
const matchCore = (word, scores, needles, bodies) => {
  const letters = /^[a-z]{2,}$/.test(word), number = /^第?(\d{1,4})([项号])?$/.exec(word);
  const points = (text, high) => {
    if (text.includes(word)) return high * (1 + 0.4 * word.length / text.length);
    const piece = letters ? spelled(text, word) : "";
    if (piece) needles.add(piece);
    return piece && high * (0.8 + 0.3 * piece.length / text.length);
  };
  const close = name => word.length > 2 && name.endsWith(word.substr(-1)) && shortens(word, name) && 40;
  const found = core.departments.map(body => Math.max(...body.names.map(name => points(name, 45) || close(name))));
  found.forEach((high, d) => high && core.departments[d].count && bodies.push([high, d]));
  const districts = core.districts.map(([, name]) => points(fold(name), 20));
  const standing = core.standings.findIndex(row => row.includes(word, 1));
  docs.forEach((doc, place) => {
    const led = doc.bodies.map((d, i) => found[d] && found[d] - Math.min(i, 9));
    let high = Math.max(points(doc.flat, 100), districts[doc.district], ...led);
    if (number && doc.number === +number[1]) high = Math.max(high, number[0] === number[1] ? 35 : 120);
    if (doc.newest === standing) high = Math.max(high, 70);
    if (high > 0) raise(scores, place, high);
  });
};

/* Tasks that hold every token of the word, by the weakest field. */
const matchTokens = (word, scores, prefix) => {
  const own = tokens(word);
  const [first, ...others] = (own.length ? own : [word]).map(token => postings(token, prefix));
  first.forEach((field, place) => {
    if (!others.every(other => other.has(place))) return;
    raise(scores, place, FIELD[Math.max(field, ...others.map(other => other.get(place)))]);
  });
};

/* Whether a word's characters stand in a text in this order: 社零, 住建局. */
const shortens = (word, text) => {
  let at = -1;
  return [...word].every(char => (at = text.indexOf(char, at + 1)) >= 0);
};

/* Tasks that hold much of the word, rare tokens weighing more: for slips of the pen and whole sentences. */
const matchLoosely = (word, scores, needles) => {
  const found = new Map();
  let total = 0;
  for (const token of tokens(word)) {
    const hits = postings(token), weight = Math.log(1 + docs.length / (hits.size + 0.5));
    total += weight;
    hits.forEach((field, place) => found.set(place, (found.get(place) || 0) + weight * (1 - field / 10)));
  }
  found.forEach((weight, place) => { if (weight > total / 8) raise(scores, place, 20 * weight / total); });
  if (word.length < 5) docs.forEach((doc, place) => { if (shortens(word, doc.flat)) raise(scores, place, 30); });
  if (word.length < 3) return;
  const bodies = core.departments.map(body => body.names.some(name => nearly(name, word)));
  docs.forEach((doc, place) => {
    const piece = nearly(doc.flat, word);
    if (piece) { needles.add(piece); raise(scores, place, 70); }
    if (doc.bodies.some(d => bodies[d])) raise(scores, place, 40);
  });
};

const wordsOf = query => fold(query).split(/[\s,，、;；]+/).filter(Boolean).map(word => {
  const phone = /^(0\d{2,3})-?(\d{7,8})$/.exec(word);
  return phone && core.districts.some(row => row[2] === phone[1]) ? phone[2] : word;
});

const standingOf = (doc, period) => core.standings[period ? doc.standings[period] : doc.newest];

const passes = (doc, { district, department, period, standing }) => {
  const own = standingOf(doc, period);
  return (!district || core.districts[doc.district][0] === district) && (!period || own) &&
    (!department || doc.bodies.some(d => core.departments[d].key === department)) && (!standing || (own && own[0] === standing));
};

/* Places that match every word, or the nearest. */
const rank = (words, filters) => {
  const needles = new Set(words), bodies = [];
  const run = match => {
    const points = new Map(), counts = new Map();
    for (const word of words) {
      const scores = new Map();
      match(word, scores);
      scores.forEach((high, place) => {
        if (!passes(docs[place], filters)) return;
        points.set(place, (points.get(place) || 0) + high);
        counts.set(place, (counts.get(place) || 0) + 1);
      });
    }
    return { points, counts, places: [...points.keys()].filter(place => counts.get(place) === words.length) };
  };
  const exact = (word, scores) => {
    matchCore(word, scores, needles, bodies);
    matchTokens(word, scores, false);
    if (!scores.size) matchTokens(word, scores, true);
  };
  if (!words.length) {
    const all = [...docs.keys()].filter(place => passes(docs[place], filters));
    return { points: new Map(), places: all, needles, bodies, loose: false };
  }
  let found = run(exact);
  const loose = !found.places.length;
  if (loose) {
    found = run((word, scores) => { exact(word, scores); if (!scores.size) matchLoosely(word, scores, needles); });
    const most = Math.max(...found.counts.values());
    if (!found.places.length) found.places = [...found.points.keys()].filter(place => found.counts.get(place) === most);
  }
  return { ...found, needles, bodies: words.length === 1 ? bodies : [], loose };
};

const textPart = place => `texts-${Math.floor(place / core.per)}`;
/* Frequent pairs of characters stand in the texts as one letter each. */
const unpack = letter => {
  const i = letter.charCodeAt(0) - (letter < "\u0370" ? 0x100 : 0x170);
  return core.pairs.substr(2 * i, 2);
};
const textsOf = place =>
  parts[textPart(place)][place % core.per].map(text => text.replace(/[\u0100-\u02ff\u0370-\u052f]/g, unpack));

/* Compare the best with the query to the letter; their final order. */
const refine = async (found, words) => {
  const order = (a, b) => (found.points.get(b) || 0) - (found.points.get(a) || 0) || a - b;
  found.places.sort(order);
  if (found.loose) found.places.length = Math.min(found.places.length, PAGE);
  const front = found.places.slice(0, PAGE);
  await load(front.map(textPart));
  for (const place of front) {
    const texts = textsOf(place).map(fold);
    let extra = 0;
    for (const word of words) {
      const at = texts.findIndex(text => text.includes(word));
      const near = found.loose && at < 0 && word.length > 2 && texts.map(text => nearly(text, word)).find(Boolean);
      if (near) found.needles.add(near);
      extra += at >= 0 ? [12, 6, 2, 2][at] : near ? 25 : 0;
    }
    found.points.set(place, (found.points.get(place) || 0) + extra);
  }
  found.places = [...front.sort(order), ...found.places.slice(PAGE)];
  return found;
};

/* What is found, best first. */
const answer = async (query, filters) => {
  await ready();
  const words = wordsOf(query);
  await load(words.flatMap(word => [...tokens(word), word]).map(shardOf));
  return refine(rank(words, filters), words);
};

/* ---- the panel ---- */

const form = root.querySelector("form"), list = root.querySelector("[data-search-results]");
const state = root.querySelector("[data-search-state]"), more = root.querySelector("[data-search-more]");
const NAMES = ["district", "department", "period", "standing"];
let turn = 0, shown = PAGE, last, timer;

const say = (key, values) => core.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);

const safe = text => String(text).replace(/[&<>"]/g, char => `&#${char.charCodeAt(0)};`);

const marked = (text, needles) => {
  const spans = needles.flatMap(needle => places(text, needle)).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let out = "", at = 0;
  for (const [start, end] of spans) {
    if (start < at) continue;
    out += `${safe(text.slice(at, start))}<mark>${safe(text.slice(start, end))}</mark>`;
    at = end;
  }
  return out + safe(text.slice(at));
};

/* The piece of a task's texts with most of the query in it. */
const snippet = (place, needles) => {
  const wanted = [...needles, ...needles.flatMap(tokens)];
  const found = textsOf(place).map((text, i) => {
    const hits = wanted.map(needle => places(text, needle)[0]).filter(Boolean);
    const weight = hits.reduce((sum, [start, end]) => sum + end - start, 0);
    return { text, i, weight: text ? weight - i / 10 : -9, start: hits.length ? hits[0][0] : 0 };
  });
  const { text, i, start } = found.reduce((a, b) => (b.weight > a.weight ? b : a));
  const stop = text.slice(0, start).search(/[。；;:：,，][^。；;:：,，]*$/) + 1;
  const from = start - stop < 24 ? stop : start - 24;
  const piece = text.slice(from, from + 96);
  const label = i === 2 ? core.words.next_steps : i === 3 ? core.words.contacts : "";
  return safe(label) + (from ? "…" : "") + marked(piece, needles) + (from + 96 < text.length ? "…" : "");
};

const item = (attributes, url, anchor, title, facts, more) =>
  `<li ${attributes}><a class="search-title" href="${safe(single ? `#${anchor}` : url)}">${title}</a><p class="search-facts">${facts}</p>${more}</li>`;

const row = (place, needles, period) => {
  const doc = docs[place];
  const facts = [core.districts[doc.district][1], doc.year, doc.said];
  if (doc.who) facts.push(doc.who);
  const [standing, word] = standingOf(doc, period) || [];
  const mark = `<span class="mark" data-status="${safe(standing)}"><svg class="shape" aria-hidden="true"><use href="#m-${safe(standing)}"/></svg>${safe(word)}</span>`;
  return item(`data-task="${doc.id}"`, doc.url, doc.id, marked(doc.title, needles),
    `${safe(facts.join(" · "))} ${standing ? mark : ""}`, `<p class="search-snippet">${snippet(place, needles)}</p>`);
};

const bodyRow = body => {
  const district = core.districts[body.district][1], facts = say("department_tasks", { n: body.count });
  return item('class="search-department"', body.url, body.slug, safe(body.name),
    safe(`${core.words.department} · ${district} · ${facts}`), "");
};

const draw = async () => {
  const { found, query, filters } = last, n = found.places.length, rows = found.places.slice(0, shown);
  await load(rows.map(textPart));
  const bodies = found.bodies.sort((a, b) => b[0] - a[0]).slice(0, 3).map(([, d]) => bodyRow(core.departments[d]));
  list.innerHTML = [...bodies, ...rows.map(place => row(place, [...found.needles], filters.period))].join("");
  more.hidden = n <= shown;
  state.textContent = say(!n ? "none" : found.loose ? "loose" : n > shown ? "found_shown" : "found", { n, shown, q: query });
};

const run = async () => {
  const query = form.elements.q.value.trim(), own = ++turn;
  try {
    if (!core) state.textContent = root.dataset.searchLoading;
    await ready();
    const filters = Object.fromEntries(NAMES.map(name => [name, form.elements[name].value]));
    remember(query, filters);
    const narrowed = Object.values(filters).some(Boolean);
    if (narrowed) form.lastElementChild.open = true;
    if (!query && !narrowed) {
      list.textContent = "";
      more.hidden = true;
      state.textContent = say("type");
      return;
    }
    const found = await answer(query, filters);
    if (own !== turn) return;
    last = { found, query, filters };
    shown = PAGE;
    await draw();
  } catch (error) {
    state.textContent = root.dataset.searchFailed;
  }
};

/* The address keeps query and filters: #q=就业&standing=behind */
const remember = (query, filters) => {
  const pairs = [["q", query], ...Object.entries(filters)].filter(pair => pair[1]);
  const hash = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  if (!single) history.replaceState(null, "", location.pathname + (hash && `#${hash}`));
};

const recall = () => Object.fromEntries(new URLSearchParams(single ? "" : location.hash.slice(1) || location.search));

const options = (name, pairs, wanted) => {
  const select = form.elements[name], rows = [["", core.words[`all_${name}s`]], ...pairs];
  select.innerHTML = rows.map(([value, text]) => `<option value="${safe(value)}">${safe(text)}</option>`).join("");
  select.value = rows.some(([value]) => value === wanted) ? wanted : "";
  select.parentNode.hidden = !pairs[1];
};

const departments = wanted => {
  const { value } = form.elements.district;
  const shown = core.departments.filter(body => body.count && (!value || body.key.startsWith(`${value}/`)));
  options("department", shown.map(body => [body.key, body.name]), wanted);
};

const fill = () => {
  prepare();
  const wanted = recall();
  for (const name of ["district", "period", "standing"]) options(name, core[`${name}s`], wanted[name]);
  departments(wanted.department);
};

const ready = async () => {
  await load(["core"]);
  if (!core) fill();
};

take.answer = async query => (await answer(query, {})).places.map(place => docs[place].id);

form.addEventListener("submit", event => { event.preventDefault(); run(); });
form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 150); });
form.elements.district.addEventListener("change", () => core && departments(form.elements.department.value));
form.elements.q.addEventListener("focus", () => ready().catch(() => {}));
more.addEventListener("click", async () => {
  const next = list.querySelectorAll("li[data-task]").length;
  shown += PAGE;
  await draw();
  const row = list.querySelectorAll("li[data-task] a")[next];
  if (row) row.focus();
});
root.hidden = false;
const begin = recall();
if (Object.keys(begin).length) { form.elements.q.value = begin.q || ""; run(); }
})();
