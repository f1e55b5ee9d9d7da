// Opens every page of a built site in Chromium, from disk and over loopback HTTP, and
// reports what a reader would
// trip over. usage: node check.mjs SITE…

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { HtmlValidate } from 'html-validate';
import {
  A4, Browser, Findings, PARALLEL, address, each, endAfter, fileBase, isMain, listFiles, listPages, onePerKind, serve, settled,
  siteFolders,
} from './browser.mjs';
import { checkTools, shift } from './tools.mjs';

const WIDTHS = [390, 1440];
const HEIGHT = 900;
const SMALLEST_CHART_TEXT = 11;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // How the source is written, which no reader sees.
    'void-style': 'off',
    'doctype-style': 'off',
    'attr-quotes': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    'no-self-closing': 'off',
    // Task titles are as long as their authors made them, and so are page titles.
    'long-title': 'off',
    // Ids that start with a digit are valid HTML and come from headings such as "2 weeks".
    'valid-id': ['error', { relaxed: true }],
    // Reported below, for the whole page and in the words of the content security policy.
    'no-inline-style': 'off',
  },
});

/**
 * Checks all pages of `folder`, those of `sample` at every width and in both colour schemes; returns
 * the findings and the number of pages. Each failure line carries the name of its check.
 */
export async function checkSite(folder, browser, sample = onePerKind(folder, listPages(folder))) {
  const pages = listPages(folder);
  const findings = new Findings();
  const server = await serve(folder);
  const facts = new Map();
  const tabs = Array.from({ length: PARALLEL }, () => new Tabs(browser));
  try {
    await each(pages, async (page, worker) => {
      try {
        const written = await asWritten(tabs[worker], server.base, page);
        facts.set(page, written);
        if (MAIL_AS_SENT.test(page)) {
          checkMail(findings, page, written);
          return;
        }
        checkWritten(findings, page, written);
        await validate(findings, folder, page);
        // A host shows it at other addresses than its own: its links are whole ones, or none.
        if (page === '404.html') return;
        await overHttp(findings, tabs[worker], server.base, page, written, sample.includes(page));
        await fromDisk(findings, tabs[worker], folder, page);
      } catch (error) {
        findings.check(page, 'opens', firstLine(error));
        // A tab in an unknown state would spoil the pages after this one.
        await tabs[worker].close();
      }
    });
    if (pages.includes('index.html')) {
      const isDashboard = facts.get('index.html')?.isDashboard;
      await print(findings, tabs[0], server.base, 'index.html', isDashboard ? 1 : 2);
      await weight(findings, tabs[0], server.base);
      await checkTools(findings, browser, folder, server.base, axe);
    }
    if (pages.includes('report.html')) await print(findings, tabs[0], server.base, 'report.html', Infinity);
  } finally {
    await Promise.all(tabs.map((it) => it.close()));
    await server.close();
  }
  checkLinks(findings, folder, facts);
  checkStyleSheets(findings, folder);
  findings.failures.sort((a, b) => compare(a.page, b.page));
  return { pages: pages.length, findings };
}

// ---- One page without its script: the document as it was written ----

