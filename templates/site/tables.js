// Lists that can be sorted by any column, and the filters of the list of items. Both stand in the address, so that a list can be sent
// to somebody, and Back undoes a choice. Everything can be read without it.
"use strict";
(() => {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const asked = () => new URLSearchParams(location.search);

  /** Writes a choice into the address: a new step of the history, or the same one while somebody is typing. */
  function put(name, value, isTyping = false) {
    const all = asked();
    if ((all.get(name) ?? "") === value) return;
    if (value) all.set(name, value);
    else all.delete(name);
    const query = all.toString();
    history[isTyping ? "replaceState" : "pushState"](null, "", `${location.pathname}${query && `?${query}`}${location.hash}`);
  }

  /** What a cell is sorted by: what its markup says, else its words; nothing where it is empty. */
  function value(row, column) {
    const cell = row.cells[column];
    const text = cell?.dataset.v ?? cell?.textContent.trim() ?? "";
    return cell === undefined || cell.colSpan > 1 || cell.classList.contains("nil") || /^[–-]?$|^–,/.test(text) ? undefined : text;
  }

  function compare(a, b) {
    const [x, y] = [Number(a), Number(b)];
    return Number.isFinite(x) && Number.isFinite(y) && a !== "" && b !== "" ? x - y : collator.compare(a, b);
  }

  /** Sorting dissolves groups: their headings are hidden, and all rows stand in one body. */
  function sortable(table, number) {
    const name = number === 0 ? "sort" : `sort${number + 1}`;
    const bodies = [...table.tBodies];
    const rows = bodies.flatMap((body) => [...body.rows].filter((it) => !it.classList.contains("grp")).map((row) => ({ row, body })));
    if (rows.length < 2) return undefined;
    const heads = [...table.tHead.rows[0].cells].map((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      return { head, column, button, key: button.textContent.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-") };
    });
    const together = document.createElement("tbody");
    table.append(together);
    let last = "";

    function read() {
      const wanted = asked().get(name) ?? "";
      if (wanted === last) return;
      last = wanted;
      const isDown = wanted.startsWith("-");
      const by = heads.find((it) => it.key === wanted.replace(/^-/, ""));
      for (const it of heads) {
        if (it === by) it.head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
        else it.head.removeAttribute("aria-sort");
      }
      table.classList.toggle("sorted", by !== undefined);
      apart(() => (by ? order(by, isDown) : inGroups()));
    }

    /** Moves rows while they are not on the page: it would be styled anew for each. */
    function apart(move) {
      for (const it of [...bodies, together]) it.remove();
      move();
      table.append(...bodies, together);
    }

    function inGroups() {
      for (const { row, body } of rows) body.append(row);
    }

    function order(by, isDown) {
      const valued = rows.map((it) => ({ ...it, value: value(it.row, by.column) }));
      // What is empty stands last, whichever way.
      valued.sort((a, b) => (a.value === undefined) - (b.value === undefined)
        || (a.value === undefined ? 0 : (isDown ? -1 : 1) * compare(a.value, b.value)));
      together.append(...valued.map((it) => it.row));
    }

    for (const it of heads) {
      it.button.addEventListener("click", () => {
        const next = { ascending: `-${it.key}`, descending: "" }[it.head.getAttribute("aria-sort")] ?? it.key;
        put(name, next);
        refresh();
      });
    }
    return read;
  }

  /** The filters of the list of items. */
  function filters(table) {
    const byId = (id) => document.getElementById(id);
    const [find, phase, owner, sort] = ["find", "phase", "owner", "sort"].map(byId);
    const found = document.querySelector(".found");
    const rows = [...table.tBodies].flatMap((body) => [...body.rows].filter((row) => row.dataset.s).map((row) => ({
      row, body, phase: body.dataset.p, owners: (row.dataset.o || "").split(" "), words: row.textContent.toLowerCase(),
    })));
    const radios = [...document.querySelectorAll('.filter input[name="s"]')];
    const has = (select, wanted) => (select && [...select.options].some((it) => it.value === wanted) ? wanted : "");

    function read() {
      const all = asked();
      const get = (name) => all.get(name) ?? "";
      const state = radios.find((it) => it.value === get("state")) ?? radios[0];
      state.checked = true;
      if (find.value.trim() !== get("q")) find.value = get("q");
      if (phase) phase.value = has(phase, get("phase"));
      if (owner) owner.value = has(owner, get("owner"));
      sort.value = get("sort");
      apply(state.value);
    }

    function apply(state) {
      const wanted = find.value.trim().toLowerCase().split(/\s+/);
      let shown = 0;
      const kept = new Set();
      for (const it of rows) {
        const fits = (!phase?.value || it.phase === phase.value) && (!owner?.value || it.owners.includes(owner.value))
          && wanted.every((word) => it.words.includes(word));
        it.row.hidden = !fits;
        if (fits) kept.add(it.body);
        if (fits && (!state || it.row.dataset.s === state)) shown += 1;
      }
      for (const { body } of rows) body.hidden = !kept.has(body);
      found.textContent = shown === rows.length ? "" : shown === 0 ? "No item fits." : `${shown} of ${rows.length} items.`;
    }

    const on = (it, name, isTyping) => it?.addEventListener("input", () => {
      put(name, it.value.trim(), isTyping);
      refresh();
    });
    on(find, "q", true);
    on(phase, "phase");
    on(owner, "owner");
    on(sort, "sort");
    for (const it of radios) on(it, "state");
    return read;
  }

  const tables = [...document.querySelectorAll("table.t")].filter((it) => it.tHead);
  const readers = tables.map(sortable).filter(Boolean);
  const items = document.querySelector("table.items");
  if (items && document.querySelector(".filter-js")) readers.push(filters(items));
  function refresh() {
    for (const read of readers) read();
  }
  addEventListener("popstate", refresh);
  // Browsers put back what was chosen in a form after a page was left; the address is right.
  addEventListener("pageshow", refresh);
  refresh();
})();
