// Writes pictures of a site for people to look at: each page whole, at phone and desk width, in light and
// dark, and as it prints. usage: node shots.mjs SITE OUT [PAGE…]   (without pages: one of each kind)

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Browser, address, each, endAfter, listPages, onePerKind, serve, settled, siteFolders } from './browser.mjs';

const USAGE = 'shots.mjs SITE OUT [PAGE…]';
const WIDTHS = [390, 1440];
const HEIGHT = 900;

const [site, out, ...named] = process.argv.slice(2);
endAfter(15);
const [folder] = siteFolders(out ? [site] : [], USAGE);
const known = listPages(folder);
const missing = named.filter((page) => !known.includes(page));
if (missing.length > 0) {
  console.error(`not a page of the site: ${missing.join(', ')}`);
  process.exit(2);
}
const pages = named.length > 0 ? named : onePerKind(folder, known);
mkdirSync(out, { recursive: true });

const browser = new Browser();
const server = await serve(folder);
await each(pages, async (name) => {
  const file = (end) => path.join(out, `${name.replace(/\.html$/, '').replaceAll('/', '-')}${end}`);
  const context = await browser.context();
  const page = await context.newPage();
  await page.goto(address(server.base, name), { waitUntil: 'load' });
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await page.screenshot({ path: file(`-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.pdf({ path: file('-print.pdf'), preferCSSPageSize: true, printBackground: true });
  await context.close();
  console.log(name);
});
await browser.close();
await server.close();