/** Reads the document with scripting off, so that nothing has changed it yet. */
async function asWritten(tabs, base, name) {
  return tabs.use('written', { javaScriptEnabled: false, viewport: { width: WIDTHS.at(-1), height: HEIGHT } }, async (page) => {
    await page.goto(address(base, name), { waitUntil: 'load' });
    return page.evaluate(() => {
      const ADDRESSES = ['href', 'src', 'srcset', 'xlink:href', 'poster', 'data', 'action', 'formaction', 'background',
        'cite', 'longdesc', 'ping', 'manifest'];
      const ID_LISTS = ['aria-labelledby', 'aria-describedby', 'aria-details', 'aria-controls', 'aria-owns', 'aria-flowto',
        'aria-activedescendant', 'aria-errormessage', 'for', 'headers', 'list', 'form'];
      const found = { isDashboard: document.querySelector('main > .dash') !== null, addresses: [], anchors: [], references: [], handlers: [], styles: [], scripts: [], pictures: [] };
      const short = (element) => {
        const copy = element.cloneNode(false).outerHTML;
        return copy.length > 120 ? `${copy.slice(0, 120)}…` : copy;
      };
      for (const element of document.querySelectorAll('*')) {
        if (element.id) found.anchors.push(element.id);
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name)) found.handlers.push(short(element));
          if (name === 'style') found.styles.push(short(element));
          if (ADDRESSES.includes(name)) {
            found.addresses.push({ tag: element.localName, attribute: name, value, rel: element.getAttribute('rel') ?? '' });
          }
          if (ID_LISTS.includes(name)) found.references.push(...value.split(/\s+/).filter(Boolean));
          for (const [, id] of value.matchAll(/url\(\s*["']?#([^"')]+)["']?\s*\)/g)) found.references.push(id);
        }
        if (element.localName === 'a' && element.getAttribute('name')) found.anchors.push(element.getAttribute('name'));
        if (element.localName === 'style') found.styles.push(short(element));
        if (element.localName === 'script' && !element.hasAttribute('src')) found.scripts.push(short(element));
      }
      for (const picture of document.querySelectorAll('svg[role=img]')) {
        const labels = (picture.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean)
          .map((id) => document.getElementById(id)?.textContent.trim());
        const title = [...picture.children].find((child) => child.localName === 'title')?.textContent.trim();
        if (!labels.some(Boolean) && !picture.getAttribute('aria-label')?.trim() && !title) found.pictures.push(short(picture));
      }
      const head = [...document.head.children].map((element) => ({
        charset: element.localName === 'meta' && element.hasAttribute('charset'),
        policy: element.localName === 'meta' && /^content-security-policy$/i.test(element.httpEquiv) ? element.content : null,
      }));
      for (const aside of document.querySelectorAll('main [data-js], main noscript')) aside.remove();
      return { ...found, head, main: document.querySelector('main')?.innerText ?? null };
    });
  });
}

/** A mail has the looks that mail programs need; what holds for mails is in email.mjs. Here it must be harmless. */
const MAIL_AS_SENT = /^(?:[^/]+\/)?mails\/[^/]+\/mail\.html$/;
const MAIL_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function checkMail(findings, page, written) {
  findings.check(page, 'inline-script', written.scripts.map((it) => `script in the mail: ${it}`));
  findings.check(page, 'inline-handler', written.handlers.map((it) => `event handler in the mail: ${it}`));
  findings.check(page, 'policy', written.head[0]?.policy === MAIL_POLICY ? null : 'the policy of mails is not first in the head');
  findings.check(page, 'main', written.main?.trim() ? null : 'no main element with text');
}

function checkWritten(findings, page, written) {
  findings.check(page, 'inline-script', written.scripts.map((it) => `script in the page: ${it}`));
  findings.check(page, 'inline-handler', written.handlers.map((it) => `event handler in the page: ${it}`));
  findings.check(page, 'inline-style', written.styles.map((it) => `style in the page: ${it}`));
  findings.check(page, 'svg-name', written.pictures.map((it) => `no title and no aria-label: ${it}`));
  findings.check(page, 'policy', policyProblems(written.head));
  findings.check(page, 'main', written.main?.trim() ? null : 'no main element with text');
}

/** A policy holds only for what comes after it, hence the first place in the head. */
function policyProblems(head) {
  const at = head.findIndex(({ policy }) => policy !== null);
  if (at < 0) return 'no <meta http-equiv="Content-Security-Policy">';
  const problems = [];
  if (at > 1 || (at === 1 && !head[0].charset)) problems.push('the content security policy is not first in the head (only the charset may come before)');
  const directives = new Map(
    head[at].policy.split(';').map((part) => part.trim().toLowerCase().split(/\s+/)).map(([name, ...sources]) => [name, sources.join(' ')]),
  );
  for (const name of ['default-src', 'base-uri', 'form-action']) {
    if (directives.get(name) !== "'none'") problems.push(`policy: ${name} is ${directives.get(name) ?? 'missing'}, not 'none'`);
  }
  for (const [name, sources] of directives) {
    if (name.includes('-src') && sources !== "'self'" && sources !== "'none'") problems.push(`policy: ${name} allows ${sources}`);
  }
  return problems;
}

