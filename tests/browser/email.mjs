// Checks weekly mails: every NAME.html of a folder, with NAME.eml and NAME.txt beside it, in Chromium and by the tables of
// what mail programs support. usage: node email.mjs [--parts NAME=PART,…]… FOLDER… [--hostile FOLDER…]
//
// Mails have all parts, but for the audiences named by --parts. The plans of the folders after --hostile may put things that look
// like markup into the words of a mail.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { HtmlValidate } from 'html-validate';
import { Browser, Findings, address, each, endAfter, isMain, listPages, serve, settled, siteFolders } from './browser.mjs';
import { axe, firstLine, measure } from './check.mjs';
import { lost, notNeeded } from './email-clients.mjs';
import { altProblems, inspect, smallText } from './email-document.mjs';
import { checkMessage } from './email-message.mjs';
import { checkText } from './email-text.mjs';

export const WIDTHS = [320, 600];
const HEIGHT = 900;
const SMALLEST_TEXT = 14;
export const SCHEMES = ['light', 'dark'];

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Mail programs know little else: styles on elements, attributes that HTML 5 gave up, comments for Outlook.
    'no-inline-style': 'off',
    'no-deprecated-attr': 'off',
    'no-conditional-comment': 'off',
    'prefer-tbody': 'off',
  },
});

/**
 * Checks the mails of a folder; adds to `needed` what of the agreed losses they need. `parts` has the names of the parts
 * that an audience gets, for those who do not get all.
 */
export async function checkMails(folder, browser, { hostile = false, parts = {}, needed = new Set() } = {}) {
  const findings = new Findings();
  const mails = listPages(folder).filter((name) => !name.includes('/'));
  const server = await serve(folder);
  try {
    await each(mails, async (name) => {
      try {
        await checkMail(findings, folder, name, browser, server.base, { hostile, parts: parts[name.replace(/\.html$/, '')], needed });
      } catch (error) {
        findings.check(name, 'opens', firstLine(error));
      }
    });
  } finally {
    await server.close();
  }
  return { mails: mails.length, findings };
}

