/* Charts come alive: tooltips with the quoted words, keyboard, highlight, filter linked with the cards.
 *
 * A chart is complete without this script. Marks are links laid over the picture; they get a tooltip and arrow
 * keys at once. At the first touch the picture is drawn again by Vega (vega.js and chart-kinds.js beside this
 * file, loaded then), so that marks can be dimmed; where Vega is not to be had, the static picture stays.
 *
 * The cards' filter tells by an event on document which tasks it leaves:
 *   new CustomEvent("taizhang:cards", {detail: {all: false, tasks: ["shizhong-2025-001", …]}})
 */
(function () {
  "use strict";

  var here = document.currentScript ? document.currentScript.src : "";
  var folder = here.slice(0, here.lastIndexOf("/") + 1);
  var shown = null;
  var lives = [];
  var loading = null;

  /* Vega's bundle is written in the language of 2021; an older browser is not given it. */
  function canDrawAgain() {
    return Boolean(Object.hasOwn && String.prototype.replaceAll && window.structuredClone && window.Promise);
  }

  function loadScript(name) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = folder + name;
      script.onload = resolve;
      script.onerror = reject;
      document.head.appendChild(script);
    });
  }

  function loadVega() {
    if (!loading) {
      loading = canDrawAgain() ? loadScript("chart-kinds.js").then(function () {
        return loadScript("vega.js");
      }) : Promise.reject(new Error("old browser"));
    }
    return loading;
  }

  /* Vega spec of one variant: rows, height and parameters put into the compiled kind. */
  function bind(compiled, variant) {
    var spec = JSON.parse(JSON.stringify(compiled));
    spec.height = variant.height;
    spec.data.forEach(function (data) {
      if (data.source) { return; }
      var table = variant.tables[data.name];
      delete data.url;
      data.values = !table ? [] : table.rows.map(function (row) {
        var record = {};
        table.columns.forEach(function (column, place) { record[column] = row[place]; });
        return record;
      });
    });
    (spec.signals || []).forEach(function (signal) {
      if (signal.name in variant.params) { signal.value = variant.params[signal.name]; }
    });
    return spec;
  }

  function drawAgain(svg, data, name) {
    var box = document.createElement("div");
    var options = {
      mode: "vega", ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: false, hover: false
    };
    var spec = bind(window.taizhangKinds[data.kind][name], data.variants[name]);
    return window.taizhangVega.embed(box, spec, options).then(function (result) {
      var drawing = svg.querySelector(".drawing");
      var texts = drawing.querySelector(".texts");
      var live = box.querySelector("svg");
      live.setAttribute("aria-hidden", "true");
      Array.prototype.slice.call(drawing.children).forEach(function (layer) {
        if (layer !== texts) { drawing.removeChild(layer); }
      });
      drawing.insertBefore(live, texts);
      svg.setAttribute("data-live", "true");
      return result.view;
    });
  }

  function Live(figure) {
    var source = figure.querySelector("script.chart-spec");
    this.figure = figure;
    this.frame = figure.querySelector(".chart-frame, .fig-body") || figure;
    this.data = source && source.textContent.trim() ? JSON.parse(source.textContent) : null;
    this.views = {};
    this.active = "";
    this.tip = document.createElement("div");
    this.tip.className = "chart-tip";
    this.tip.setAttribute("role", "status");
    this.tip.hidden = true;
    this.frame.appendChild(this.tip);
    Array.prototype.forEach.call(figure.querySelectorAll("svg.chart"), this.prepare, this);
  }

  /* One stop in the order of tabs for a picture; arrow keys go from mark to mark. */
  Live.prototype.prepare = function (svg) {
    var self = this;
    var hits = Array.prototype.slice.call(svg.querySelectorAll(".hit"));
    if (!hits.length) { return; }
    hits.forEach(function (hit, place) {
      var title = hit.querySelector("title");
      hit.chartLines = title ? title.textContent.split("\n") : [];
      if (title) { hit.removeChild(title); }
      hit.setAttribute("tabindex", place ? "-1" : "0");
      if (!hit.hasAttribute("href")) {
        hit.setAttribute("role", "img");
        hit.setAttribute("aria-label", hit.chartLines.join("，"));
      }
      hit.addEventListener("pointerenter", function () { self.point(svg, hit); });
      hit.addEventListener("pointerleave", function () { self.rest(svg); });
      hit.addEventListener("focus", function () {
        hits.forEach(function (other) { other.setAttribute("tabindex", other === hit ? "0" : "-1"); });
        self.point(svg, hit);
      });
      hit.addEventListener("blur", function () { self.rest(svg); });
      hit.addEventListener("keydown", function (event) { self.key(svg, hits, place, event); });
    });
  };

  Live.prototype.key = function (svg, hits, place, event) {
    var next = null;
    if (event.key === "ArrowRight") { next = hits[place + 1]; }
    if (event.key === "ArrowLeft") { next = hits[place - 1]; }
    if (event.key === "Home") { next = hits[0]; }
    if (event.key === "End") { next = hits[hits.length - 1]; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      next = nearest(hits, hits[place], event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Escape") { this.rest(svg); }
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };

  /* The mark in the next line above or below that lies closest. */
  function nearest(hits, from, way) {
    var start = from.getBoundingClientRect();
    var best = null;
    var least = Infinity;
    hits.forEach(function (hit) {
      var box = hit.getBoundingClientRect();
      var down = (box.top - start.top) * way;
      var far = down * 4 + Math.abs(box.left - start.left);
      if (down > 4 && far < least) {
        best = hit;
        least = far;
      }
    });
    return best;
  }

  Live.prototype.point = function (svg, hit) {
    this.showTip(hit);
    this.active = hit.getAttribute("data-key");
    this.wake(svg);
    this.update();
  };

  Live.prototype.rest = function () {
    this.tip.hidden = true;
    this.active = "";
    this.update();
  };

  Live.prototype.showTip = function (hit) {
    var tip = this.tip;
    tip.textContent = "";
    hit.chartLines.forEach(function (line) {
      var paragraph = document.createElement("p");
      paragraph.textContent = line;
      tip.appendChild(paragraph);
    });
    tip.hidden = !hit.chartLines.length;
    var frame = this.frame.getBoundingClientRect();
    var box = hit.getBoundingClientRect();
    var left = Math.min(Math.max(box.left + box.width / 2 - frame.left - tip.offsetWidth / 2, 0),
      Math.max(frame.width - tip.offsetWidth, 0));
    var below = box.bottom + tip.offsetHeight + 8 < window.innerHeight || box.top < tip.offsetHeight + 8;
    var top = below ? box.bottom + 6 : box.top - tip.offsetHeight - 6;
    tip.style.left = left + "px";
    tip.style.top = top - frame.top + "px";
  };

  function nameOf(svg) {
    return svg.classList.contains("chart-narrow") ? "narrow" : "wide";
  }

  /* Draw this picture again, once; a failure leaves the static one. */
  Live.prototype.wake = function (svg) {
    var self = this;
    var name = nameOf(svg);
    if (!this.data || this.views[name]) { return; }
    this.views[name] = loadVega().then(function () {
      return drawAgain(svg, self.data, name);
    }).catch(function () { return null; });
    this.views[name].then(function () { self.update(); });
  };

  Live.prototype.update = function () {
    var active = this.active;
    Object.keys(this.views).forEach(function (name) {
      this.views[name].then(function (view) {
        if (view) { view.signal("active", active).signal("shown", shown || []).run(); }
      });
    }, this);
  };

  Live.prototype.visible = function () {
    return Array.prototype.filter.call(this.figure.querySelectorAll("svg.chart"), function (svg) {
      return svg.getClientRects().length && svg.querySelector(".hit");
    });
  };

  function begin() {
    Array.prototype.forEach.call(document.querySelectorAll(".chart-figure, .fig"), function (figure) {
      lives.push(new Live(figure));
    });
  }

  document.addEventListener("taizhang:cards", function (event) {
    shown = event.detail.all ? null : event.detail.tasks.concat("-");
    lives.forEach(function (live) {
      if (shown) { live.visible().forEach(live.wake, live); }
      live.update();
    });
  });

  /* A card that is pointed at shows where its task stands in the pictures that are alive. */
  ["pointerover", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var card = event.target.closest ? event.target.closest("[data-task]") : null;
      var task = card ? card.getAttribute("data-task") : "";
      lives.forEach(function (live) {
        var known = live.data && live.data.tasks[task];
        if (known || live.carded) {
          live.carded = Boolean(known);
          live.active = known ? task : "";
          live.update();
        }
      });
    });
  });

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", begin);
  } else {
    begin();
  }
})();
