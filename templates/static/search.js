/* Search without server or network. The index is in classic scripts that call taizhangSearch(name, value): see
   generator/site/search/search_index.py, tokens.py. The overview's filter asks it too. */
(() => {
"use strict";
const root = document.querySelector(".search[data-search]") || document.querySelector("[data-search]");
if (!root) return;
const HAN = "\u3007\u3400-\u9fff\uf900-\ufaff";
const RUN = new RegExp(`([a-z0-9]+(?:\\.[0-9]+)*)([${HAN}])?|([${HAN}]+)`, "g");
const CHARS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(c => !"\"&<>\\".includes(c));
const DIGITS = new Map(CHARS.map((char, i) => [char, i]));
const BASE = 45;
const FIELD = [60, 30, 12, 6, 20]; // points of a match in title, commitment, progress, the rest, a short name
const PAGE = 10; // results shown at once
const FRONT = 10; // results compared to the letter
const SENTENCE = 6; // more characters are a sentence, which no table need say
const LETTERS = /^[a-z]{2,}$/;
const ASKING = /谁(来)?(负责|管)|找谁|谁|怎么样了?|怎么|什么时候|何时|[是有]?多少|有没有|有什么|有哪些|是不是|能不能|([^\s准])[不没]\3|新的|我们?(村|小区|家)|还(?=没|未)|(?:管|负责)?(哪些|什么|啥)(事情?|任务|工作|项目)?|哪几?[项个]|在哪里?|哪里|去哪|打?电话|今年|请问|[了的](?=$|[\s吗呢?？])|[吗呢呀?？!！。,，、;；:：]/g;

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

/* ---- pinyin ---- */

let core, readings, syllables;

const ready = async () => {
  await load(["core"]);
  if (core) return;
  core = parts.core;
  readings = {};
  syllables = new Set();
  for (const group of core.pinyin.split(" ")) {
    const reading = group.replace(/[^a-z]/g, "");
    syllables.add(reading);
    for (const char of group.slice(reading.length)) (readings[char] = readings[char] || []).push(reading);
  }
  if (form) fill();
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

/* First letters of whole syllables: xinzeng → xz; "" for what is none. */
const initials = letters => {
  if (!letters) return " ";
  for (let size = Math.min(6, letters.length); size; size--) {
    const rest = syllables.has(letters.slice(0, size)) && initials(letters.slice(size));
    if (rest) return letters[0] + rest;
  }
  return "";
};

/* Words of the texts that letters spell, [word, share that is spelled]: whole words, or the nearest. */
const spelledTerms = async letters => {
  if (!core.letters.includes(letters[0])) return [];
  await load([`terms-${letters[0]}`]);
  const found = new Map();
  for (const term of parts[`terms-${letters[0]}`].split(" ")) {
    const end = spell(term, 0, letters);
    if (end > 1) found.set(term.slice(0, end), Math.max(found.get(term.slice(0, end)) || 0, end / term.length));
  }
  const best = [...found].sort((a, b) => b[1] - a[1]), whole = best.filter(pair => pair[1] === 1);
  return whole.length ? whole.slice(0, 3) : best.slice(0, 3);
};

/* ---- matching: each gives place → points ---- */

const partOf = place => (place < core.tasks ? `docs-${Math.floor(place / core.per[0])}` : `pages-${Math.floor((place - core.tasks) / core.per[1])}`);
const raw = place => parts[partOf(place)][place < core.tasks ? place % core.per[0] : (place - core.tasks) % core.per[1]];

const shardOf = token => {
  const codes = [..."=' ".slice(0, 2).includes(token[0]) ? token : token[0]].map(char => char.charCodeAt(0));
  return `grams-${codes.reduce((a, b) => a + b) % core.shards}`;
};

/* Place → best field of a token; one Chinese character stands for all that begin with it. */
const postings = (token, prefix) => {
  const part = parts[shardOf(token)], found = new Map();
  const read = numbers => {
    let place = -1;
    for (const number of numbers) {
      place += Math.floor(number / 5) + 1;
      found.set(place, Math.min(number % 5, found.has(place) ? found.get(place) : 4));
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

/* Place → weakest field of documents that hold every token. */
const together = async (list, prefix) => {
  await load(list.map(shardOf));
  const [first, ...others] = list.map(token => postings(token, prefix)), found = new Map();
  first.forEach((field, place) => {
    if (others.every(other => other.has(place))) found.set(place, Math.max(field, ...others.map(other => other.get(place))));
  });
  return found;
};
const textHits = (text, prefix) => together(tokens(text).length ? tokens(text) : [text], prefix);

const everydayOf = word => core.everyday.filter(row => row[0] === word);

/* What a word may mean: itself, what tables call it, what its letters spell. */
const meanings = async (word, hits) => {
  const options = [[word, 1]];
  const add = (text, weight) => everydayOf(text).forEach(row => row[1].split(" ").forEach((other, i) => options.push([fold(other), weight - i / 50])));
  add(word, 0.8);
  if (LETTERS.test(word)) {
    for (const [term, share] of await spelledTerms(word)) {
      options.push([term, share === 1 ? 1.5 : 0.8]);
      if (share === 1) { hits.read.push(term); add(term, 0.8); }
    }
  }
  return options;
};

const districtOf = place => core.districts.findIndex(row => [3, 5].some(i => place >= row[i] && place < row[i] + row[i + 1]));

const matchWord = async (word, hits) => {
  const scores = new Map();
  const put = (place, points, field) => {
    if (!(scores.get(place) >= points)) scores.set(place, points);
    if (field < 2) hits.promised.add(place);
  };
  for (const [text, weight] of await meanings(word, hits)) {
    let found = await textHits(text);
    if (!found.size && text === word) found = await textHits(text, true);
    found.forEach((field, place) => {
      if (field === 4 && !(weight === 1 && word.length > 2)) return;
      put(place, FIELD[field] * weight, field);
      if (text !== word && field < 4) hits.needles.add(text);
      if (text !== word && place < core.tasks && !LETTERS.test(word)) hits.words.add(text);
    });
  }
  if (LETTERS.test(word)) {
    const parsed = initials(word).trim(), letters = parsed.length === 1 || parsed.length === 2 ? "" : parsed || word;
    const grams = letters.length < 3 ? [letters] : Array.from(letters.slice(2), (_, i) => letters.substr(i, 3));
    if (letters) (await together(grams.map(gram => `'${gram}`))).forEach((_, place) => {
      if (!scores.has(place)) hits.unsure.add(place);
      put(place, Math.min(60, 10 + 8 * letters.length), 0);
    });
  }
  const number = /^第?(\d{1,4})([项号])?$/.exec(word), standing = core.standings.find(row => row.includes(word, 1));
  if (number) (await together([`=n${number[1]}`])).forEach((_, place) => put(place, number[0] === number[1] ? 35 : 120, 0));
  if (standing) {
    const stand = await together([`=s${standing[0]}`]);
    stand.forEach((_, place) => put(place, 70, 0));
    if (!stand.size) hits.nobody = standing[1];
  }
  for (const [, name, , first, count, behind, pages] of core.districts) {
    if (word.length < 2 || !fold(name).includes(word)) continue;
    for (let i = 0; i < count; i++) put(first + i, 20);
    for (let i = 0; i < pages; i++) put(behind + i, 20);
  }
  const named = [...scores].filter(([place, points]) => place >= core.tasks && points > 15 && (points > 20 || word.length > 2))
    .sort((a, b) => b[1] - a[1]).slice(0, 12);
  await load(named.map(([place]) => partOf(place)));
  for (const [page, points] of named) {
    let task = 0;
    for (const step of decode(raw(page)[6])) put(task += step, Math.min(45, points * 0.75), 0);
  }
  return scores;
};

/* Documents that hold much of the word, rare tokens weighing more: for slips of the pen and whole sentences. */
const matchLoosely = async word => {
  const found = new Map(), scores = new Map(), list = tokens(word);
  await load(list.map(shardOf));
  let total = 0;
  for (const token of list) {
    const hits = postings(token), weight = Math.log(1 + core.tasks / (hits.size + 0.5));
    total += weight;
    hits.forEach((field, place) => { if (place < core.tasks || field === 0) found.set(place, (found.get(place) || 0) + weight * (1 - field / 10)); });
  }
  found.forEach((weight, place) => { if (weight > total / 8 || place >= core.tasks) scores.set(place, 20 * weight / total); });
  return scores;
};

const allowed = async ({ district, period, standing }) => {
  const sets = [];
  if (district) {
    const row = core.districts.find(each => each[0] === district) || [0, 0, 0, 0, 0];
    sets.push(new Set(Array.from({ length: row[4] }, (_, i) => row[3] + i)));
  }
  const tags = [period && `=p${period}`, standing && `=s${standing}${period || ""}`].filter(Boolean);
  for (const tag of tags) sets.push(await together([tag]));
  return sets.length && (place => sets.every(set => set.has(place)));
};

const wordsOf = query => {
  const strip = text => text.replace(ASKING, match => (/[\d.]/.test(match) ? match : " "));
  let text = strip(strip(fold(query)));
  if (!text.trim()) text = (fold(query).match(ASKING) || []).filter(piece => /[\u4e00-\u9fff]{2}|谁/.test(piece)).join(" ") || fold(query);
  for (const row of core.districts) if (row[2]) text = text.replace(new RegExp(`\\b${row[2]}-?(?=\\d{7,8}\\b)`, "g"), "");
  for (const row of core.districts) text = text.split(fold(row[1])).join(` ${fold(row[1])} `);
  return [...new Set(text.trim().split(/\s+/).filter(Boolean))].slice(0, 12);
};

/* Documents that match every word (or so many of them at least), or the nearest. */
const rank = async (words, filters, least = words.length) => {
  const hits = { promised: new Set(), read: [], unsure: new Set(), words: new Set(), needles: new Set(words) };
  const may = await allowed(filters);
  const all = await Promise.all(words.map(word => matchWord(word, hits)));
  const run = lists => {
    const points = new Map(), counts = new Map();
    for (const scores of lists) scores.forEach((high, place) => {
      if (may && !may(place)) return;
      points.set(place, (points.get(place) || 0) + high);
      counts.set(place, (counts.get(place) || 0) + 1);
    });
    return { points, counts, places: [...points.keys()].filter(place => counts.get(place) >= least) };
  };
  const isTask = place => place < core.tasks;
  if (!words.length) {
    const places = [...Array(core.tasks).keys()].filter(place => !may || may(place));
    return { points: new Map(), places, pages: [], hits, loose: false };
  }
  let found = run(all);
  const loose = !found.places.some(isTask);
  let pages = found.places.filter(place => !isTask(place));
  hits.least = pages.length || loose ? 0.3 : 1;
  if (!pages.length) pages = [...found.points.keys()].filter(place => !isTask(place));
  if (loose) {
    const looser = await Promise.all(words.map(async (word, i) => {
      if ([...all[i].keys()].some(isTask)) return all[i];
      const inside = core.everyday.filter(row => word.length > row[0].length && word.includes(row[0]));
      const scores = await matchLoosely(word);
      for (const row of inside) (await matchWord(row[0], hits)).forEach((high, place) => { if (isTask(place)) scores.set(place, high + (scores.get(place) || 0)); });
      return scores;
    }));
    found = run(looser);
    if (!pages.length) pages = [...found.points.keys()].filter(place => !isTask(place));
    found.places = found.places.filter(isTask);
    const most = Math.max(...found.counts.values());
    if (!found.places.length) found.places = [...found.points.keys()].filter(place => isTask(place) && found.counts.get(place) === most);
  }
  return { ...found, places: found.places.filter(isTask), pages, hits, loose };
};

/* ---- documents ---- */

/* Frequent pairs of characters stand in the texts as one letter each. */
const unpack = letter => {
  const i = letter.charCodeAt(0) - (letter < "\u0370" ? 0x100 : 0x170);
  return core.pairs.substr(2 * i, 2);
};
const taskAt = place => {
  const [id, url, title, said, who, phones, figure, year, standings, texts, periods] = raw(place);
  const plain = texts.map(text => text.replace(/[\u0100-\u02ff\u0370-\u052f]/g, unpack));
  return { id, url, title, said, who, phones, figure, year, standings, periods, texts: plain, district: core.districts[districtOf(place)] };
};
const pageAt = place => {
  const [sort, anchor, url, names, facts, phones] = raw(place);
  return { place, sort, anchor, url, names: names.split("|"), facts, phones };
};

/* Whether a word's characters stand in a text in this order: 社零, 住建局. */
const shortens = (word, text) => {
  let at = -1;
  return [...word].every(char => (at = text.indexOf(char, at + 1)) >= 0);
};

/* How well a page's names answer: 1 is the whole name; 0 not at all. */
const fits = (page, words) => Math.max(...page.names.map(fold).map(name => Math.max(...words.map(word => {
  const letters = LETTERS.test(word), piece = name.includes(word) ? word : letters ? spelled(name, word) : "";
  if (word.length > name.length && name.length > 1 && word.includes(name)) return 1;
  const own = (piece || (word.length > 2 && name.endsWith(word.substr(-1)) && shortens(word, name) ? word : "")).length;
  return own / name.length;
}))));

/* Compare the best with the query to the letter; their final order. */
const refine = async (found, words) => {
  const { points, hits } = found, order = (a, b) => (points.get(b) || 0) - (points.get(a) || 0) || a - b;
  found.places.sort(order);
  if (found.loose) found.places.length = Math.min(found.places.length, 20);
  const front = found.places.slice(0, FRONT), heads = found.pages.sort(order).slice(0, 8);
  await load([...front, ...heads].map(partOf));
  hits.literal = false;
  for (const place of front) {
    const doc = taskAt(place), title = fold(doc.title), texts = doc.texts.map(fold);
    let extra = doc.year - core.year, sure = !hits.unsure.has(place);
    for (const word of words) {
      if (core.districts.some(row => fold(row[1]).includes(word))) continue;
      const piece = title.includes(word) ? word : LETTERS.test(word) ? spelled(title, word) : "";
      const at = texts.findIndex(text => text.includes(word));
      const near = found.loose && at < 0 && word.length > 2 && texts.map(text => nearly(text, word)).find(Boolean);
      if (piece || at >= 0) hits.literal = true;
      if (piece) { sure = true; hits.needles.add(piece); extra += piece === word ? 40 + 40 * piece.length / title.length : 5 * piece.length; }
      if (near) hits.needles.add(near);
      extra += at >= 0 ? [12, 6][at] || 2 : near ? 25 : 0;
    }
    points.set(place, sure ? (points.get(place) || 0) + extra : -1);
  }
  found.places = [...front.sort(order).filter(place => points.get(place) !== -1), ...found.places.slice(FRONT).filter(place => !hits.unsure.has(place))];
  found.pages = heads.map(pageAt).map(page => [fits(page, words), page]).filter(pair => pair[0] > 0.3 && pair[0] >= hits.least)
    .sort((a, b) => b[0] - a[0] || a[1].place - b[1].place).slice(0, 3).map(pair => pair[1]);
  return found;
};

/* Everyday words that stand in a sentence, the longest of each place. */
const wordsIn = text => {
  const known = core.everyday.map(row => row[0]).filter(word => text.includes(word));
  return [...new Set(known)].filter(word => !known.some(other => other !== word && other.includes(word))).slice(0, 3);
};

/* What is found, best first. A sentence that no text has is read by the everyday words in it. */
const answer = async (query, filters) => {
  await ready();
  const words = wordsOf(query), found = await rank(words, filters), inside = found.loose ? wordsIn(words.join(" ")) : [];
  if (!inside.length || inside.join() === words.join() || (found.pages.length && !found.places.length)) return refine(found, words);
  const named = core.districts.find(row => words.includes(fold(row[1])));
  const read = await rank(inside, { ...filters, district: filters.district || (named ? named[0] : "") }, 1);
  if (read.loose) return refine(found, words);
  read.hits.readAs = inside;
  return refine(read, inside);
};

/* Ids of all tasks that are found; none of the merely near ones with ``exact``. */
take.answer = async (query, exact) => {
  const found = await answer(query, {});
  if (exact && found.loose) return [];
  await load(found.places.map(partOf));
  return found.places.map(place => raw(place)[0]);
};

/* ---- the panel ---- */

const form = root.querySelector("form.search-form");
if (!form) return;
root.hidden = false;
const list = root.querySelector("[data-search-results]");
const state = root.querySelector("[data-search-state]"), more = root.querySelector("[data-search-more]");
const NAMES = ["district", "period", "standing"];
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

const phoned = (text, area) => marked(text, []).replace(/\b\d{7,8}\b/g, number => `<a class="nb" href="tel:${area}${number}">${number}</a>`);

/* The piece of a text with most of the query in it, from a clause's beginning. */
const piece = (text, needles, size) => {
  const hits = needles.map(needle => places(text, needle)[0]).filter(Boolean);
  const start = hits.length ? hits.sort((a, b) => b[1] - b[0] - a[1] + a[0])[0][0] : 0;
  const stop = text.slice(0, start).search(/[。；;:：,，][^。；;:：,，]*$/) + 1;
  const from = start - stop < 24 ? stop : start - 24;
  return { weight: hits.reduce((sum, [a, b]) => sum + b - a, 0), html: (from ? "…" : "") + marked(text.slice(from, from + size), needles) + (from + size < text.length ? "…" : "") };
};

/* The text with most of the query in it, of whatever period. */
const best = ({ texts, periods }, needles) => {
  const found = texts.map((text, i) => ({ i, ...piece(text, needles, 96) })).filter(each => texts[each.i]);
  const { i, html } = found.reduce((a, b) => (b.weight - b.i / 10 > a.weight - a.i / 10 ? b : a), { i: 0, weight: -9, html: "" });
  return { i, html, label: i > 3 ? say("earlier", { period: periods[i - 4] }) : i === 2 ? core.words.next_steps : i === 3 ? core.words.contacts : "" };
};
const snippet = (doc, needles) => {
  const { html, label } = best(doc, needles);
  return safe(label) + html;
};

const item = (attributes, url, anchor, title, facts, more) =>
  `<li ${attributes}>${single && !anchor ? `<b>${title}</b>` : `<a class="search-title" href="${safe(single ? `#${anchor}` : url)}">${title}</a>`}<p class="search-facts">${facts}</p>${more}</li>`;

/* The first result answers in a box: promise, newest words, figure, office and phone. */
const box = (doc, needles) => {
  const lines = doc.figure.split("\n"), figure = lines.find(line => needles.some(needle => line.includes(needle))) || lines[0];
  const rows = [["promise", piece(doc.texts[0], needles, 80).html], ["newest", doc.texts[1] ? piece(doc.texts[1], needles, 120).html : safe(core.words.no_progress)],
    ["figure", safe(figure || "")], ["who", phoned(doc.phones || doc.who, doc.district[2])]].map(([key, html]) => [core.words[key], html]);
  const { i, label, html } = best(doc, needles);
  if (i > 3) rows.splice(2, 0, [label.replace(/[：:]\s*$/, ""), html]);
  return `<dl class="search-box">${rows.filter(row => row[1]).map(([name, html]) => `<div><dt>${safe(name)}</dt><dd>${html}</dd></div>`).join("")}</dl>`;
};

const row = (place, needles, period, first) => {
  const doc = taskAt(place), pairs = doc.standings;
  const facts = [doc.district[1], doc.year, doc.said, doc.who].filter(Boolean);
  const pair = period ? pairs.find(each => each[0] === period) : pairs[pairs.length - 1];
  const [standing, word] = pair ? core.standings[pair[1]] : [];
  const mark = `<span class="mark" data-status="${safe(standing)}"><svg class="shape" aria-hidden="true"><use href="#m-${safe(standing)}"/></svg>${safe(word)}</span>`;
  return item(`data-task="${doc.id}"`, doc.url, doc.id, marked(doc.title, needles),
    `${safe(facts.join(" · "))} ${standing ? mark : ""}`, first ? box(doc, needles) : `<p class="search-snippet">${snippet(doc, needles)}</p>`);
};

const pageRow = page => {
  const district = core.districts[districtOf(page.place)];
  return item(`class="search-${page.sort}"`, page.url, page.anchor, safe(page.names[0]), safe(page.facts),
    page.phones ? `<p class="search-snippet">${phoned(page.phones, district ? district[2] : "")}</p>` : "");
};

/* Whom to ask for what nothing promises: the office of the everyday word in each district. */
const offices = async (query, hits) => {
  const text = fold(`${query} ${hits.read.join(" ")}`), rows = core.everyday.filter(each => text.includes(each[0])).sort((a, b) => b[0].length - a[0].length);
  if (!rows.length) return [];
  const name = core.offices[rows[0][2]], found = await together(tokens(name));
  const pages = [...found.keys()].filter(place => place >= core.tasks).slice(0, 20);
  await load(pages.map(partOf));
  return pages.map(pageAt).filter(page => page.sort === "department" && page.names.some(each => shortens(name, each))).slice(0, 3);
};

/* What is said of the whole: a key of the words. */
const verdict = ({ places: { length }, pages, hits, loose, places: all }, query) => {
  if (!length) return pages.length ? "pages" : hits.nobody ? "no_standing" : "none";
  if (hits.nobody && !hits.literal) return "no_standing_near";
  if (loose) return wordsOf(query).join("").length > SENTENCE ? "near" : "loose";
  if (hits.readAs) return "read_as";
  if (query && !all.slice(0, FRONT).some(place => hits.promised.has(place))) return "mentioned";
  if (query && !hits.literal && hits.words.size) return "called";
  return length > shown ? "found_shown" : "found";
};

const draw = async () => {
  const { found, query, filters } = last, { hits } = found, rows = found.places.slice(0, shown), needles = [...hits.needles];
  await load(rows.map(partOf));
  const key = verdict(found, query), lacks = /none|loose|near|mentioned/.test(key);
  const asks = query && lacks && !found.pages.length ? await offices(query, hits) : [];
  list.innerHTML = [...found.pages, ...asks].map(pageRow).concat(rows.map((place, i) => row(place, needles, filters.period, !i && query && !found.loose))).join("");
  more.hidden = found.places.length <= shown;
  const q = hits.read.length ? `${query}（${hits.read[0]}）` : query;
  state.textContent = say(key, { n: found.places.length, shown, q, standing: hits.nobody, means: [...(hits.readAs || hits.words)].slice(0, 3).join("、") }) +
    (asks.length ? core.words.ask : lacks && !found.pages.length ? core.words.hotline : "");
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

const fill = () => {
  const wanted = recall();
  for (const name of NAMES) {
    const select = form.elements[name], pairs = core[`${name}s`], rows = [["", core.words[`all_${name}s`]], ...pairs];
    select.innerHTML = rows.map(([value, text]) => `<option value="${safe(value)}">${safe(text)}</option>`).join("");
    select.value = rows.some(([value]) => value === wanted[name]) ? wanted[name] : "";
    select.parentNode.hidden = !pairs[1];
  }
};

form.addEventListener("submit", event => { event.preventDefault(); run(); });
form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 150); });
form.elements.q.addEventListener("focus", () => ready().catch(() => {}));
more.addEventListener("click", async () => {
  const next = list.querySelectorAll("li[data-task]").length;
  shown += PAGE;
  await draw();
  const link = list.querySelectorAll("li[data-task] a.search-title")[next];
  if (link) link.focus();
});
const begin = recall();
if (begin.q || NAMES.some(name => begin[name])) { form.elements.q.value = begin.q || ""; run(); }
})();
