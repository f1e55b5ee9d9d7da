// What the programs in this folder share: finding Chromium, serving a site on loopback, walking its pages.

import { accessSync, constants, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

/** Pages opened at the same time. Two keep two cores busy; more only make single pages slower. */
export const PARALLEL = 2;

export const A4 = { width: 595, height: 842 };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The installed browser: $CHROMIUM, else the first known name on the PATH. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here: the next folder.
      }
    }
  }
  throw new Error('no Chromium on the PATH (set CHROMIUM to its path)');
}

/**
 * A browser that is started again when it has died: otherwise one page that
 * kills it would be reported as a failure of every page after it.
 */
export class Browser {
  #browser;

  async context(options = {}) {
    if (!this.#browser?.isConnected()) {
      this.#browser = undefined;
      this.#starting ??= this.#launch();
      try {
        this.#browser = await this.#starting;
      } finally {
        this.#starting = undefined;
      }
    }
    // Animations would be caught half-way, colours and all.
    return this.#browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  }

  #starting;

  #launch() {
    const root = process.getuid?.() === 0;
    return chromium.launch({
      executablePath: findChromium(),
      // Chromium refuses its sandbox to root, and many CI containers have no user namespaces.
      chromiumSandbox: !root && !process.env.CI,
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // A small /dev/shm in containers kills tabs with long pages.
        '--disable-dev-shm-usage',
        // A page that asks for another host must not reach it from a test.
        '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      ],
    });
  }

  async close() {
    await this.#browser?.close();
  }
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ics': 'text/calendar; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.xml': 'application/xml',
  '.atom': 'application/atom+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Serves a folder under a sub-path, as a project page of a web host does:
 * a link that starts at the root then misses. Only exact names are served, no folder indexes.
 */
export async function serve(folder, prefix = '/some/path/') {
  const files = new Set(listFiles(folder));
  const server = createServer((request, response) => {
    let name;
    try {
      const { pathname } = new URL(request.url, 'http://127.0.0.1');
      if (pathname.startsWith(prefix)) name = decodeURIComponent(pathname.slice(prefix.length));
    } catch {
      // A path that cannot be decoded is a file that is not there.
    }
    if (!files.has(name)) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[path.extname(name).toLowerCase()] ?? 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
    response.end(readFileSync(path.join(folder, name)));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    base: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The base address of a folder opened from disk. */
export function fileBase(folder) {
  return pathToFileURL(path.resolve(folder) + path.sep).href;
}

/** The address of a file of the site below a base address. */
export function address(base, name) {
  return base + name.split('/').map(encodeURIComponent).join('/');
}

/** All files of a folder, as sorted paths with forward slashes. */
export function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

export function listPages(folder) {
  return listFiles(folder).filter((name) => name.endsWith('.html'));
}

/** The largest page of each kind: a top-level page is its own kind, the pages of a folder are one. */
export function onePerKind(folder, pages) {
  const largest = new Map();
  for (const page of pages) {
    const kind = page.includes('/') ? page.slice(0, page.lastIndexOf('/') + 1) : page;
    const size = statSync(path.join(folder, page)).size;
    if (size > (largest.get(kind)?.size ?? -1)) largest.set(kind, { page, size });
  }
  return [...largest.values()].map(({ page }) => page);
}

/** Runs `work` on every item, PARALLEL at a time; `work` is also told which of the workers it is. */
export async function each(items, work) {
  const queue = [...items];
  const worker = async (_, number) => {
    while (queue.length > 0) await work(queue.shift(), number);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

/** Waits until fonts are in and the page has been painted with them. */
export function settled(page) {
  return page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Collects failures and counts checks. */
export class Findings {
  checks = 0;
  failures = [];

  /** Counts one check; `problems` is what is wrong, nothing when all is well. */
  check(page, check, problems) {
    this.checks += 1;
    for (const what of [problems].flat().filter(Boolean)) this.failures.push({ page, check, what });
  }

  /** One line for each thing that is wrong; the same thing on many pages is one line. */
  lines(limit = 200) {
    const groups = new Map();
    for (const { page, check, what } of this.failures) {
      const key = `${check}\n${what}`;
      if (!groups.has(key)) groups.set(key, { check, what, pages: new Set() });
      groups.get(key).pages.add(page);
    }
    const lines = [...groups.values()].map(({ check, what, pages }) => {
      const [first, ...more] = pages;
      const also = more.length > 0 ? ` (and ${more.length} more: ${more.slice(0, 3).join(', ')}${more.length > 3 ? ', …' : ''})` : '';
      return `FAIL ${first}${also}: ${check}: ${what}`;
    });
    if (lines.length > limit) lines.splice(limit, Infinity, `… and ${lines.length - limit} more lines`);
    return lines;
  }
}

/** The site folders named on the command line; ends the program when there are none or one holds no page. */
export function siteFolders(names, usage) {
  if (names.length === 0) {
    console.error(`usage: node ${usage}`);
    process.exit(2);
  }
  return names.map((name) => {
    try {
      if (listPages(name).length > 0) return path.resolve(name);
    } catch {
      // Told below.
    }
    console.error(`${name}: no folder with pages`);
    process.exit(2);
  });
}

/** A hung browser must not hang the run that waits for it. */
export function endAfter(minutes) {
  setTimeout(() => {
    console.error(`not finished after ${minutes} minutes`);
    process.exit(3);
  }, minutes * 60_000).unref();
}

/** Whether this file is the program that was started, not a module of another one. */
export function isMain(meta) {
  // Node resolves links in the one but not in the other.
  return process.argv[1] !== undefined && meta.url === pathToFileURL(realpathSync(process.argv[1])).href;
}
