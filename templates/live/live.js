// What `roadbook serve` adds to a page: it begins anew when its own bytes change, and shows what is wrong with the plan.
"use strict";
(() => {
  const script = document.currentScript.src;
  const root = new URL("../", script);
  const state = { source: null, seen: version(), words: null, gone: false };

  // The version that this page was answered from, which only a header tells; a browser without it takes the first news for its own.
  function version() {
    const [navigation] = performance.getEntriesByType("navigation");
    return (navigation?.serverTiming ?? []).find((it) => it.name === "version")?.description ?? "";
  }

  // A path as the site names it; nothing for what lies elsewhere.
  function named(href) {
    const url = new URL(href, location.href);
    if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return null;
    const path = url.pathname.slice(root.pathname.length);
    return path === "" || path.endsWith("/") ? `${path}index.html` : path;
  }

  // Everything that this page is made of; fonts are named by the style sheet alone.
  function isOurs(path) {
    const parts = document.querySelectorAll("link[rel='stylesheet'], script[src], img[src]");
    const used = [location.href, ...Array.from(parts, (it) => it.href || it.src)];
    return path.includes("assets/fonts/") || used.some((it) => named(it) === path);
  }

  // ---- News. A hidden page asks for none: browsers keep few connections, and it is told what it missed.

  function listen() {
    if (state.source || document.hidden) return;
    const url = new URL("events", script);
    if (state.seen) url.searchParams.set("seen", state.seen);
    const source = new EventSource(url);
    state.source = source;
    source.addEventListener("state", (event) => show(JSON.parse(event.data)));
    source.addEventListener("changed", (event) => {
      state.seen = event.lastEventId;
      if (event.data.split("\n").some(isOurs)) again();
    });
    source.addEventListener("gone", (event) => {
      state.seen = event.lastEventId;
      state.gone = event.data.split("\n").includes(named(location.href));
      draw();
    });
    source.addEventListener("lost", again);
    source.addEventListener("error", () => {
      // The browser tries again by itself, unless it was refused.
      if (source.readyState !== EventSource.CLOSED) return;
      quiet();
      setTimeout(listen, 3000);
    });
  }

  function quiet() {
    state.source?.close();
    state.source = null;
  }

  function again() {
    quiet();
    keep("scroll", JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? quiet() : listen()));
  addEventListener("pagehide", quiet);
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // ---- What outlives a page; without storage, nothing does.

  function keep(name, value) {
    try {
      sessionStorage.setItem(`roadbook-${name}`, value);
    } catch {}
  }

  function kept(name) {
    try {
      return sessionStorage.getItem(`roadbook-${name}`);
    } catch {
      return null;
    }
  }

  function backToPlace() {
    const [path, x, y] = JSON.parse(kept("scroll") ?? "[]");
    keep("scroll", "[]");
    if (path === location.pathname) scrollTo({ left: x, top: y, behavior: "instant" });
  }

  // ---- The panel. Words of the plan are only ever text.

  const panel = document.createElement("aside");
  panel.className = "live";
  panel.setAttribute("aria-label", "While you write");
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const body = make("div", "live-body");
  const close = make("button", "live-close", "Hide");
  close.type = "button";
  close.setAttribute("aria-label", "Hide until something else is found");
  details.append(summary, body);
  panel.append(details, close);
  details.open = kept("open") === "yes";
  details.addEventListener("toggle", () => keep("open", details.open ? "yes" : "no"));
  close.addEventListener("click", () => {
    keep("hidden", state.text);
    draw();
  });
  // What is read aloud stands apart, so that a list does not speak by itself.
  const spoken = make("p", "sr");
  spoken.setAttribute("role", "status");

  function make(name, kind, text) {
    const it = document.createElement(name);
    if (kind) it.className = kind;
    if (text) it.textContent = text;
    return it;
  }

  // Words with what stands between backticks as code; an odd one is a letter like others.
  function told(name, kind, text) {
    const it = make(name, kind);
    const parts = text.split("`");
    const last = parts.length % 2 === 0 ? parts.pop() : null;
    it.append(...parts.map((part, at) => (at % 2 === 1 ? make("code", "", part) : part)));
    if (last !== null) it.append(`\`${last}`);
    return it;
  }

  function row(it) {
    const item = make("li", `live-${it.severity}`);
    item.append(make("b", "", it.word), " ", told("span", "", it.message), " ");
    if (it.href) {
      const link = make("a", "src", it.label);
      link.href = new URL(it.href, root).href;
      item.append(link);
    } else if (it.label) {
      item.append(make("span", "src", it.label));
    }
    if (it.help) item.append(" ", told("span", "note", it.help));
    return item;
  }

  function list(rows) {
    const it = make("ul");
    it.append(...rows.map(row));
    return it;
  }

  // Lines that this page shows come first: it names them by file and line.
  function ordered(findings) {
    const here = new Set(Array.from(document.querySelectorAll("main .src"), (it) => it.textContent.trim()));
    const isHere = (it) => here.has(it.label.split("/").pop());
    return [findings.filter(isHere), findings.filter((it) => !isHere(it))];
  }

  function show(words) {
    state.words = words;
    draw();
  }

  function draw() {
    const { words } = state;
    if (!words) return;
    const { error, findings } = words;
    state.text = JSON.stringify([error, findings, state.gone]);
    const isShown = (state.gone || error || findings.length > 0) && kept("hidden") !== state.text;
    const title = error ? "Not built" : state.gone ? "This page is gone" : words.summary;
    panel.classList.toggle("live-bad", Boolean(error));
    summary.textContent = title;
    body.replaceChildren();
    if (state.gone) body.append(make("p", "", "The plan no longer has what this page shows. It stays as it was until you leave it."));
    if (error) {
      body.append(told("p", "", error.what));
      if (error.places.length > 0) body.append(list(error.places));
      if (error.help) body.append(told("p", "note", error.help));
      body.append(make("p", "note", "The site is shown as it was before."));
    }
    const [here, others] = ordered(findings);
    for (const [heading, rows] of [["On this page", here], [here.length > 0 ? "Elsewhere" : "In the plan", others]]) {
      if (rows.length > 0) body.append(make("h2", "", heading), list(rows));
    }
    if (words.more) {
      const more = make("p");
      const link = make("a", "", words.more);
      link.href = new URL(words.checks, root).href;
      more.append(link);
      body.append(more);
    }
    spoken.textContent = isShown ? title : "";
    if (error && !details.open) details.open = true;
    if (isShown && !panel.isConnected) document.body.append(panel);
    if (!isShown) panel.remove();
  }

  document.body.append(spoken);
  addEventListener("load", backToPlace);
  listen();
})();
