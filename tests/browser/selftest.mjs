// Proves that check.mjs can fail: builds small sites with one fault a page, and expects each fault to be
// reported on its page under its name, and nothing else. usage: node selftest.mjs
// (hostile.mjs brings pages of its own for this, and opens them on every run.)

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Browser, Findings, endAfter, serve } from './browser.mjs';
import { axe, checkSite } from './check.mjs';
import { checkTools } from './tools.mjs';

const POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";
const META = `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`;

/** A page in good order around `body`; the other parts can be replaced by faulty ones. */
function page({ body = '', meta = META, head = '', up = '', main = 'main', lang = ' lang="en"' }) {
  return `<!DOCTYPE html>
<html${lang}>
<head>
<meta charset="utf-8">
${meta}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Self-test</title>
<link rel="stylesheet" href="${up}assets/style.css">
<script src="${up}assets/roadbook.js" defer></script>
${head}</head>
<body>
<${main}>
<h1>Words</h1>
<p id="search" data-js hidden></p>
${body}
</${main}>
</body>
</html>
`;
}

const STYLE = `
@page { size: A4; margin: 10mm; }
:root { color-scheme: light dark; --bg: #fff; --ink: #111; }
@media (prefers-color-scheme: dark) { :root { --bg: #111; --ink: #eee; } .faint { color: #333; } }
body { margin: 16px; background: var(--bg); color: var(--ink); font: 16px sans-serif; }
a { color: inherit; }
svg.chart { display: block; width: 100%; max-width: 504px; }
svg.chart text { font-size: 12px; fill: currentColor; }
svg.chart.narrow { max-width: 380px; }
.pale { color: #aaa; }
@media (max-width: 47.99rem) { svg.chart.only-wide { display: none; } }
li { padding: 4px; }
.wide { width: 600px; }
.very-wide { width: 1800px; }
.tiny { display: inline-block; width: 10px; height: 10px; overflow: hidden; }
`;

const SCRIPT = `
const search = document.getElementById('search');
if (search) { search.hidden = false; search.textContent = 'Only with the script'; }
const changed = document.getElementById('changed');
if (changed) changed.textContent = 'after';
if (document.getElementById('throws')) throw new Error('thrown on purpose');
if (document.getElementById('says')) console.error('said on purpose');
if (document.getElementById('fetches')) fetch('data.json').catch(() => {});
`;

const chart = (attributes, inner, classes = '') => `<svg class="chart${classes}" viewBox="0 0 504 60" role="img" ${attributes}>${inner}</svg>`;

// The pages that are looked at in dark as well.
const SAMPLE = ['good.html', 'pale-in-dark.html'];