async function validate(findings, folder, page) {
  const report = await validator.validateString(readFileSync(path.join(folder, page), 'utf8'));
  const messages = report.results.flatMap((result) => result.messages).filter(({ severity }) => severity === 2);
  findings.check(page, 'html', messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} (line ${line})`));
}

// ---- One page with its script ----

async function overHttp(findings, tabs, base, name, written, sampled) {
  const noise = [];
  await tabs.use('http', {}, async (page) => {
    await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
    listen(page, base, noise);
    await page.goto(address(base, name), { waitUntil: 'load' });
    await settled(page);
    findings.check(name, 'shift', await shift(page));
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      await settled(page);
      const { overflow, unreadable } = await page.evaluate(measure, SMALLEST_CHART_TEXT);
      findings.check(name, 'overflow', overflow && `at ${width} px ${overflow}`);
      findings.check(name, 'chart-text', unreadable.map((it) => `at ${width} px ${it}`));
      for (const scheme of ['light', 'dark']) {
        // The whole of it at one width and in light; the rest on one page of each kind.
        if (!sampled && !(scheme === 'light' && width === WIDTHS.at(-1))) continue;
        await page.emulateMedia({ colorScheme: scheme });
        findings.check(name, 'axe', (await axe(page)).map((it) => `at ${width} px, ${scheme}: ${it}`));
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
    const main = await page.evaluate(() => {
      for (const aside of document.querySelectorAll('main [data-js], main noscript')) aside.remove();
      return document.querySelector('main')?.innerText ?? null;
    });
    findings.check(name, 'no-script', difference(written.main, main));
  });
  findings.check(name, 'http', noise);
}

async function fromDisk(findings, tabs, folder, name) {
  const noise = [];
  await tabs.use('file', { viewport: { width: WIDTHS.at(-1), height: HEIGHT } }, async (page) => {
    listen(page, fileBase(folder), noise);
    await page.goto(address(fileBase(folder), name), { waitUntil: 'load' });
    await settled(page);
    const moved = await shift(page);
    if (moved) noise.push(`at ${WIDTHS.at(-1)} px ${moved}`);
    const fonts = await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'error').map(({ family }) => family));
    noise.push(...fonts.map((family) => `font ${family} did not load`));
  });
  findings.check(name, 'file', noise);
}

/** Everything that a page complains about, and every request it should not make. */
function listen(page, base, noise) {
  // The port changes with every run and would keep the same finding on two pages from being one line.
  const plain = (text) => text.replaceAll(base, '').split('\n')[0].slice(0, 300);
  page.on('console', (message) => {
    const violation = /content security policy/i.test(message.text());
    if (message.type() === 'error' || violation) noise.push(`console: ${plain(message.text())}`);
  });
  page.on('pageerror', (error) => noise.push(`script error: ${plain(error.message)}`));
  page.on('crash', () => noise.push('the page crashed'));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${plain(dialog.message())}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) noise.push(`asks for ${plain(request.url())}, outside the site`);
  });
  page.on('requestfailed', (request) => noise.push(`request failed: ${plain(request.url())} (${request.failure()?.errorText})`));
  page.on('response', (response) => {
    if (response.status() >= 400) noise.push(`request failed: ${plain(response.url())} (${response.status()})`);
  });
}

/** Runs in the page: what sticks out to the right, and chart text that cannot be read. */
export function measure(smallest) {
  const name = (element) => {
    const classes = (element.getAttribute('class') ?? '').trim().split(/\s+/).filter(Boolean);
    return [element.localName, ...classes].join('.') + (element.id ? `#${element.id}` : '');
  };
  const root = document.scrollingElement;
  let overflow = null;
  if (root.scrollWidth > root.clientWidth) {
    let widest = null;
    for (const element of document.body.querySelectorAll('*')) {
      const { right, width } = element.getBoundingClientRect();
      if (width > 0 && right > root.clientWidth + 0.5 && right > (widest?.right ?? 0)) widest = { right, element };
    }
    overflow = `the page is ${root.scrollWidth} px wide` + (widest ? `; ${name(widest.element)} reaches ${Math.round(widest.right)} px` : '');
  }
  const unreadable = [];
  for (const text of document.querySelectorAll('svg.chart text, svg.chart tspan')) {
    const own = [...text.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || !text.checkVisibility() || text.getClientRects().length === 0) continue;
    // tspan has no matrix of its own.
    const matrix = text.closest('text').getScreenCTM();
    // A chart may be squeezed in one direction only: the worse one counts.
    const scale = Math.min(Math.hypot(matrix.a, matrix.b), Math.hypot(matrix.c, matrix.d));
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    const chart = text.closest('svg.chart');
    const which = `"${text.textContent.trim().slice(0, 30)}" in ${name(chart)}`;
    if (size < smallest - 0.05) unreadable.push(`${which} is ${size.toFixed(1)} px high`);
    const [box, edge] = [text.getBoundingClientRect(), chart.getBoundingClientRect()];
    // Above and below, the box is taller than the letters; to the sides it fits them.
    const cut = box.left < edge.left - 1 || box.right > edge.right + 1;
    if (cut && getComputedStyle(chart).overflowX !== 'visible') unreadable.push(`${which} is cut off at the edge`);
  }
  return { overflow, unreadable: unreadable.slice(0, 5) };
}

