// The search: loaded when it is first opened, with the index of each project. Everything is put on the page as text.
"use strict";
(() => {
  const SHOWN = 30;
  const { make, load } = self.roadbook;
  const { up, indexes } = document.querySelector(".find-open").dataset;
  // One project alone has its index in its own folder.
  const folders = indexes.split(" ");
  const entries = [];
  let words;
  let waiting = folders.length, missing = 0;

  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i" };
  /** Letters alone, without case and marks. */
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[ßæœøđłı]/g, (it) => LETTERS[it]);
  const split = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const bare = (joined) => joined.replaceAll(" ", "");
  const join = (text) => ` ${split(text).join(" ")}`;

  for (const folder of folders) {
    load(`${up}${folder}data/search.js`, (loaded) => {
      waiting -= 1;
      const index = self.roadbookSearch;
      self.roadbookSearch = undefined;
      if (!loaded || !index) missing += 1;
      else {
        for (const [kind, id, title, href, state, more] of index.items) {
          const [called, named] = [join(id), join(title)];
          const all = `${called}${named}${join(more)}${join(kind)}${join(state)}`;
          entries.push({ kind, id, title, href: up + folder + href, state, plan: folder && index.plan, called, named, all, bare: bare(called) });
        }
        words = undefined;
      }
      show();
    });
  }

  /** How well an entry fits, 0 best; nothing where it does not. */
  function rank(it, whole, wanted) {
    // An ID is found without its dash, too.
    if (it.called === whole || (it.bare && it.bare === bare(whole))) return 0;
    if (it.called.startsWith(whole)) return 1;
    if (it.named.startsWith(whole)) return 2;
    if (wanted.every((word) => it.named.includes(` ${word}`))) return 3;
    if (wanted.every((word) => it.all.includes(` ${word}`))) return 4;
    if (wanted.every((word) => it.all.includes(word))) return 5;
    return undefined;
  }

  /** Whether a word begins as another does, but for one slip of the hand. */
  function near(word, other) {
    if (Math.abs(other.length - word.length) > 1 && other.length < word.length) return false;
    let at = 0;
    while (at < word.length && word[at] === other[at]) at += 1;
    const [a, b] = [word.slice(at), other.slice(at)];
    return b.startsWith(a.slice(1)) || b.slice(1).startsWith(a) || b.slice(1).startsWith(a.slice(1))
      || (a[0] === b[1] && a[1] === b[0] && b.slice(2).startsWith(a.slice(2)));
  }

  function find(text) {
    const whole = join(text);
    const wanted = split(text);
    if (wanted.length === 0) return [];
    const ranked = [[], [], [], [], [], []];
    for (const it of entries) ranked[rank(it, whole, wanted)]?.push(it);
    const found = ranked.flat();
    if (found.length > 0 || !wanted.some((it) => it.length > 3)) return found;
    words ??= [...new Set(entries.flatMap((it) => it.all.trim().split(" ")))];
    const meant = wanted.map((word) => (word.length > 3 ? words.filter((it) => near(word, it)) : [word]));
    return entries.filter((it) => meant.every((all) => all.some((word) => it.all.includes(` ${word}`))));
  }

  const list = make("ul", { role: "listbox", id: "find-list", "aria-label": "Results" });
  const field = make("input", {
    type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "find-list", "aria-autocomplete": "list",
    "aria-label": "Search items, gates, weeks, metrics, risks and decisions", placeholder: "Search items, gates, weeks, risks …",
    autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go",
  });
  const close = make("button", { type: "button", class: "btn" }, "Close");
  const status = make("p", { role: "status", class: "note" });
  const dialog = make("dialog", { class: "box find", "aria-label": "Search" }, make("div", { class: "find-head" }, field, close), status, list);
  let at = -1;

  function show() {
    const text = field.value.trim();
    const found = find(text);
    list.replaceChildren(...found.slice(0, SHOWN).map(option));
    const is = found.length === 1 ? "1 result" : `${found.length} results`;
    if (waiting > 0) status.textContent = "Loading …";
    else if (missing === folders.length) status.textContent = "The index could not be loaded.";
    else if (!text) status.textContent = `${entries.length} things to find`;
    else if (found.length === 0) status.textContent = "Nothing fits.";
    else status.textContent = found.length > SHOWN ? `${is}, the best ${SHOWN} are shown` : is;
    select(found.length > 0 ? 0 : -1);
  }

  function option(it, number) {
    const part = (name, text) => (text ? [make("span", { class: name }, text), " "] : []);
    const made = make("li", { role: "option", id: `find-${number}`, "aria-selected": "false" },
      ...part("find-kind", it.kind), ...part("id", it.id), ...part("find-title", it.title), ...part("find-plan", it.plan), ...part("find-state", it.state));
    made.dataset.href = it.href;
    made.querySelector(".find-title")?.setAttribute("dir", "auto");
    return made;
  }

  function select(number) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = number;
    const it = list.children[at];
    it?.setAttribute("aria-selected", "true");
    it?.scrollIntoView({ block: "nearest" });
    if (it) field.setAttribute("aria-activedescendant", it.id);
    else field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-expanded", String(list.children.length > 0));
  }

  function open(it, event) {
    if (!it) return;
    if (event.ctrlKey || event.metaKey || event.button === 1) {
      window.open(it.dataset.href, "_blank", "noopener");
      return;
    }
    dialog.close();
    location.href = it.dataset.href;
  }

  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "ArrowDown" && count > 0) select((at + 1) % count);
    else if (event.key === "ArrowUp" && count > 0) select((at + count - 1) % count);
    else if (event.key === "Enter" && !event.isComposing) open(list.children[at], event);
    else return;
    event.preventDefault();
  });
  for (const name of ["click", "auxclick"]) list.addEventListener(name, (event) => event.button < 2 && open(event.target.closest("li"), event));
  close.addEventListener("click", () => dialog.close());
  // A click beside the box is one on the dialog itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);

  self.roadbook.search = () => {
    if (!dialog.open) dialog.showModal();
    field.select();
    field.focus();
    show();
  };
})();
