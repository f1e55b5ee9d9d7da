// Opens every page of a site built from hostile Markdown and checks that nothing of it ran, and
// that nothing is left which could run on a click. usage: node hostile.mjs SITE…
//
// The pages are opened with their content security policy switched off: it is the second line, and
// this asks whether the first one, escaping, holds by itself. What a page holds is read in an isolated
// world through the prototypes' own getters, since `<form><input name=attributes>` can lie about itself.

import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Browser, Findings, address, each, endAfter, isMain, listPages, onePerKind, serve, siteFolders } from './browser.mjs';

/** Time for timers, broken images and refreshes of the page to do what they were put there for. */
const GRACE_MS = 150;
// The site's own scripts, and the index that the search loads.
const SCRIPTS = ['assets/roadbook.js', 'assets/tables.js', 'assets/search.js', 'data/search.js'];

/** Looks at every page of `folder`, and uses those of `used` as a reader would; returns the findings and the number of pages. */
export async function checkHostile(folder, browser, used = onePerKind(folder, listPages(folder))) {
  const findings = new Findings();
  const pages = listPages(folder);
  const server = await serve(folder);
  const open = async (name, check) => {
    const context = await browser.context({ bypassCSP: true, viewport: { width: 1440, height: 900 } });
    try {
      await check(context);
    } catch (error) {
      findings.check(name, 'opens', String(error?.message ?? error).split('\n')[0]);
    } finally {
      await context.close().catch(() => {});
    }
  };
  try {
    await each(pages, (name) => open(name, (context) => visit(findings, context, server.base, name)));
    await each(used, (name) => open(name, (context) => poke(findings, context, server.base, name)));
  } finally {
    await server.close();
  }
  return { pages: pages.length, findings };
}

/** Opens a page as it is and looks at all that it holds. */
async function visit(findings, context, base, name) {
  const { page, ran } = await watched(context, base);
  const url = address(base, name);
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(GRACE_MS);
  // What stands there after the page went elsewhere is another page, and says nothing of this one.
  const left = () => page.url() !== url;
  const went = () => findings.check(name, 'ran', [...ran, `the page went to ${page.url().replace(base, '')}`]);
  if (left()) return went();
  let held;
  try {
    const cdp = await context.newCDPSession(page);
    ran.push(...(await pwned(cdp)));
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
    held = await evaluate(cdp, `(${scan})(${JSON.stringify(base)}, ${JSON.stringify(SCRIPTS.map((it) => base + it))})`, executionContextId);
  } catch (error) {
    // A slow machine may see it go while it is looked at.
    if (left()) return went();
    throw error;
  }
  if (left()) return went();
  findings.check(name, 'ran', ran);
  for (const kind of ['element', 'handler', 'address', 'hidden']) findings.check(name, kind, held[kind]);
}

/** Hands hostile words to the site's own script: in the address, in fields, and by pressing what can be pressed. */
async function poke(findings, context, base, name) {
  const { page, ran } = await watched(context, base);
  const word = '"><img src=x onerror="window.__pwned=1">';
  const query = `q=${encodeURIComponent(word)}&search=${encodeURIComponent(word)}&owner=${encodeURIComponent(word)}`;
  await page.goto(`${address(base, name)}?${query}#${encodeURIComponent(word)}`, { waitUntil: 'load' });
  await page.waitForTimeout(GRACE_MS);
  // A page that went elsewhere by itself was reported when it was looked at.
  if (!page.url().startsWith(address(base, name))) return;
  await page.evaluate((text) => {
    const all = (selector) => Document.prototype.querySelectorAll.call(document, selector);
    const changed = (element) => {
      for (const type of ['input', 'change', 'keyup']) element.dispatchEvent(new Event(type, { bubbles: true }));
    };
    for (const field of all('input[type=search], input[type=text], input:not([type]), textarea')) {
      field.value = text;
      changed(field);
      field.value = '';
      changed(field);
    }
    for (const list of all('select')) {
      for (const option of list.options) {
        list.value = option.value;
        changed(list);
      }
    }
    for (const button of all('button, input[type=radio], input[type=checkbox], summary, th')) button.click();
  }, word);
  await page.waitForTimeout(GRACE_MS);
  const cdp = await context.newCDPSession(page);
  ran.push(...(await pwned(cdp)));
  findings.check(name, 'ran', ran.map((it) => `when used: ${it}`));
}

