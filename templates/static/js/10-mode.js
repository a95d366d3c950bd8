/* 长辈版 and type size. Kept in localStorage, or where that is refused in the address
   (#mode=elder&size=large) from page to page. Runs in the head, before the page is drawn. */
(() => {
"use strict";
const root = document.documentElement;
const site = {};
window.taizhang = site;
let stores = true;

const read = name => {
  try { return localStorage.getItem(`taizhang-${name}`); } catch (error) { return null; }
};
const keep = (name, value) => {
  try { localStorage.setItem(`taizhang-${name}`, value); } catch (error) { stores = false; }
};

/* The address behind #: name=value parts joined by &, and perhaps an anchor. */
site.readHash = () => {
  const state = {};
  for (const part of location.hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) {
      try { state[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (error) { /* not ours */ }
    }
  }
  return state;
};
site.writeHash = state => {
  const parts = Object.keys(state).filter(name => state[name]).map(name => `${name}=${encodeURIComponent(state[name])}`);
  const address = parts.length ? `#${parts.join("&")}` : location.pathname + location.search;
  try { history.replaceState(null, "", address); } catch (error) { location.hash = parts.join("&"); }
};

const setMode = mode => {
  if (mode === "elder") root.dataset.mode = "elder";
  else delete root.dataset.mode;
  keep("mode", mode === "elder" ? "elder" : "normal");
};
site.setSize = size => {
  root.dataset.size = size;
  keep("size", size);
  for (const button of document.querySelectorAll("button[data-size]")) {
    button.setAttribute("aria-pressed", String(button.dataset.size === size));
  }
};

/* Where a search is asked for, the place of its answer is kept free before the page is drawn. */
root.classList.toggle("is-asking", /[?#&]q=/.test(location.href));

const asked = site.readHash();
setMode(asked.mode || read("mode") || "normal");
site.setSize(asked.size || read("size") || "small");

window.addEventListener("hashchange", () => {
  const mode = site.readHash().mode;
  if (mode) setMode(mode);
});

/* Entry and exit leave nothing in the address, so that a copied link does not carry the reader's choice. */
const changeMode = mode => {
  setMode(mode);
  const state = site.readHash();
  state.mode = stores ? "" : mode;
  if (location.hash === "#mode=elder") location.hash = ""; // so that <html> is no longer the target
  site.writeHash(state);
};

/* Where nothing can be stored, a link takes the reader's choice along. */
const carryChoice = (link, href) => {
  const at = href.indexOf("#");
  const parts = at < 0 ? [] : [href.slice(at + 1)];
  if (root.dataset.mode === "elder") parts.push("mode=elder");
  if (root.dataset.size !== "small") parts.push(`size=${root.dataset.size}`);
  if (parts.length) link.setAttribute("href", `${at < 0 ? href : href.slice(0, at)}#${parts.join("&")}`);
};

document.addEventListener("click", event => {
  const link = event.target.closest ? event.target.closest("a[href]") : null;
  if (!link) return;
  const href = link.getAttribute("href");
  if (href === "#mode=elder" || href === "#mode=normal") {
    event.preventDefault();
    changeMode(href.slice(6));
  } else if (!stores && !/^([a-z]+:|#)/.test(href)) {
    carryChoice(link, href);
  }
});
})();
