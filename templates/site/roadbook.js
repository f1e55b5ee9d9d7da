// The list of tasks: search, choice of phase and owner, order. Everything can be read without it.
"use strict";
(() => {
  const table = document.querySelector("table.items");
  const controls = document.querySelector(".filter-js");
  if (!table || !controls) return;
  const byId = (id) => document.getElementById(id);
  const find = byId("find"), phase = byId("phase"), owner = byId("owner"), sort = byId("sort");
  const found = document.querySelector(".found");
  const groups = Array.from(table.tBodies).map((body) => ({
    body,
    rows: Array.from(body.rows).filter((row) => row.dataset.s).map((row, at) => ({
      row,
      at,
      words: row.textContent.toLowerCase(),
      owners: (row.dataset.o || "").split(" "),
      effort: Number(row.dataset.e) || 0,
    })),
  }));
  const order = ["blocked", "in_progress", "todo", "done", "dropped"];
  const compare = {
    state: (a, b) => order.indexOf(a.row.dataset.s) - order.indexOf(b.row.dataset.s) || a.at - b.at,
    effort: (a, b) => b.effort - a.effort || a.at - b.at,
  };

  function apply() {
    const wanted = find.value.trim().toLowerCase().split(/\s+/);
    const state = document.querySelector('input[name="s"]:checked').value;
    let shown = 0, all = 0;
    for (const { body, rows } of groups) {
      let any = false;
      const rightPhase = !phase || !phase.value || body.dataset.p === phase.value;
      for (const it of rows) {
        const rightOwner = !owner || !owner.value || it.owners.includes(owner.value);
        const fits = rightPhase && rightOwner && wanted.every((word) => it.words.includes(word));
        it.row.hidden = !fits;
        any ||= fits;
        all += 1;
        if (fits && (!state || it.row.dataset.s === state)) shown += 1;
      }
      body.hidden = !any;
      const by = compare[sort.value];
      const sorted = by ? rows.slice().sort(by) : rows;
      for (const it of sorted) body.append(it.row);
    }
    found.textContent = shown === all ? "" : shown === 0 ? "No item fits." : `${shown} of ${all} items.`;
  }

  controls.hidden = false;
  found.hidden = false;
  for (const it of document.querySelectorAll(".filter input, .filter select")) it.addEventListener("input", apply);
})();