// name → [what the page holds, the checks that must fail on it]
const PAGES = {
  'good.html': [{
    // A chart drawn for a desk is not shown on a phone, so its text does not count there.
    body: `${chart('aria-label="A line"', '<title>One</title><text x="4" y="20">12 px</text>', ' only-wide')}
<svg class="chart narrow" viewBox="0 0 358 60" role="img" aria-labelledby="g-t"><title id="g-t">Two</title><text x="4" y="20">12 px</text></svg>
<p id="half-ø"><a href="tasks/good.html#words">in</a> <a href="#half-%C3%B8">here</a> <a href="good.html?owner=x#top">top</a>
<a href="https://example.org/">out</a> <a href="mailto:a@example.org">mail</a> <a href="data/report.json">data</a></p>`,
  }, []],
  'tasks/good.html': [{ up: '../', body: '<h2 id="words">More</h2><p><a href="../good.html">back</a></p>' }, []],

  'no-policy.html': [{ meta: '' }, ['policy']],
  'late-policy.html': [{ meta: '', head: `${META}\n` }, ['policy']],
  'loose-policy.html': [{ meta: META.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'") }, ['policy']],
  'open-policy.html': [{ meta: META.replace("; form-action 'none'", '') }, ['policy']],
  'inline-script.html': [{ body: '<script>document.title += "."</script>' }, ['inline-script', 'http', 'file']],
  'inline-handler.html': [{ body: '<p onclick="x()">x</p>' }, ['inline-handler', 'http', 'file']],
  'inline-style.html': [{ body: '<p style="color: red">x</p>' }, ['inline-style', 'http', 'file']],
  'style-element.html': [{ head: '<style>p { margin: 0 }</style>\n' }, ['inline-style', 'http', 'file']],
  'script-error.html': [{ body: '<p id="throws">x</p>' }, ['http', 'file']],
  'console-error.html': [{ body: '<p id="says">x</p>' }, ['http', 'file']],
  'fetch.html': [{ body: '<p id="fetches">x</p>' }, ['http', 'file']],
  'other-host.html': [{ body: '<img src="https://example.org/x.png" alt="">' }, ['address', 'http', 'file']],
  'missing-file.html': [{ body: '<img src="assets/none.png" alt="">' }, ['link', 'http', 'file']],
  'wrong-case.html': [{ body: '<p><a href="Good.html">x</a></p>' }, ['link']],
  'root-link.html': [{ body: '<p><a href="/good.html">x</a></p>' }, ['address']],
  'script-link.html': [{ body: '<p><a href="java&#9;script:x()">x</a></p>' }, ['address']],
  'data-link.html': [{ body: '<p><a href="data:text/plain,x">x</a></p>' }, ['address']],
  'folder-link.html': [{ body: '<p><a href="tasks/">x</a></p>' }, ['link']],
  'outside-link.html': [{ body: '<p><a href="../outside.html">x</a></p>' }, ['link']],
  'dead-fragment.html': [{ body: '<p><a href="tasks/good.html#none">x</a></p>' }, ['fragment']],
  'dead-own-fragment.html': [{ body: '<p><a href="#none">x</a></p>' }, ['fragment']],
  'dead-reference.html': [{ body: '<svg viewBox="0 0 9 9" aria-hidden="true"><path clip-path="url(#none)" d="M0 0h9v9z"/></svg>' }, ['reference']],
  'unlinked.html': [{ body: '<p><a href="unlinked.html">itself</a></p>', unlinked: true }, ['unlinked']],
  'wide.html': [{ body: '<div class="wide">x</div>' }, ['overflow']],
  'very-wide.html': [{ body: '<div class="very-wide">x</div>' }, ['overflow']],
  'small-chart-text.html': [{ body: chart('aria-label="x"', '<text x="4" y="20">small on a phone</text>') }, ['chart-text']],
  'cut-chart-text.html': [{ body: chart('aria-label="x"', '<text x="480" y="20">cut off at the side</text>', ' only-wide') }, ['chart-text']],
  'nameless-picture.html': [{ body: '<svg viewBox="0 0 9 9" role="img"><path d="M0 0h9v9z"/></svg>' }, ['svg-name', 'axe']],
  'empty-title.html': [{ body: '<svg viewBox="0 0 9 9" role="img"><title> </title><path d="M0 0h9v9z"/></svg>' }, ['svg-name', 'axe']],
  'pale.html': [{ body: '<p class="pale">Pale words</p>' }, ['axe']],
  'pale-in-dark.html': [{ body: '<p class="faint">Faint words</p>' }, ['axe']],
  'small-target.html': [{ body: '<p><a class="tiny" href="good.html">a</a><a class="tiny" href="tasks/good.html">b</a></p>' }, ['axe']],
  'no-language.html': [{ lang: '' }, ['axe', 'html']],
  'no-main.html': [{ main: 'div' }, ['main']],
  'script-changes.html': [{ body: '<p id="changed">before</p>' }, ['no-script']],
  'bad-html.html': [{ body: '<p>a</p></p><ul><li id="twice">a</li><li id="twice">b</li></ul>' }, ['html']],
  'broken-nesting.html': [{ body: '<ul><p>a</p></ul>' }, ['html', 'axe']],
};

/** Checks a folder of files and compares what is reported, by page, with what should be. */
async function expect(browser, files, wanted, look = async (folder) => (await checkSite(folder, browser, SAMPLE)).findings) {
  const folder = mkdtempSync(path.join(tmpdir(), 'roadbook self-test '));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const findings = await look(folder);
    const problems = [];
    for (const name of new Set([...Object.keys(wanted), ...findings.failures.map((it) => it.page)])) {
      const here = findings.failures.filter((it) => it.page === name);
      const got = [...new Set(here.map(({ check }) => check))].sort().join(' ');
      const want = [...(wanted[name] ?? [])].sort().join(' ');
      if (got !== want) problems.push(`${name}: should be reported as "${want}", was as "${got}"`, ...here.map(({ check, what }) => `    ${check}: ${what}`));
    }
    return problems;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

endAfter(10);
const began = Date.now();
const browser = new Browser();
const problems = [];

const assets = { 'assets/style.css': STYLE, 'assets/roadbook.js': SCRIPT, 'data/report.json': '{}' };
const links = Object.entries(PAGES).filter(([, [{ unlinked }]]) => !unlinked).map(([name]) => `<li><a href="${name}">${name}</a></li>`);
const site = Object.fromEntries(Object.entries(PAGES).map(([name, [parts]]) => [name, page(parts)]));
problems.push(...(await expect(
  browser,
  { ...assets, ...site, 'index.html': page({ body: `<ul>${links.join('\n')}</ul>` }) },
  Object.fromEntries(Object.entries(PAGES).map(([name, [, checks]]) => [name, checks])),
)));

// What is one for a whole site: paper and style sheets.
const paper = (size, sheets) => ({
  'index.html': page({ body: '<p class="sheet">x</p>'.repeat(sheets) }),
  ...assets,
  'assets/style.css': `${STYLE.replace('size: A4;', size)} .sheet { break-before: page; }`,
});
const dashboard = (inner) => ({
  ...paper('size: A4;', 0),
  'index.html': page({ body: `<div class="dash">${inner}</div>` }),
  'assets/style.css': `${STYLE} .sheet { break-before: page; } @media print { .far { width: 1200px; } }`,
});
const sites = [
  ['an A4 sheet', paper('size: A4;', 0), []],
  ['another paper size', paper('size: A5;', 0), ['print']],
  ['no paper size', paper('', 0), ['print']],
  ['three sheets', paper('size: A4;', 2), ['print']],
  ['a dashboard on two sheets', dashboard('<p class="sheet">x</p>'), ['print']],
  ['a dashboard on one', dashboard('<p>x</p>'), []],
  ['wider than the paper', dashboard('<p class="far">x</p>'), ['print']],
  ['a page that weighs too much', { ...paper('size: A4;', 0), 'index.html': page({ body: `<p>${'weight '.repeat(22_000)}</p>` }) }, ['print', 'weight']],
];
for (const [what, files, checks] of sites) {
  problems.push(...(await expect(browser, files, { 'index.html': checks })).map((it) => `${what}: ${it}`));
}
const dangling = { ...paper('size: A4;', 0) };
dangling['assets/style.css'] += '@font-face { font-family: None; src: url("fonts/none.woff2"); } h1 { font-family: None, sans-serif; }';
problems.push(...(await expect(browser, dangling, { 'index.html': ['http', 'file'], 'assets/style.css': ['link'] })).map((it) => `a missing font: ${it}`));

// The tools: the site's own scripts on small pages, with one fault at a time.
const own = (name) => readFileSync(new URL(`../../templates/site/${name}`, import.meta.url), 'utf8');
const ITEMS = [['a-1', 'A-1', 'Paint the pier', 'todo', 3], ['a-10', 'A-10', 'Mend the pier', 'done', 1], ['a-2', 'A-2', 'Hire a crew', 'done', 20]];
const tooled = (body, up = '') => page({
  up,
  head: `<script src="${up}assets/tables.js" defer></script>\n`,
  body: `<p><button type="button" class="find-open btn" data-up="${up}" data-assets="${up}" data-indexes="">Search</button>
<button type="button" class="keys-open btn">Keys</button> <a href="${up}index.html">Start</a></p>\n${body}`,
});
const rows = ITEMS.map(([key, id, title, state, days]) => `<tr id="t-${key}" data-s="${state}"><th scope="row"><a href="tasks/${key}.html">${id} ${title}</a></th><td data-v="${days}">${days} d</td></tr>`);
const state = (value) => `<input type="radio" name="s" id="s-${value}" value="${value}"><label class="opt" for="s-${value}">${value}</label>`;
const toolSite = () => ({
  'index.html': tooled('<p><a href="tasks.html">Items</a></p>'),
  'tasks.html': tooled(`<div class="filter"><fieldset><legend>State</legend><input type="radio" name="s" id="s-all" value="" checked><label class="opt" for="s-all">All</label>${state('todo')}${state('done')}</fieldset>
<div class="filter-js js-only" data-js><div><label for="find">Words</label><input type="search" id="find"></div><div><label for="sort">Order</label><select id="sort"><option value="">Plan</option></select></div></div>
<p class="found js-only" data-js role="status"></p></div>
<table class="t items"><thead><tr><th scope="col">Item</th><th scope="col">Effort</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`),
  ...Object.fromEntries(ITEMS.map(([key, id, title]) => [`tasks/${key}.html`, tooled(`<h2>${id} ${title}</h2>`, '../')])),
  '404.html': page({}).replaceAll('href="assets/', 'href="https://example.org/plan/assets/').replaceAll('src="assets/', 'src="https://example.org/plan/assets/')
    .replace('<h1>Words</h1>', '<h1>This page is not there</h1><p><button type="button" class="find-open btn" data-up="https://example.org/plan/" data-assets="https://example.org/plan/" data-indexes="">Search</button></p>'),
  'assets/style.css': own('style.css').replace(/@font-face[^}]*}/g, ''),
  'assets/roadbook.js': own('roadbook.js'),
  'assets/search.js': own('search.js'),
  'assets/tables.js': own('tables.js'),
  'data/search.js': `self.roadbookSearch=${JSON.stringify({ plan: 'Piers', items: ITEMS.map(([key, id, title, state]) => ['Task', id, title, `tasks/${key}.html`, state, '']) })};\n`,
});
// what is wrong → [file, what stands there, what takes its place, the checks that must fail, on which page]
const BROKEN = {
  'nothing': ['index.html', 'Items', 'Items', []],
  'Enter opens nothing': ['assets/search.js', 'event.key === "Enter"', 'event.key === "F9"', [['index.html', 'search']]],
  'the arrows choose nothing': ['assets/search.js', 'event.key === "ArrowDown"', 'event.key === "F9"', [['index.html', 'search']]],
  'an ID is not found first': ['assets/search.js', 'const found = ranked.flat();', 'const found = ranked.flat().reverse();', [['index.html', 'search']]],
  'the index does not load': ['assets/search.js', 'data/search.js', 'data/find.js', [['index.html', 'search'], ['404.html', 'missing']]],
  'results are pale': ['assets/style.css', '.find-kind, .find-plan { color: var(--muted);', '.find li[aria-selected="true"] span.find-kind { color: var(--line); } .find-kind, .find-plan { color: var(--line);', [['index.html', 'axe']]],
  'keys cannot be turned off': ['assets/roadbook.js', 'if (isOff || ', 'if (', [['index.html', 'keys']]],
  'Back undoes nothing': ['assets/tables.js', '"pushState"', '"replaceState"', [['tasks.html', 'filter']]],
  'a filter is not in the address': ['assets/tables.js', 'on(it, "state")', 'on(it, "s")', [['tasks.html', 'filter']]],
  'IDs are sorted by letters': ['assets/tables.js', 'numeric: true', 'numeric: false', [['tasks.html', 'sort']]],
  'the third click changes nothing': ['assets/tables.js', 'descending: "" }', 'descending: `-${it.key}` }', [['tasks.html', 'sort']]],
  'the page for what is not there leads nowhere': ['404.html', '</main>', '<p><a href="https://example.org/plan/start.html">x</a></p></main>', [['404.html', 'missing']]],
  'things move': ['assets/roadbook.js', 'document.documentElement.classList.add("js");', 'document.documentElement.classList.add("js"); if (document.querySelector(".filter")) setTimeout(() => { const it = document.createElement("p"); it.dataset.js = ""; it.textContent = "late ".repeat(900); it.className = "lead"; document.querySelector("main").prepend(it); }, 60);', [['tasks.html', 'shift'], ['tasks.html', 'file']]],
};
async function tools(folder) {
  const findings = new Findings();
  const server = await serve(folder);
  await checkTools(findings, browser, folder, server.base, axe);
  await server.close();
  return findings;
}
for (const [what, [file, there, instead, checks]] of Object.entries(BROKEN)) {
  const files = toolSite();
  if (!files[file].includes(there)) problems.push(`${what}: "${there}" is not in ${file} any more`);
  files[file] = files[file].replaceAll(there, instead);
  const wanted = {};
  for (const [name, check] of checks) (wanted[name] ??= []).push(check);
  const isOfTools = !checks.some(([, check]) => check === 'shift');
  problems.push(...(await expect(browser, files, wanted, isOfTools ? tools : undefined)).map((it) => `${what}: ${it}`));
}

await browser.close();

for (const line of problems) console.log(`FAIL ${line}`);
console.log(`${Object.keys(PAGES).length} pages and ${sites.length + 1 + Object.keys(BROKEN).length} sites with known faults, ${problems.length} problems, ${((Date.now() - began) / 1000).toFixed(1)} s`);
process.exitCode = problems.length > 0 ? 1 : 0;