/** What axe-core finds on a page; `runOnly` names its rules, all that are on by default when it is null. */
export async function axe(page, runOnly = { type: 'tag', values: AXE_TAGS }) {
  // Compiling it takes as long as running it, so once for each page.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (only) => {
    const { violations } = await window.axe.run(document, {
      ...(only && { runOnly: only }),
      // Off unless asked for by name, though it is an AA rule.
      rules: { 'target-size': { enabled: true } },
      resultTypes: ['violations'],
    });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].target.join(' ')}${nodes.length > 1 ? ` and ${nodes.length - 1} more` : ''}`);
  }, runOnly);
}

/** Where two texts part, blanks aside. */
function difference(without, withScript) {
  const [a, b] = [without, withScript].map((text) => (text ?? '').replace(/\s+/g, ' ').trim());
  if (a === b) return null;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  const from = Math.max(0, at - 20);
  return `main reads "…${a.slice(from, at + 40)}…" without the script and "…${b.slice(from, at + 40)}…" with it`;
}

// ---- On paper ----

/** Prints a page, on A4 and on the paper of North America: on as many sheets as `most` at most, and nothing is cut off at the side. */
async function print(findings, tabs, base, name, most) {
  await tabs.use('print', {}, async (page) => {
    await page.goto(address(base, name), { waitUntil: 'load' });
    await settled(page);
    // No format is given: the size must come from the style sheet, or a reader prints what their region is set to.
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    const letter = (await page.pdf({ format: 'Letter', printBackground: true })).toString('latin1');
    for (const [paper, bytes] of [['A4', pdf], ['Letter', letter]]) {
      const sheets = bytes.match(/\/Type\s*\/Page(?![A-Za-z])/g)?.length ?? 0;
      findings.check(name, 'print', sheets >= 1 && sheets <= most ? null : `${sheets} sheets of ${paper}, not ${most === 1 ? 1 : `1 to ${most}`}`);
    }
    findings.check(name, 'print', await cutOff(page));
    const sizes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map((it) => [Number(it[1]), Number(it[2])]);
    const other = sizes.find(([width, height]) => Math.abs(width - A4.width) > 2 || Math.abs(height - A4.height) > 2);
    findings.check(name, 'print', sizes.length === 0 ? 'no paper size found' : other && `the paper is ${other.map(Math.round).join(' by ')} points, not A4 upright`);
  });
}

/** The first thing that is wider than the paper: 186 mm are left of A4 between the margins, 192 of the paper of North America. */
async function cutOff(page) {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: Math.floor((186 / 25.4) * 96), height: 1000 });
  const found = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    // What a table that scrolls by itself hides on a screen is lost on paper.
    for (const it of document.querySelectorAll('main *')) {
      const box = it.getBoundingClientRect();
      if (box.width > 0 && box.right > room + 1 && !it.closest('svg svg, .sr, [hidden]')) return `${it.localName}.${it.getAttribute('class') ?? ''} ends ${Math.round(box.right - room)} px behind the paper's edge`;
    }
    return null;
  });
  await page.emulateMedia({ media: null });
  return found;
}

// ---- How much a page asks for ----

const HEAVIEST = 150_000;

/** All that the dashboard needs, as it comes: the page, its sheet and script, fonts and pictures. */
async function weight(findings, tabs, base) {
  await tabs.use('weight', {}, async (page) => {
    const sizes = [];
    const count = async (response) => {
      const size = await response.body().then((it) => it.length, () => 0);
      sizes.push([size, new URL(response.url()).pathname]);
    };
    const waiting = [];
    page.on('response', (it) => waiting.push(count(it)));
    await page.goto(address(base, 'index.html'), { waitUntil: 'load' });
    await settled(page);
    await Promise.all(waiting);
    page.removeAllListeners('response');
    const all = sizes.reduce((sum, [size]) => sum + size, 0);
    const worst = sizes.sort((a, b) => b[0] - a[0]).slice(0, 4).map(([size, name]) => `${name} ${size}`).join(', ');
    findings.check('index.html', 'weight', all <= HEAVIEST ? null : `${all} bytes for the dashboard, more than ${HEAVIEST}: ${worst}`);
  });
}

// ---- The pages together ----

