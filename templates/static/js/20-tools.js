/* Type size, print, copy, read aloud. What needs script is hidden in the page and shown here. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  function each(selector, then) { [].forEach.call(document.querySelectorAll(selector), then); }
  function on(selector, then) {
    each(selector, function (element) { element.addEventListener("click", function () { then(element); }); });
  }

  each("[data-needs-script]", function (element) { element.hidden = false; });
  window.taizhang.setSize(document.documentElement.getAttribute("data-size"));
  on("button[data-size]", function (button) { window.taizhang.setSize(button.getAttribute("data-size")); });
  on("[data-print]", function () { window.print(); });

  on("[data-copy]", function (button) {
    var range = document.createRange();
    range.selectNodeContents(document.getElementById(button.getAttribute("data-copy")));
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand("copy")) button.textContent = button.getAttribute("data-done");
  });

  /* The browser itself does not find an anchor that shares the address (#history&mode=elder). */
  var anchor = location.hash.slice(1).split("&").filter(function (part) { return part && part.indexOf("=") < 0; })[0];
  if (anchor && "#" + anchor !== location.hash) {
    var place = document.getElementById(anchor);
    if (place) place.scrollIntoView();
  }

  /* The record belongs on paper too. */
  window.addEventListener("beforeprint", function () {
    each("details.record", function (part) { part.open = true; });
  });

  /* Reading aloud is offered only where there is a Chinese voice, and never starts by itself. */
  var button = document.querySelector("[data-read]");
  var article = document.querySelector("article .column-main");
  var speech = window.speechSynthesis;
  if (!button || !article || !speech) return;
  function voice() {
    return speech.getVoices().filter(function (one) { return /^zh/i.test(one.lang); })[0];
  }
  function offer() { button.hidden = !voice(); }
  function stop() { speech.cancel(); button.textContent = button.getAttribute("data-on"); }
  offer();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  button.addEventListener("click", function () {
    if (speech.speaking) { stop(); return; }
    article.innerText.split(/\n+/).forEach(function (paragraph) {
      var words = new SpeechSynthesisUtterance(paragraph);
      words.voice = voice();
      words.lang = "zh-CN";
      speech.speak(words);
    });
    button.textContent = button.getAttribute("data-off");
  });
  window.addEventListener("pagehide", stop);
});
