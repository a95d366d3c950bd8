/* 长辈版 and type size. Kept in localStorage, or where that is refused in the address
   (#mode=elder&size=large) from page to page. Runs in the head, before the page is drawn. */
(function () {
  "use strict";

  var root = document.documentElement;
  var site = window.taizhang = {};

  var stores = true;

  function read(name) {
    try { return localStorage.getItem("taizhang-" + name); } catch (error) { return null; }
  }
  function keep(name, value) {
    try { localStorage.setItem("taizhang-" + name, value); } catch (error) { stores = false; }
  }

  /* The address behind #: name=value parts joined by &, and perhaps an anchor. */
  site.readHash = function () {
    var state = {};
    location.hash.replace(/^#/, "").split("&").forEach(function (part) {
      var at = part.indexOf("=");
      if (at > 0) {
        try { state[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (error) { /* not ours */ }
      }
    });
    return state;
  };
  site.writeHash = function (state) {
    var parts = Object.keys(state).filter(function (name) { return state[name]; }).map(function (name) {
      return name + "=" + encodeURIComponent(state[name]);
    });
    var address = parts.length ? "#" + parts.join("&") : location.pathname + location.search;
    try { history.replaceState(null, "", address); } catch (error) { location.hash = parts.join("&"); }
  };

  function setMode(mode) {
    if (mode === "elder") root.setAttribute("data-mode", "elder");
    else root.removeAttribute("data-mode");
    keep("mode", mode === "elder" ? "elder" : "normal");
  }
  function setSize(size) {
    root.setAttribute("data-size", size);
    keep("size", size);
    [].forEach.call(document.querySelectorAll("button[data-size]"), function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-size") === size));
    });
  }
  site.setSize = setSize;

  var asked = site.readHash();
  setMode(asked.mode || read("mode") || "normal");
  setSize(asked.size || read("size") || "small");

  window.addEventListener("hashchange", function () {
    var mode = site.readHash().mode;
    if (mode) setMode(mode);
  });

  /* Entry and exit leave nothing in the address, so that a copied link does not carry the reader's choice. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest("a[href]") : null;
    if (!link) return;
    var href = link.getAttribute("href");
    if (href === "#mode=elder" || href === "#mode=normal") {
      event.preventDefault();
      setMode(href.slice(6));
      var state = site.readHash();
      state.mode = stores ? "" : href.slice(6);
      if (location.hash === "#mode=elder") location.hash = "";  /* so that <html> is no longer the target */
      site.writeHash(state);
      return;
    }
    if (!stores && !/^([a-z]+:|#)/.test(href)) {
      var at = href.indexOf("#");
      var parts = at < 0 ? [] : [href.slice(at + 1)];
      if (root.getAttribute("data-mode") === "elder") parts.push("mode=elder");
      if (root.getAttribute("data-size") !== "small") parts.push("size=" + root.getAttribute("data-size"));
      if (parts.length) link.setAttribute("href", (at < 0 ? href : href.slice(0, at)) + "#" + parts.join("&"));
    }
  });
})();
