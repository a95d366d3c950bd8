/* Charts come alive: tooltips with the quoted words, keyboard, highlight, filter linked with the cards.
 *
 * A chart is complete without this script. Marks are links laid over the picture; they get a tooltip and arrow
 * keys at once. At the first touch the picture is drawn again by Vega (vega.js and chart-kinds.js beside this
 * file, loaded then), so that marks can be dimmed; where Vega is not to be had, the static picture stays.
 *
 * The cards' filter tells by an event on document which tasks it leaves:
 *   new CustomEvent("taizhang:cards", {detail: {all: false, tasks: ["shizhong-2025-001", …]}})
 */
(() => {
"use strict";
const here = document.currentScript ? document.currentScript.src : "";
const folder = here.slice(0, here.lastIndexOf("/") + 1);
const lives = [];
let shown = null;
let loading = null;

/* Vega's bundle is written in the language of 2021; an older browser is not given it. */
const canDrawAgain = () => Boolean(Object.hasOwn && String.prototype.replaceAll && window.structuredClone);

const loadScript = name => new Promise((done, fail) => {
  const script = document.createElement("script");
  script.src = folder + name;
  script.onload = done;
  script.onerror = fail;
  document.head.appendChild(script);
});

const loadVega = () => {
  loading = loading || (canDrawAgain()
    ? loadScript("chart-kinds.js").then(() => loadScript("vega.js"))
    : Promise.reject(new Error("old browser")));
  return loading;
};

/* Vega spec of one variant: rows, height and parameters put into the compiled kind. */
const bind = (compiled, variant) => {
  const spec = JSON.parse(JSON.stringify(compiled));
  spec.height = variant.height;
  for (const data of spec.data.filter(one => !one.source)) {
    const table = variant.tables[data.name] || { columns: [], rows: [] };
    delete data.url;
    data.values = table.rows.map(row => {
      const record = {};
      table.columns.forEach((column, place) => { record[column] = row[place]; });
      return record;
    });
  }
  for (const signal of spec.signals || []) {
    if (signal.name in variant.params) signal.value = variant.params[signal.name];
  }
  return spec;
};

const drawAgain = (svg, data, name) => {
  const box = document.createElement("div");
  const options = {
    mode: "vega", ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: false, hover: false,
  };
  const spec = bind(window.taizhangKinds[data.kind][name], data.variants[name]);
  return window.taizhangVega.embed(box, spec, options).then(result => {
    const drawing = svg.querySelector(".drawing");
    const texts = drawing.querySelector(".texts");
    const live = box.querySelector("svg");
    live.setAttribute("aria-hidden", "true");
    for (const layer of Array.from(drawing.children)) {
      if (layer !== texts) drawing.removeChild(layer);
    }
    drawing.insertBefore(live, texts);
    svg.setAttribute("data-live", "true");
    return result.view;
  });
};

/* The mark in the next line above (way -1) or below (way 1) that lies closest. */
const nearest = (hits, from, way) => {
  const start = from.getBoundingClientRect();
  let best = null;
  let least = Infinity;
  for (const hit of hits) {
    const box = hit.getBoundingClientRect();
    const down = (box.top - start.top) * way;
    const far = down * 4 + Math.abs(box.left - start.left);
    if (down > 4 && far < least) {
      best = hit;
      least = far;
    }
  }
  return best;
};

const nextMark = (hits, place, key) => {
  if (key === "ArrowRight") return hits[place + 1];
  if (key === "ArrowLeft") return hits[place - 1];
  if (key === "Home") return hits[0];
  if (key === "End") return hits[hits.length - 1];
  if (key === "ArrowDown") return nearest(hits, hits[place], 1);
  if (key === "ArrowUp") return nearest(hits, hits[place], -1);
  return null;
};

const variantOf = svg => (svg.classList.contains("chart-narrow") ? "narrow" : "wide");

class LiveChart {
  constructor(figure) {
    const source = figure.querySelector("script.chart-spec");
    this.figure = figure;
    this.frame = figure.querySelector(".chart-frame, .fig-body") || figure;
    this.data = source && source.textContent.trim() ? JSON.parse(source.textContent) : null;
    this.views = {};
    this.active = "";
    this.carded = false;
    this.tip = document.createElement("div");
    this.tip.className = "chart-tip";
    this.tip.setAttribute("role", "status");
    this.tip.hidden = true;
    this.frame.appendChild(this.tip);
    for (const svg of figure.querySelectorAll("svg.chart")) this.prepare(svg);
  }

  /* One stop in the order of tabs for a picture; arrow keys go from mark to mark. */
  prepare(svg) {
    const hits = Array.from(svg.querySelectorAll(".hit"));
    hits.forEach((hit, place) => {
      const title = hit.querySelector("title");
      hit.chartLines = title ? title.textContent.split("\n") : [];
      if (title) hit.removeChild(title);
      hit.setAttribute("tabindex", place ? "-1" : "0");
      if (!hit.hasAttribute("href")) {
        hit.setAttribute("role", "img");
        hit.setAttribute("aria-label", hit.chartLines.join("，"));
      }
      hit.addEventListener("pointerenter", () => this.point(svg, hit));
      hit.addEventListener("pointerleave", () => this.rest());
      hit.addEventListener("focus", () => {
        for (const other of hits) other.setAttribute("tabindex", other === hit ? "0" : "-1");
        this.point(svg, hit);
      });
      hit.addEventListener("blur", () => this.rest());
      hit.addEventListener("keydown", event => this.press(hits, place, event));
    });
  }

  press(hits, place, event) {
    if (event.key === "Escape") this.rest();
    const next = nextMark(hits, place, event.key);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  point(svg, hit) {
    this.showTip(hit);
    this.active = hit.getAttribute("data-key");
    this.wake(svg);
    this.update();
  }

  rest() {
    this.tip.hidden = true;
    this.active = "";
    this.update();
  }

  showTip(hit) {
    const tip = this.tip;
    tip.textContent = "";
    for (const line of hit.chartLines) {
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      tip.appendChild(paragraph);
    }
    tip.hidden = !hit.chartLines.length;
    const frame = this.frame.getBoundingClientRect();
    const box = hit.getBoundingClientRect();
    const middle = box.left + box.width / 2 - frame.left - tip.offsetWidth / 2;
    const left = Math.min(Math.max(middle, 0), Math.max(frame.width - tip.offsetWidth, 0));
    const below = box.bottom + tip.offsetHeight + 8 < window.innerHeight || box.top < tip.offsetHeight + 8;
    const top = below ? box.bottom + 6 : box.top - tip.offsetHeight - 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${top - frame.top}px`;
  }

  /* Draw this picture again, once; a failure leaves the static one. */
  wake(svg) {
    const name = variantOf(svg);
    if (!this.data || this.views[name]) return;
    this.views[name] = loadVega().then(() => drawAgain(svg, this.data, name)).catch(() => null);
    this.views[name].then(() => this.update());
  }

  update() {
    for (const name of Object.keys(this.views)) {
      this.views[name].then(view => {
        if (view) view.signal("active", this.active).signal("shown", shown || []).run();
      });
    }
  }

  /* The pictures of this figure that are on the screen and hold marks. */
  visible() {
    const drawings = Array.from(this.figure.querySelectorAll("svg.chart"));
    return drawings.filter(svg => svg.getClientRects().length && svg.querySelector(".hit"));
  }
}

const begin = () => {
  for (const figure of document.querySelectorAll(".chart-figure, .fig")) lives.push(new LiveChart(figure));
};

document.addEventListener("taizhang:cards", event => {
  shown = event.detail.all ? null : event.detail.tasks.concat("-");
  for (const live of lives) {
    if (shown) live.visible().forEach(svg => live.wake(svg));
    live.update();
  }
});

/* A card that is pointed at shows where its task stands in the pictures that are alive. */
const showCard = event => {
  const card = event.target.closest ? event.target.closest("[data-task]") : null;
  const task = card ? card.getAttribute("data-task") : "";
  for (const live of lives) {
    const known = Boolean(live.data && live.data.tasks[task]);
    if (known || live.carded) {
      live.carded = known;
      live.active = known ? task : "";
      live.update();
    }
  }
};
document.addEventListener("pointerover", showCard);
document.addEventListener("focusin", showCard);

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
})();
