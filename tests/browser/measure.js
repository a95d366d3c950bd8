/* Measurements in the page under test; each returns findings as short texts. */
window.measure = {
  name: function (element) {
    var text = (element.innerText || element.getAttribute("aria-label") || "").trim().slice(0, 24);
    var kind = element.getAttribute("class");
    return element.tagName.toLowerCase() + (kind ? "." + kind.split(" ")[0] : "") + " “" + text + "”";
  },
  seen: function (element) {
    var box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" &&
      (!element.checkVisibility || element.checkVisibility()) && !element.closest(".sr");
  },
  overflow: function () {
    var found = [], width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= window.innerWidth) return found;
    document.querySelectorAll("body *").forEach(function (element) {
      var box = element.getBoundingClientRect();
      if (box.right > width + 1 && box.width > 0 && !element.closest(".scroll, .sr, svg svg")) {
        found.push(measure.name(element) + " ends at " + Math.round(box.right));
      }
    });
    return ["page is " + document.documentElement.scrollWidth + " wide"].concat(found.slice(0, 4));
  },
  clipped: function () {
    var found = [];
    document.querySelectorAll("body *").forEach(function (element) {
      var style = getComputedStyle(element);
      if (element.closest("svg, .sr, .skip") || !measure.seen(element) || element.clientHeight <= 1) return;
      if (/hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1) {
        found.push(measure.name(element) + " is cut: " + element.scrollHeight + " in " + element.clientHeight);
      }
    });
    return found.slice(0, 6);
  },
  lost: function () { return measure.overflow().concat(measure.clipped()); },
  small: function (least, selector) {
    var found = [];
    document.querySelectorAll(selector).forEach(function (element) {
      if (!measure.seen(element) || element.closest(".skip")) return;
      var box = element.getBoundingClientRect();
      if (box.width < least - 0.5 || box.height < least - 0.5) {
        found.push(measure.name(element) + " " + Math.round(box.width) + "×" + Math.round(box.height));
      }
    });
    return found.slice(0, 8);
  },
  floating: function () {
    var found = [], area = window.innerWidth * window.innerHeight;
    document.querySelectorAll("body *").forEach(function (element) {
      if (!/fixed|sticky/.test(getComputedStyle(element).position) || !measure.seen(element)) return;
      var box = element.getBoundingClientRect();
      if (box.width * box.height > area * 0.05) found.push(measure.name(element));
    });
    return found;
  },
  lines: function (selector, starts, ends) {
    var found = [];
    document.querySelectorAll(selector).forEach(function (block) {
      var walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), range = document.createRange();
      var node, before = null, last = "";
      while ((node = walker.nextNode())) {
        for (var i = 0; i < node.data.length; i++) {
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          var box = range.getClientRects()[0], letter = node.data[i];
          if (!box || !box.width || /\s/.test(letter)) continue;
          if (before !== null && box.top > before + 4 && box.left < block.getBoundingClientRect().right) {
            if (starts.indexOf(letter) >= 0) found.push("a line begins with " + letter + " behind " + last);
            if (ends.indexOf(last) >= 0) found.push("a line ends with " + last);
            if (letter === last && /[—…]/.test(letter)) found.push(letter + letter + " is torn");
          }
          before = box.top;
          last = letter;
        }
      }
    });
    return found.slice(0, 6);
  },
  torn: function () {
    var found = [];
    document.querySelectorAll("main .nb").forEach(function (element) {
      var tops = {};
      [].forEach.call(element.getClientRects(), function (box) { if (box.width) tops[Math.round(box.top)] = 1; });
      if (Object.keys(tops).length > 1 && element.textContent.length <= 12 && !element.querySelector("*")) {
        found.push(measure.name(element));
      }
    });
    return found.slice(0, 6);
  },
  prose: function () {
    var found = [];
    document.querySelectorAll(".prose p, .text p").forEach(function (element) {
      if (!measure.seen(element)) return;
      var style = getComputedStyle(element), size = parseFloat(style.fontSize);
      var letters = element.getBoundingClientRect().width / size, leading = parseFloat(style.lineHeight) / size;
      if (letters > 40.5) found.push("E-05 " + letters.toFixed(1) + " letters a line");
      if (leading < 1.5 || leading > 1.9) found.push("E-06 line height " + leading.toFixed(2));
      var indent = parseFloat(style.textIndent), gap = parseFloat(style.marginBottom) + parseFloat(style.marginTop);
      if (indent && Math.abs(indent - 2 * size) > 0.5) found.push("E-07 indent " + indent);
      if (indent && gap > 0.5 * size) found.push("E-06 indent and gap");
      if (element.closest("li, td, .card") && indent) found.push("E-07 indent in a list");
      if (letters < 20 && style.textAlign === "justify") found.push("E-08 justified at " + letters.toFixed(1));
    });
    return found.slice(0, 6);
  },
  fonts: function (selector) {
    return [].map.call(document.querySelectorAll(selector), function (element) {
      var style = getComputedStyle(element);
      return [style.fontFamily, style.fontSize, style.lineHeight].join(" | ");
    });
  },
  words: function () {
    var copy = document.querySelector("main").cloneNode(true);
    copy.querySelectorAll("[data-needs-script], noscript, script, button, form, [data-found], [data-read], [data-due], .search, .hits")
      .forEach(function (element) { element.remove(); });
    return copy.textContent.replace(/\s+/g, "");
  },
  fills: function () {
    /* Contrast of every filled or stroked shape and letter in charts with the page behind them. */
    function parse(text) {
      var numbers = (text.match(/[\d.]+/g) || []).map(Number);
      return numbers.length >= 3 && numbers[3] !== 0 ? numbers : null;
    }
    function light(rgb) {
      return [0.2126, 0.7152, 0.0722].reduce(function (sum, weight, i) {
        var part = rgb[i] / 255;
        return sum + weight * (part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
      }, 0);
    }
    function behind(element) {
      for (; element; element = element.parentElement) {
        var colour = parse(getComputedStyle(element).backgroundColor);
        if (colour) return colour;
      }
      return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
    }
    var found = {};
    document.querySelectorAll("main svg text, main svg .marks path, main svg .bars path, main svg .points path, .mark svg")
      .forEach(function (element) {
        if (!measure.seen(element.ownerSVGElement || element)) return;
        var style = getComputedStyle(element), letters = element.tagName === "text";
        var colours = element.tagName === "svg" ? [parse(style.color)] : [parse(style.fill), letters ? null : parse(style.stroke)];
        var ground = light(behind(element)) + 0.05;
        var best = Math.max.apply(null, colours.filter(Boolean).map(function (colour) {
          var own = light(colour) + 0.05;
          return Math.max(own / ground, ground / own);
        }));
        if (best < (letters ? 4.5 : 3)) {
          found[measure.name(element) + " " + element.getAttribute("class") + " " + best.toFixed(2)] = 1;
        }
      });
    return Object.keys(found).slice(0, 6);
  }
};
