// What check.mjs holds the tools of a site to, as a reader with a keyboard uses them: search, filters in the address, sorting, the page
// for what is not there. From disk and over HTTP, since browsers allow less from disk.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { address, fileBase, settled } from './browser.mjs';

// Half of what Web Vitals call good. Fonts that come late are not taken, and scripts have their room from the start; from disk a small page
// may still move by a part of a line.
const SHIFT = 0.05;

/** How far things moved on a page since it was opened, without what followed from a key or a click. */
export async function shift(page) {
  const moved = await page.evaluate(() => new Promise((resolve) => {
    let sum = 0;
    const count = (all) => {
      for (const it of all) if (!it.hadRecentInput) sum += it.value;
    };
    const observer = new PerformanceObserver((list) => count(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    // What is buffered comes with the next task.
    setTimeout(() => {
      count(observer.takeRecords());
      resolve(sum);
    }, 50);
  }));
  return moved < SHIFT ? null : `things move by ${moved.toFixed(3)} while it loads`;
}

/** Checks the tools of a site, where it has them. */
export async function checkTools(findings, browser, folder, base, axe) {
  const index = readFileSync(path.join(folder, 'index.html'), 'utf8');
  if (!/class="[^"]*find-open/.test(index)) return;
  const context = await browser.context({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(5_000);
    const on = async (name, check, work) => {
      try {
        findings.check(name, check, await work());
      } catch (error) {
        findings.check(name, check, String(error?.message ?? error).split('\n')[0]);
      }
    };
    for (const from of [base, fileBase(folder)]) {
      const where = from === base ? 'over http' : 'from disk';
      const told = (what) => what && `${where}: ${what}`;
      await on('index.html', 'search', async () => told(await search(page, from, folder, index)));
      await on('index.html', 'keys', async () => told(await keys(page, from)));
      if (existsSync(path.join(folder, 'tasks.html'))) {
        await on('tasks.html', 'filter', async () => told(await filter(page, from)));
        await on('tasks.html', 'sort', async () => told(await sort(page, from)));
      }
    }
    await on('index.html', 'axe', async () => await opened(page, base, axe));
    await missing(findings, context, folder);
  } finally {
    await context.close();
  }
}

/** What the index of the first project has, and its folder. */
function indexed(folder, index) {
  const [first] = /data-indexes="([^"]*)"/.exec(index)[1].split(' ');
  const script = readFileSync(path.join(folder, first, 'data/search.js'), 'utf8');
  return { first, items: JSON.parse(script.slice(script.indexOf('=') + 1).trim().replace(/;$/, '')).items };
}

const isOpen = (page) => page.evaluate(() => document.querySelector('dialog[open]') !== null);

async function search(page, from, folder, index) {
  const { first, items } = indexed(folder, index);
  const [, id, title, href] = items.find(([kind]) => kind === 'Task') ?? items[0];
  await page.goto(address(from, 'index.html'), { waitUntil: 'load' });
  await page.keyboard.press('/');
  const field = page.locator('dialog[open] [role=combobox]');
  await field.waitFor();
  await page.waitForFunction(() => /\d/.test(document.querySelector('dialog [role=status]').textContent));
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog[open]'));
  await page.keyboard.press('/');
  if (!(await field.evaluate((it) => it === document.activeElement))) return 'the field is not where one types';
  await page.keyboard.type(id || title);
  const active = () => field.evaluate((it) => document.getElementById(it.getAttribute('aria-activedescendant'))?.textContent ?? '');
  const best = await active();
  if (!best.includes(title.slice(0, 20))) return `"${id || title}" finds "${best}" first`;
  const count = await page.locator('dialog [role=option]').count();
  if (count > 1) {
    await page.keyboard.press('ArrowDown');
    if ((await active()) === best) return 'the arrow keys choose nothing';
    await page.keyboard.press('ArrowUp');
  }
  // The page itself may be what is found.
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  await page.waitForLoadState('load');
  if (page.url() !== new URL(first + href, from).href) return `Enter leads to ${page.url()}`;
  return null;
}

async function keys(page, from) {
  await page.goto(address(from, 'index.html'), { waitUntil: 'load' });
  await page.keyboard.press('?');
  const box = page.locator('dialog[open] input[type=checkbox]');
  await box.waitFor();
  // Who speaks to a computer can turn the keys off, and they stay off.
  await box.uncheck();
  await page.keyboard.press('Escape');
  await page.reload({ waitUntil: 'load' });
  await page.keyboard.press('/');
  await page.keyboard.press('?');
  await page.waitForTimeout(300);
  if (await isOpen(page)) return 'the keys work though they are off';
  await page.locator('.keys-open').click();
  await box.check();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog[open]'));
  await page.keyboard.press('?');
  await box.waitFor();
  return null;
}

/** The rows that are seen, by their first words. */
const seen = (page) => page.evaluate(() => [...document.querySelectorAll('table.items tr[data-s]')]
  .filter((it) => it.checkVisibility()).map((it) => it.id));
const query = (page) => new URL(page.url()).search;

