// Writes pictures of weekly mails for people to look at: each at phone and desk width, in light and dark,
// with its pictures and without. usage: node email-shots.mjs FOLDER OUT

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Browser, address, each, endAfter, listPages, serve, settled, siteFolders } from './browser.mjs';
import { SCHEMES, WIDTHS } from './email.mjs';

const [mails, out] = process.argv.slice(2);
endAfter(15);
const [folder] = siteFolders(out ? [mails] : [], 'email-shots.mjs FOLDER OUT');
mkdirSync(out, { recursive: true });

const browser = new Browser();
const server = await serve(folder);
await each(listPages(folder), async (name) => {
  for (const pictures of ['', '-pictures-off']) {
    const context = await browser.context();
    const page = await context.newPage();
    if (pictures) await page.route(/\.png$/i, (route) => route.abort());
    await page.goto(address(server.base, name), { waitUntil: 'load' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        const file = `${name.replace(/\.html$/, '').replaceAll('/', '-')}-${width}-${colorScheme}${pictures}.png`;
        await page.screenshot({ path: path.join(out, file), fullPage: true });
      }
    }
    await context.close();
  }
  console.log(name);
});
await browser.close();
await server.close();
