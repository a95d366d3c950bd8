/* Type size, print, copy, read aloud. What needs script is hidden in the page and shown here. */
document.addEventListener("DOMContentLoaded", () => {
"use strict";
const all = selector => Array.from(document.querySelectorAll(selector));
const onClick = (selector, then) => {
  for (const element of all(selector)) element.addEventListener("click", () => then(element));
};

for (const element of all("[data-needs-script]")) element.hidden = false;
for (const note of all("[data-due]")) if (Date.now() >= Date.parse(`${note.dataset.due}T24:00+08:00`)) {
  note.textContent = note.dataset.late;
  note.className = "frozen";
}
window.taizhang.setSize(document.documentElement.dataset.size);
onClick("button[data-size]", button => window.taizhang.setSize(button.dataset.size));
onClick("[data-print]", () => window.print());

onClick("[data-copy]", button => {
  const range = document.createRange();
  range.selectNodeContents(document.getElementById(button.dataset.copy));
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  if (document.execCommand("copy")) button.textContent = button.dataset.done;
});

/* The browser itself does not find an anchor that shares the address (#history&mode=elder). */
const anchor = location.hash.slice(1).split("&").find(part => part && !part.includes("="));
if (anchor && `#${anchor}` !== location.hash) {
  const place = document.getElementById(anchor);
  if (place) place.scrollIntoView();
}

/* The record belongs on paper too. */
window.addEventListener("beforeprint", () => {
  for (const part of all("details.record")) part.open = true;
});

/* Reading aloud is offered only where there is a Chinese voice, and never starts by itself. */
const button = document.querySelector("[data-read]");
const article = document.querySelector("article .column-main");
const speech = window.speechSynthesis;
if (!button || !article || !speech) return;
const voice = () => speech.getVoices().find(one => /^zh/i.test(one.lang));
const offer = () => { button.hidden = !voice(); };
const stop = () => {
  speech.cancel();
  button.textContent = button.dataset.on;
};
offer();
if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
button.addEventListener("click", () => {
  if (speech.speaking) { stop(); return; }
  for (const paragraph of article.innerText.split(/\n+/)) {
    const words = new SpeechSynthesisUtterance(paragraph);
    words.voice = voice();
    words.lang = "zh-CN";
    speech.speak(words);
  }
  button.textContent = button.dataset.off;
});
window.addEventListener("pagehide", stop);
});