async function filter(page, from) {
  await page.goto(address(from, 'tasks.html'), { waitUntil: 'load' });
  const all = await seen(page);
  const state = await page.evaluate(() => [...document.querySelectorAll('.filter input[name=s]')].at(-1).value);
  if (!state) return null;
  await page.locator(`label[for="s-${state}"]`).click();
  const some = await seen(page);
  if (query(page) !== `?state=${state}`) return `a chosen state is not in the address, but "${query(page)}"`;
  await page.locator('#find').fill('e');
  const few = await seen(page);
  if (query(page) !== `?state=${state}&q=e`) return `words are not in the address, but "${query(page)}"`;
  await page.reload({ waitUntil: 'load' });
  if ((await seen(page)).join() !== few.join()) return 'a list that is opened again is another one';
  if (few.length > some.length || some.length > all.length) return 'a filter adds rows';
  await page.goBack();
  if (query(page) !== '' || (await seen(page)).join() !== all.join()) return 'Back does not undo a choice';
  await page.goForward();
  if ((await seen(page)).join() !== few.join()) return 'Forward does not make the choice again';
  return null;
}

async function sort(page, from) {
  await page.goto(address(from, 'tasks.html'), { waitUntil: 'load' });
  const before = await seen(page);
  if (before.length < 2) return null;
  const names = await page.locator('table.items thead button').allTextContents();
  for (const [column, name] of names.entries()) {
    const head = page.locator('table.items thead th').nth(column);
    for (const order of ['ascending', 'descending', null]) {
      await head.getByRole('button').click();
      if ((await head.getAttribute('aria-sort')) !== order) return `${name} says that it is ${await head.getAttribute('aria-sort')}, not ${order}`;
      const now = await seen(page);
      if (now.length !== before.length) return `sorting by ${name} loses rows`;
      if (order === null ? now.join() !== before.join() : !(await isSorted(page, column, order === 'ascending'))) return `${name} is not ${order ?? 'as it was'}`;
      const wanted = order && `?sort=${order === 'ascending' ? '' : '-'}${name.toLowerCase()}`;
      if (query(page) !== (wanted ?? '')) return `the order is not in the address, but "${query(page)}"`;
    }
  }
  return null;
}

/** Judges the order anew: numbers by their size, days and names by letters in which a row of digits is one number. */
function isSorted(page, column, isUp) {
  return page.evaluate(([at, up]) => {
    const pad = (it) => it.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
    const cells = [...document.querySelectorAll('table.items tr[data-s]')].map((it) => it.cells[at]);
    const isEmpty = cells.map((it) => /^[–-]?$/.test(it.textContent.trim()));
    if (isEmpty.some((it, row) => it && isEmpty[row + 1] === false)) return false;
    const values = cells.filter((_, row) => !isEmpty[row]).map((it) => it.dataset.v ?? it.textContent.trim());
    const isNumber = values.every((it) => /^-?[\d.]+$/.test(it));
    const fits = (a, b) => (isNumber ? Number(a) <= Number(b) : /^[\x00-\x7f]*$/.test(a + b) ? pad(a).replace(/[^a-z0-9]/g, '') <= pad(b).replace(/[^a-z0-9]/g, '') || a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' }) <= 0 : true);
    return values.every((it, row) => row === 0 || (up ? fits(values[row - 1], it) : fits(it, values[row - 1])));
  }, [column, isUp]);
}

/** What axe says while the search and the list of keys are open. */
async function opened(page, base, axe) {
  const found = [];
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.goto(address(base, 'index.html'), { waitUntil: 'load' });
      await page.locator('.find-open').click();
      await page.locator('dialog[open] [role=combobox]').waitFor();
      await page.keyboard.type('e');
      await settled(page);
      found.push(...(await axe(page)).map((it) => `search open, ${width} px, ${colorScheme}: ${it}`));
      await page.keyboard.press('Escape');
      await page.locator('.keys-open').click();
      found.push(...(await axe(page)).map((it) => `keys open, ${width} px, ${colorScheme}: ${it}`));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/** Opens an address deep below the site that has no page, as a host answers it: with 404.html. */
async function missing(findings, context, folder) {
  const html = readFileSync(path.join(folder, '404.html'), 'utf8');
  const [, own] = /<link rel="stylesheet" href="([^"]*)assets\/style\.css"/.exec(html) ?? [];
  const base = own ?? 'https://example.org/some/path/';
  const page = await context.newPage();
  const noise = [];
  page.on('console', (it) => it.type() === 'error' && !/404/.test(it.text()) && noise.push(it.text().slice(0, 200)));
  await page.route('**/*', (route) => {
    const url = route.request().url().split(/[?#]/)[0];
    const file = url.startsWith(base) && path.join(folder, decodeURIComponent(url.slice(base.length)));
    if (file && /\.\w+$/.test(file) && existsSync(file)) return route.fulfill({ path: file });
    if (route.request().isNavigationRequest()) return route.fulfill({ status: 404, contentType: 'text/html; charset=utf-8', body: html });
    noise.push(`asks for ${url}, which is not there`);
    return route.fulfill({ status: 404, body: '' });
  });
  try {
    await page.goto(`${base}tasks/of/old/page.html`, { waitUntil: 'load' });
    const text = await page.evaluate(() => document.querySelector('main')?.innerText ?? '');
    findings.check('404.html', 'missing', /not there/.test(text) ? null : 'it does not say that the page is not there');
    const leads = await page.evaluate(() => [...document.querySelectorAll('a[href]')].map((it) => it.href.split('#')[0]));
    findings.check('404.html', 'missing', leads.filter((it) => it !== page.url() && !(it.startsWith(base) && existsSync(path.join(folder, it.slice(base.length))))).map((it) => `leads to ${it}, which is not there`));
    if (own) {
      await page.keyboard.press('/');
      await page.locator('dialog[open] [role=combobox]').waitFor({ timeout: 5_000 }).catch(() => noise.push('the search does not open'));
    }
  } catch (error) {
    noise.push(String(error.message).split('\n')[0]);
  }
  findings.check('404.html', 'missing', noise);
  await page.close();
}