/** Every address must lead somewhere inside the site, or openly outside of it. */
function checkLinks(findings, folder, facts) {
  const files = new Set(listFiles(folder));
  const linked = new Set(['index.html', '404.html']);
  for (const [page, { addresses, anchors, references }] of facts) {
    const here = new Set(anchors);
    const problems = { address: [], link: [], fragment: [] };
    const home = page === '404.html' && addresses.find(({ rel }) => rel === 'stylesheet')?.value.replace(/assets\/.*/, '');
    for (const { tag, attribute, value, rel } of addresses) {
      if (home && value.startsWith(home)) continue;
      const text = `<${tag} ${attribute}="${value.slice(0, 120)}">`;
      for (const one of attribute === 'srcset' ? value.split(',').map((it) => it.trim().split(/\s+/)[0]) : [value]) {
        const outcome = resolve(one, page, files, facts, tag === 'a' || tag === 'area' || /^(canonical|alternate)$/.test(rel));
        if (outcome.target && outcome.target !== page) linked.add(outcome.target);
        if (outcome.problem) problems[outcome.check].push(`${outcome.problem}: ${text}`);
      }
    }
    for (const [check, list] of Object.entries(problems)) findings.check(page, check, [...new Set(list)]);
    findings.check(page, 'reference', [...new Set(references)].filter((id) => !here.has(id)).map((id) => `an attribute names the id "${id}", which is not on the page`));
  }
  for (const page of facts.keys()) findings.check(page, 'unlinked', linked.has(page) ? null : 'no other page links here');
}

function resolve(value, page, files, facts, mayLeave) {
  // Browsers drop these characters too, wherever they stand in a scheme.
  const bare = value.replace(/[\u0000-\u0020]/g, '');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1].toLowerCase();
  if (scheme) {
    const outward = ['http', 'https', 'mailto'].includes(scheme);
    return outward && mayLeave ? {} : { check: 'address', problem: outward ? 'loads from outside the site' : `scheme ${scheme}` };
  }
  if (/^[/\\]/.test(bare)) return { check: 'address', problem: 'not relative, so it misses under a sub-path and from disk' };
  const [, file, fragment] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(value.trim());
  let target;
  let id;
  try {
    target = file === '' ? page : path.posix.normalize(path.posix.join(path.posix.dirname(page), decodeURIComponent(file)));
    id = decodeURIComponent(fragment ?? '');
  } catch {
    return { check: 'address', problem: 'cannot be decoded' };
  }
  if (!files.has(target)) return { check: 'link', problem: 'leads to no file' };
  const goal = facts.get(target);
  if (!id || id === 'top' || !goal || goal.anchors.includes(id)) return { target };
  return { target, check: 'fragment', problem: `no element "${id}" in ${target}` };
}

function checkStyleSheets(findings, folder) {
  const files = new Set(listFiles(folder));
  for (const sheet of [...files].filter((name) => name.endsWith('.css'))) {
    const css = readFileSync(path.join(folder, sheet), 'utf8').replace(/\/\*.*?\*\//gs, '');
    const problems = [];
    for (const [, , value] of css.matchAll(/(?:url\(\s*|@import\s+)(["']?)([^"')\s]+)\1/g)) {
      if (value === 'url(' || value.startsWith('#')) continue;
      const { problem } = resolve(value, sheet, files, new Map(), false);
      if (problem) problems.push(`${problem}: url(${value})`);
    }
    findings.check(sheet, 'link', problems);
  }
}

// ---- Small things ----

/**
 * The tabs of one worker, one for each way of opening a page. They are kept from page to page:
 * with a new one for each, most of the time goes into starting Chromium's processes.
 */
class Tabs {
  #browser;
  #open = new Map();

  constructor(browser) {
    this.#browser = browser;
  }

  async use(kind, options, work) {
    if (!this.#open.has(kind)) {
      const context = await this.#browser.context(options);
      this.#open.set(kind, context);
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
    }
    const [page] = this.#open.get(kind).pages();
    try {
      return await work(page);
    } finally {
      page.removeAllListeners();
    }
  }

  async close() {
    const contexts = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(contexts.map((context) => context.close().catch(() => {})));
  }
}

export function firstLine(error) {
  return String(error?.message ?? error).split('\n')[0];
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

if (isMain(import.meta)) {
  endAfter(15);
  const folders = siteFolders(process.argv.slice(2), 'check.mjs SITE…');
  const browser = new Browser();
  for (const folder of folders) {
    const began = Date.now();
    const { pages, findings } = await checkSite(folder, browser);
    for (const line of findings.lines()) console.log(line);
    console.log(`${pages} pages, ${findings.checks} checks, ${findings.failures.length} failures, ${((Date.now() - began) / 1000).toFixed(1)} s`);
    if (findings.failures.length > 0) process.exitCode = 1;
  }
  await browser.close();
}