async function checkMail(findings, folder, name, browser, base, { hostile, parts, needed }) {
  const beside = ['eml', 'txt'].map((end) => name.replace(/html$/, end)).filter((it) => !existsSync(path.join(folder, it)));
  findings.check(name, 'files', beside.map((it) => `no ${it} beside it`));
  const html = readFileSync(path.join(folder, name), 'utf8');
  const outlook = asOutlook(html);

  findings.check(name, 'clients', [...new Set([html, outlook].flatMap((it) => lost(it, needed)))]);
  const report = await validator.validateString(html);
  const messages = report.results.flatMap((it) => it.messages);
  findings.check(name, 'html', messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} (line ${line})`));

  const facts = await shown(findings, name, browser, base, outlook);
  await withoutPictures(findings, name, browser, base);
  if (beside.length > 0) return;
  const text = readFileSync(path.join(folder, name.replace(/html$/, 'txt')), 'utf8');
  checkText(findings, name, text, facts, { hostile, parts });
  await checkMessage(findings, name, folder, { html, text, facts });
}

/** The source with the conditional comments for Outlook opened. */
function asOutlook(html) {
  return html.replace(/<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->/gs, '').replace(/<!--\[if [^\]]*mso[^\]]*\]>(.*?)<!\[endif\]-->/gs, '$1');
}

/** Opens the mail in every width and scheme; returns the facts that other checks need. */
async function shown(findings, name, browser, base, outlook) {
  const context = await browser.context({ viewport: { width: WIDTHS.at(-1), height: HEIGHT } });
  try {
    const page = await context.newPage();
    const noise = watch(page, base, name);
    await page.goto(address(base, name), { waitUntil: 'load' });
    const { problems, facts } = await page.evaluate(inspect, outlook);
    for (const [check, list] of Object.entries(problems)) findings.check(name, check, list);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      await settled(page);
      const { overflow } = await page.evaluate(measure, 0);
      findings.check(name, 'overflow', overflow && `at ${width} px ${overflow}`);
      findings.check(name, 'text-size', (await page.evaluate(smallText, SMALLEST_TEXT)).map((it) => `at ${width} px ${it}`));
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        // All the rules of axe, best practice too: a mail is one short page.
        findings.check(name, 'axe', (await axe(page, null)).map((it) => `at ${width} px, ${colorScheme}: ${it}`));
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
    if (await page.evaluate(() => '__pwned' in window)) noise.push('window.__pwned was set');
    findings.check(name, 'alone', noise);
    return facts;
  } finally {
    await context.close();
  }
}

/** Many readers see no picture before they ask for it. */
async function withoutPictures(findings, name, browser, base) {
  const context = await browser.context({ viewport: { width: WIDTHS[0], height: HEIGHT } });
  try {
    const page = await context.newPage();
    await page.route(/\.png$/i, (route) => route.abort());
    await page.goto(address(base, name), { waitUntil: 'load' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        const { overflow } = await page.evaluate(measure, 0);
        const found = [overflow, ...(await page.evaluate(altProblems))].filter(Boolean);
        findings.check(name, 'pictures-off', found.map((it) => `at ${width} px, ${colorScheme}: ${it}`));
      }
    }
  } finally {
    await context.close();
  }
}

/** Every sign of life: a mail loads its own pictures and does nothing else. */
function watch(page, base, name) {
  const noise = [];
  const brief = (url) => url.replace(base, '').slice(0, 200);
  page.on('request', (request) => {
    const own = request.url() === address(base, name) || (request.url().startsWith(base) && request.url().endsWith('.png'));
    // Chromium asks for it by itself.
    if (!own && !request.url().endsWith('/favicon.ico')) noise.push(`asks for ${brief(request.url())}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) noise.push(`request failed: ${brief(response.url())} (${response.status()})`);
  });
  page.on('console', (message) => {
    if (!message.location().url.endsWith('/favicon.ico')) noise.push(`console: ${brief(message.text())}`);
  });
  page.on('pageerror', (error) => noise.push(`script error: ${firstLine(error)}`));
  page.on('crash', () => noise.push('the page crashed'));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message().slice(0, 100)}`);
    dialog.dismiss().catch(() => {});
  });
  page.context().on('page', (other) => {
    if (other !== page) noise.push(`opened a window: ${brief(other.url())}`);
  });
  return noise;
}

if (isMain(import.meta)) {
  endAfter(15);
  const began = Date.now();
  const { tokens, positionals, values } = parseArgs({
    options: { parts: { type: 'string', multiple: true, default: [] }, hostile: { type: 'boolean' } },
    allowPositionals: true,
    tokens: true,
  });
  const mark = tokens.find(({ name }) => name === 'hostile')?.index ?? Infinity;
  const isHostile = tokens.filter(({ kind }) => kind === 'positional').map(({ index }) => index > mark);
  const parts = Object.fromEntries(values.parts.map((it) => it.split('=')).map(([name, list]) => [name, list.split(',')]));
  const folders = siteFolders(positionals, 'email.mjs [--parts NAME=PART,…]… FOLDER… [--hostile FOLDER…]');
  const browser = new Browser();
  const needed = new Set();
  let failures = 0;
  for (const [at, folder] of folders.entries()) {
    const { mails, findings } = await checkMails(folder, browser, { hostile: isHostile[at], parts, needed });
    for (const line of findings.lines()) console.log(`${path.basename(folder)}: ${line}`);
    console.log(`${path.basename(folder)}: ${mails} mails, ${findings.checks} checks, ${findings.failures.length} failures`);
    failures += findings.failures.length;
  }
  await browser.close();
  const idle = notNeeded(needed);
  for (const line of idle) console.log(`FAIL agreed: ${line}`);
  console.log(`${folders.length} folders, ${failures + idle.length} failures, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  if (failures + idle.length > 0) process.exitCode = 1;
}
