/* Filters and sorting of the task cards; their state stands in the address: #status=behind&dept=…&sort=weak. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  var form = document.querySelector(".filters");
  var list = document.querySelector("[data-cards]");
  var found = document.querySelector("[data-found]");
  if (!form || !list || !found) return;

  var marks = [].slice.call(document.querySelectorAll(".cell[data-task]"));
  var names = [].map.call(form.elements, function (field) { return field.name; }).filter(Boolean);
  var cards = [].map.call(list.children, function (element) {
    return {
      element: element,
      text: fold(element.textContent),
      number: Number(element.getAttribute("data-number")),
      order: element.getAttribute("data-order"),
      status: element.getAttribute("data-status"),
      section: element.getAttribute("data-section"),
      roles: element.getAttribute("data-roles").split(" "),
      figures: element.getAttribute("data-figures").split(" "),
      changed: element.hasAttribute("data-changed")
    };
  });

  function fold(text) { return text.toLowerCase().replace(/\s+/g, ""); }

  var tests = {
    q: function (card, value) {
      return value.split(/\s+/).every(function (word) { return card.text.indexOf(fold(word)) >= 0; });
    },
    section: function (card, value) { return card.section === value; },
    status: function (card, value) { return card.status === value; },
    figures: function (card, value) { return card.figures.indexOf(value) >= 0; },
    changed: function (card) { return card.changed; },
    dept: function (card, value, state) {
      return card.roles.some(function (part) {
        return state.role ? part === value + ":" + state.role : part.split(":")[0] === value;
      });
    },
    role: function (card, value, state) {
      return Boolean(state.dept) || card.roles.some(function (part) { return part.split(":")[1] === value; });
    }
  };
  var orders = {
    "": function (a, b) { return a.number - b.number; },
    weak: function (a, b) { return a.order < b.order ? -1 : a.order > b.order ? 1 : a.number - b.number; },
    strong: function (a, b) { return a.order > b.order ? -1 : a.order < b.order ? 1 : a.number - b.number; }
  };

  function apply(state) {
    var shown = 0, ids = [];
    cards.forEach(function (card) {
      var fits = Object.keys(tests).every(function (name) {
        return !state[name] || tests[name](card, state[name], state);
      });
      card.element.hidden = !fits;
      if (fits) { shown++; ids.push(card.element.getAttribute("data-task")); }
    });
    cards.slice().sort(orders[state.sort] || orders[""]).forEach(function (card) { list.appendChild(card.element); });
    marks.forEach(function (mark) {
      mark.classList.toggle("dim", ids.indexOf(mark.getAttribute("data-task")) < 0);
    });
    var template = found.getAttribute(shown ? "data-text" : "data-none");
    var all = !Object.keys(tests).some(function (name) { return state[name]; });
    found.textContent = all ? whole : template.replace("%n", shown);
    document.dispatchEvent(new CustomEvent("taizhang:filter", { detail: { tasks: all ? null : ids } }));
  }
  var whole = found.textContent;

  function fromAddress() {
    var state = window.taizhang.readHash();
    names.forEach(function (name) { form.elements[name].value = state[name] || ""; });
    apply(state);
    if (names.some(function (name) { return state[name]; })) form.scrollIntoView();
  }
  function toAddress() {
    var state = window.taizhang.readHash();
    names.forEach(function (name) { state[name] = form.elements[name].value; });
    window.taizhang.writeHash(state);
    apply(state);
  }

  form.addEventListener("input", toAddress);
  form.addEventListener("change", toAddress);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(toAddress, 0); });
  window.addEventListener("hashchange", function () {
    if (location.hash.indexOf("=") > 0) fromAddress();
  });
  fromAddress();
});