/** A page whose every sign of life that a report has no reason to give is noted. */
async function watched(context, base) {
  const ran = [];
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const brief = (url) => url.replace(base, '').slice(0, 200);
  page.on('dialog', (dialog) => {
    ran.push(`${dialog.type()} dialog: ${dialog.message().slice(0, 100)}`);
    dialog.dismiss().catch(() => {});
  });
  page.on('console', (message) => {
    // What Chromium itself has to say, a missing image for one, is not a script speaking.
    if (message.type() !== 'error' && message.type() !== 'warning') ran.push(`console: ${message.text().slice(0, 100)}`);
  });
  page.on('pageerror', (error) => ran.push(`script error: ${error.message.split('\n')[0].slice(0, 100)}`));
  page.on('download', (download) => ran.push(`download: ${brief(download.url())}`));
  page.on('crash', () => ran.push('the page crashed'));
  context.on('page', (other) => {
    if (other !== page) ran.push(`opened a window: ${brief(other.url())}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) ran.push(`asks for ${brief(request.url())}, outside the site`);
  });
  return { page, ran };
}

/** Whether the mark that hostile scripts leave is on the page's own window. */
async function pwned(cdp) {
  const seen = await evaluate(cdp, `Object.prototype.hasOwnProperty.call(window, '__pwned') ? 'set' : typeof window.__pwned`);
  if (seen === 'set') return ['window.__pwned was set'];
  // An element whose id or name is __pwned shows up as a property too.
  return seen === 'undefined' ? [] : ['an element of the page calls itself __pwned'];
}

async function evaluate(cdp, expression, contextId) {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, contextId, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** Runs in the page, in a world of its own. Uses nothing that the document could have replaced. */
function scan(base, scripts) {
  const getter = (prototype, name) => {
    const { get } = Object.getOwnPropertyDescriptor(prototype, name);
    return (object) => get.call(object);
  };
  const all = (selector) => Document.prototype.querySelectorAll.call(document, selector);
  const localName = getter(Element.prototype, 'localName');
  const attributes = getter(Element.prototype, 'attributes');
  const text = getter(Node.prototype, 'textContent');
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);

  const BANNED = ['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'portal', 'fencedframe', 'form', 'base', 'style',
    'template', 'foreignobject', 'animate', 'animatemotion', 'animatetransform', 'set', 'math', 'marquee', 'audio', 'video', 'source', 'track'];
  const ADDRESSES = ['href', 'xlink:href', 'src', 'srcset', 'poster', 'data', 'action', 'formaction', 'background', 'cite', 'longdesc',
    'ping', 'manifest', 'codebase', 'archive', 'classid', 'profile', 'usemap', 'dynsrc', 'lowsrc'];
  const LINKS = ['stylesheet', 'icon', 'canonical', 'alternate', 'preload'];
  const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/;
  const held = { element: [], handler: [], address: [], hidden: [] };

  const resolved = (value) => {
    try {
      return new URL(value, document.URL);
    } catch {
      return null;
    }
  };
  for (const element of all('*')) {
    const tag = localName(element).toLowerCase();
    const list = Array.from(attributes(element), ({ name, value }) => ({ name: name.toLowerCase(), value }));
    const shown = `<${[tag, ...list.map(({ name, value }) => `${name}="${value}"`)].join(' ')}>`.slice(0, 160);
    if (BANNED.includes(tag)) held.element.push(shown);
    if (tag === 'script') {
      const source = attribute(element, 'src');
      const own = source !== null && scripts.includes(new URL(source, document.URL).href) && text(element).trim() === '';
      if (!own) held.element.push(shown);
    }
    if (tag === 'meta' && attribute(element, 'http-equiv') !== null && !/^content-security-policy$/i.test(attribute(element, 'http-equiv'))) held.element.push(shown);
    if (tag === 'link' && !(attribute(element, 'rel') ?? '').toLowerCase().split(/\s+/).every((rel) => LINKS.includes(rel))) held.element.push(shown);
    for (const { name, value } of list) {
      if (name.startsWith('on') || name === 'srcdoc' || name === 'style') held.handler.push(shown);
      if (OVERRIDES.test(value)) held.hidden.push(`text direction override in ${shown}`);
      if (!ADDRESSES.includes(name)) continue;
      // As a browser does: these characters vanish from an address before its scheme is read.
      const bare = value.replace(/[\t\n\r]/g, '').trim();
      if (/^[/\\]{2}/.test(bare)) held.address.push(`another host without a scheme: ${shown}`);
      const protocol = resolved(value)?.protocol;
      if (!['http:', 'https:', 'mailto:'].includes(protocol)) held.address.push(`scheme ${protocol ?? 'unreadable'}: ${shown}`);
      const link = tag === 'a' || tag === 'area' || (tag === 'link' && /^(canonical|alternate)$/i.test(attribute(element, 'rel') ?? ''));
      if (!link && resolved(value) && !resolved(value).href.startsWith(base)) held.address.push(`loads from outside the site: ${shown}`);
    }
  }
  const words = document.createTreeWalker(document, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    if (OVERRIDES.test(node.data)) held.hidden.push(`text direction override in "${node.data.trim().slice(0, 60)}"`);
  }
  for (const kind of Object.keys(held)) held[kind] = [...new Set(held[kind])];
  return held;
}

// ---- The control: pages that do run something must be caught, or a clean report means nothing ----

const SHELL = (body) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<title>Control</title><script src="assets/roadbook.js" defer></script></head><body><main>${body}</main></body></html>
`;

const CONTROLS = {
  'plain.html': ['<p>&lt;script&gt;window.__pwned=1&lt;/script&gt; <a href="plain.html#x">in</a> <a href="https://example.org/">out</a> <a href="mailto:a@example.org">mail</a></p>', []],
  'script.html': ['<script>window.__pwned = 1</script>', ['ran', 'element']],
  'foreign-script.html': ['<script src="assets/other.js"></script>', ['ran', 'element']],
  'image.html': ['<img src="x" onerror="window.__pwned = 1">', ['ran', 'handler']],
  'svg.html': ['<svg onload="window.__pwned = 1"></svg>', ['ran', 'handler']],
  'late.html': ['<svg><animate attributeName="x" dur="1ms" onend="window.__pwned = 1"/></svg>', ['ran', 'element', 'handler']],
  'dialog.html': ['<img src="x" onerror="alert(1)">', ['ran', 'handler']],
  'console.html': ['<img src="x" onerror="console.log(1)">', ['ran', 'handler']],
  'error.html': ['<img src="x" onerror="nothing.of.the.kind">', ['ran', 'handler']],
  'hover.html': ['<p onmouseover="window.__pwned = 1">words</p>', ['handler']],
  'other-host.html': ['<img src="https://example.org/x.png" alt="">', ['ran', 'address']],
  // A slow machine may look at the page before it goes.
  'refresh.html': ['<meta http-equiv="refresh" content="0;url=plain.html">', ['ran'], ['element']],
  'refresh-later.html': ['<meta http-equiv="refresh" content="60;url=plain.html">', ['element']],
  'link.html': ['<a href="java&#9;script:window.__pwned=1">press</a>', ['address']],
  'data.html': ['<a href="data:text/html,x">press</a>', ['address']],
  'svg-link.html': ['<svg><a xlink:href="javascript:window.__pwned=1"><text y="9">press</text></a></svg>', ['address']],
  'no-scheme.html': ['<a href="//example.org/">press</a>', ['address']],
  'frame.html': ['<iframe srcdoc="&lt;p&gt;"></iframe>', ['element', 'handler']],
  'object.html': ['<object></object><embed>', ['element']],
  'clobber.html': ['<form onclick="x()"><input name="attributes"><input name="localName"></form><img name="querySelectorAll" alt="">', ['element', 'handler']],
  'name.html': ['<p id="__pwned">words</p>', ['ran']],
  'base.html': ['<base href="/">', ['element', 'address']],
  'style.html': ['<style>p { color: red }</style><p style="color: red">', ['element', 'handler']],
  'direction.html': ['<p>user\u202egpj.exe</p>', ['hidden']],
  'search.html': ['<input type="search"><p id="echo"></p>', ['ran']],
};

/** Returns what is wrong with the checks themselves. */
async function control(browser) {
  const folder = mkdtempSync(path.join(tmpdir(), 'roadbook control '));
  try {
    mkdirSync(path.join(folder, 'assets'));
    // A careless script of the site's own, for the page that is used and not only looked at.
    writeFileSync(path.join(folder, 'assets', 'roadbook.js'), `
      document.querySelector('input[type=search]')?.addEventListener('input', (event) => {
        if (event.target.value) document.getElementById('echo').innerHTML = event.target.value;
      });`);
    writeFileSync(path.join(folder, 'assets', 'other.js'), 'window.__pwned = 1;');
    for (const [name, [body]] of Object.entries(CONTROLS)) writeFileSync(path.join(folder, name), SHELL(body));
    const { findings } = await checkHostile(folder, browser, ['plain.html', 'clobber.html', 'search.html']);
    return Object.entries(CONTROLS).flatMap(([name, [, ...expected]]) => {
      const caught = [...new Set(findings.failures.filter(({ page }) => page === name).map(({ check }) => check))].sort().join(' ');
      const wanted = expected.map((it) => [...it].sort().join(' '));
      return wanted.includes(caught) ? [] : [`${name}: should be caught by "${wanted.join('" or "')}", was by "${caught}"`];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMain(import.meta)) {
  endAfter(15);
  const folders = siteFolders(process.argv.slice(2), 'hostile.mjs SITE…');
  const browser = new Browser();
  const blind = await control(browser);
  for (const line of blind) console.log(`FAIL control: ${line}`);
  console.log(`${Object.keys(CONTROLS).length} control pages, ${blind.length} not as expected`);
  if (blind.length > 0) process.exitCode = 1;
  for (const folder of folders) {
    const began = Date.now();
    const { pages, findings } = await checkHostile(folder, browser);
    for (const line of findings.lines()) console.log(line);
    console.log(`${path.basename(folder)}: ${pages} pages, ${findings.checks} checks, ${findings.failures.length} failures, ${((Date.now() - began) / 1000).toFixed(1)} s`);
    if (findings.failures.length > 0) process.exitCode = 1;
  }
  await browser.close();
}
