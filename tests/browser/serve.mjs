// Opens pages of `roadbook serve` and changes the plan: a page begins anew by itself and keeps its place, and the panel says what is
// wrong. usage: node serve.mjs ROADBOOK PLAN [PICTURES]

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Browser, endAfter, settled } from './browser.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const [program, plan, pictures] = process.argv.slice(2);
if (!plan) {
  console.error('usage: serve.mjs ROADBOOK PLAN [PICTURES]');
  process.exit(2);
}
endAfter(5);

const folder = mkdtempSync(path.join(tmpdir(), 'roadbook-serve-'));
cpSync(plan, folder, { recursive: true });
const roadmap = path.join(folder, 'roadmap.md');
const text = readFileSync(roadmap, 'utf8');
const save = (words, name = roadmap) => {
  writeFileSync(`${folder}/.save`, words);
  renameSync(`${folder}/.save`, name);
};

const child = spawn(program, ['serve', folder, '--port', '0', '--no-history'], { stdio: ['ignore', 'pipe', 'ignore'] });
const ended = new Promise((resolve) => child.once('exit', resolve));
const failures = [];
let checks = 0;
const check = (what, holds) => {
  checks += 1;
  if (!holds) failures.push(what);
};

const browser = new Browser();
try {
  const base = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [url] = line.match(/http:\S+/) ?? [];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error('the program ended')));
  });
  const context = await browser.context({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const problems = [];
  const isOurs = (message) => !message.location().url.endsWith('/favicon.ico');
  page.on('console', (message) => isOurs(message) && ['error', 'warning'].includes(message.type()) && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  const loads = () => page.evaluate(() => performance.timeOrigin);

  // A page whose bytes change begins anew, at its place and with its hash.
  await page.goto(`${base}tasks.html#main`);
  await page.waitForSelector('.live summary');
  await page.evaluate(() => scrollTo(0, 700));
  const before = await loads();
  const title = /\*\*P1-01:\*\* (.*)/.exec(text)[1];
  // As long as before: a row of another height would move what is seen, and with it the place.
  const another = 'Quite another title';
  save(text.replace(title, another + title.slice(another.length)));
  await page.waitForFunction((then) => performance.timeOrigin !== then, before);
  await page.waitForFunction(() => document.body.innerText.includes('Quite another title'));
  await page.waitForFunction(() => Math.abs(scrollY - 700) < 2).catch(() => check('the scroll position stays', false));
  check('the hash stays', page.url() === `${base}tasks.html#main`);

  // A page whose bytes stay does not.
  await page.goto(`${base}rules.html`);
  await page.waitForSelector('.live summary');
  const stayed = await loads();

  // A half-saved plan: the page stays, and says so.
  save('');
  await page.waitForFunction(() => document.querySelector('.live summary')?.textContent === 'Not built');
  check('the error is said', (await page.innerText('.live-body')).includes('the file is empty'));
  check('a page whose bytes stay begins not anew', (await loads()) === stayed);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await inspect(page, `error-${width}-${colorScheme}`);
    }
  }
  save(text);
  await page.waitForFunction(() => document.querySelector('.live summary')?.textContent !== 'Not built');

  await page.goto(`${base}index.html`);
  await page.waitForSelector('.live summary');
  if (!(await page.evaluate(() => document.querySelector('.live details').open))) await page.click('.live summary');
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await inspect(page, `findings-${width}-${colorScheme}`);
    }
  }
  const href = await page.getAttribute('.live-body a.src', 'href');
  check('a finding leads to its line', /\/source\/roadmap\.md\.html#L\d+$/.test(href));
  await page.click('.live-close');
  check('the panel can be hidden', (await page.$('.live')) === null);
  await page.reload();
  await page.waitForFunction(() => document.readyState === 'complete');
  check('it stays hidden', (await page.$('.live')) === null);
  check(`no errors of the page: ${problems.join('; ')}`, problems.length === 0);

  child.kill('SIGINT');
  check('Ctrl-C ends it with 0 while a page listens', (await ended) === 0);
} catch (error) {
  failures.push(String(error));
} finally {
  child.kill('SIGKILL');
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

async function inspect(page, name) {
  await settled(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  check(`${name}: nothing is wider than the screen`, !wide);
  // The policy forbids scripts of others, so axe comes in past it.
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const it of violations) failures.push(`${name}: ${it.id}: ${it.nodes.map((node) => node.target).join(', ')}`);
  checks += 1;
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

for (const it of failures) console.log(`FAIL ${it}`);
console.log(`${checks} checks, ${failures.length} failures`);
process.exitCode = failures.length > 0 || checks < 15 ? 1 : 0;
