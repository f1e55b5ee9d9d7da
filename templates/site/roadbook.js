// On every page: shows what only works with a script, opens the search and the list of keys.
"use strict";
(() => {
  const LOOKUP = "roadbook-keys";
  const button = document.querySelector(".find-open");
  const keys = document.querySelector(".keys-open");
  const own = (self.roadbook = {});

  /** Makes an element; what is text stays text. */
  own.make = (name, attributes, ...children) => {
    const it = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
    it.append(...children);
    return it;
  };

  /** Loads a script of this site once it is wanted: one that is fetched would not load from disk. */
  own.load = (address, then) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => then(true);
    script.onerror = () => then(false);
    document.head.append(script);
  };

  // Storage is missing where cookies are forbidden.
  const stored = {
    get off() { try { return localStorage.getItem(LOOKUP) === "off"; } catch { return false; } },
    set off(off) { try { off ? localStorage.setItem(LOOKUP, "off") : localStorage.removeItem(LOOKUP); } catch { /* for this page */ } },
  };
  let isOff = stored.off;
  let isLoading = false;

  function search() {
    if (own.search) own.search();
    else if (!isLoading) {
      isLoading = true;
      own.load(`${button.dataset.assets}assets/search.js`, (loaded) => {
        isLoading = false;
        if (loaded) own.search();
      });
    }
  }

  let help;
  function list() {
    help ??= makeList();
    help.showModal();
  }

  function makeList() {
    const row = (key, words) => own.make("div", {}, own.make("dt", {}, own.make("kbd", {}, key)), own.make("dd", {}, words));
    const box = own.make("input", { type: "checkbox" });
    box.checked = !isOff;
    box.addEventListener("change", () => { stored.off = isOff = !box.checked; });
    const close = own.make("button", { type: "button", class: "btn" }, "Close");
    const dialog = own.make("dialog", { class: "box keys", "aria-labelledby": "keys-h" },
      own.make("h2", { id: "keys-h" }, "Keyboard shortcuts"),
      own.make("dl", {}, row("/", "search"), row("?", "this list"), row("Tab", "next link or control"), row("↑ ↓", "through the results of a search"),
        row("Enter", "open a result, or sort by a column"), row("Esc", "close")),
      own.make("label", {}, box, " The keys / and ? work anywhere on a page"),
      own.make("p", {}, close));
    close.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
    return dialog;
  }

  document.documentElement.classList.add("js");
  button?.addEventListener("click", search);
  keys?.addEventListener("click", list);
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(radio|checkbox|button)$/.test(target.type)
      // The field of a box that was just closed keeps the focus for a moment.
      && target.checkVisibility();
    if (isOff || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const act = { "/": button && search, "?": keys && list }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
