// The rules for the document of a mail, as functions that run in the page that shows it.

/**
 * What is in the document that may not be, and the facts that the other checks need. `outlook` is the source
 * with the conditional comments opened, as Outlook reads it; the rules hold for it too.
 */
export function inspect(outlook) {
  // Whatever is not named here is a fault: a list of what is bad is never whole, and least of all where the
  // words come from strangers.
  const ANY = ['class', 'style'];
  const ALLOWED = {
    html: ['lang', 'dir', 'xmlns:v', 'xmlns:o'], head: [], title: [], style: [],
    meta: ['charset', 'name', 'content'],
    body: ['bgcolor'], main: [], div: [], p: [], h1: [], h2: [], h3: [], span: [], strong: [], em: [], br: [], ul: [], ol: [], li: [],
    a: ['href'], img: ['src', 'alt', 'width', 'height', 'border'],
    table: ['role', 'width', 'align', 'bgcolor', 'border', 'cellspacing', 'cellpadding'],
    thead: [], tbody: [], tr: ['align', 'valign', 'bgcolor'],
    td: ['width', 'height', 'align', 'valign', 'bgcolor', 'colspan', 'rowspan'],
    th: ['width', 'height', 'align', 'valign', 'bgcolor', 'colspan', 'rowspan', 'scope'], caption: [],
  };
  // What Outlook or Gmail drop, what loads something, and a backslash, which can hide either.
  const STYLES = {
    'display: flex or grid': /display\s*:\s*(inline-)?(flex|grid)/i,
    'flex or grid': /(^|[\s;{"])(flex|grid)[a-z-]*\s*:/i,
    position: /(^|[\s;{"])position\s*:/i,
    'a picture behind text': /background-image|background\s*:[^;}]*(gradient|image|\()/i,
    'url()': /(url|image-set|image|src|attr|env|element)\s*\(/i,
    'an at-rule other than @media': /@(?!media\b)/i,
    'a variable or calculation': /(var|calc|min|max|clamp|expression)\s*\(|(^|[\s;{"])--/i,
    behavior: /behavior|-moz-binding/i,
    'a backslash': /\\/,
    'padding outside of a table cell': null,
  };
  const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/;
  const problems = { elements: [], attributes: [], remote: [], links: [], style: [], tables: [], headings: [], page: [], hidden: [] };
  const short = (element) => element.cloneNode(false).outerHTML.slice(0, 160);

  const styleProblems = (css, where, cell) => {
    for (const [what, pattern] of Object.entries(STYLES)) if (pattern?.test(css)) problems.style.push(`${what}: ${where}`);
    if (!cell && /padding[a-z-]*\s*:\s*(?!0(px)?\s*(;|$|!))/i.test(css)) problems.style.push(`padding outside of a table cell: ${where}`);
  };

  const look = (doc) => {
    for (const element of doc.querySelectorAll('*')) {
      const tag = String(element.localName);
      if (!(tag in ALLOWED)) {
        problems.elements.push(short(element));
        continue;
      }
      for (const { name, value } of [...element.attributes]) {
        if (!ANY.includes(name) && !ALLOWED[tag].includes(name)) problems.attributes.push(`${name} in ${short(element)}`);
        if (OVERRIDES.test(value)) problems.hidden.push(`text direction override in ${short(element)}`);
      }
      styleProblems(element.getAttribute('style') ?? '', short(element), tag === 'td' || tag === 'th');
      // A rule of the style sheet may speak of cells alone, which is not to be seen here; Chromium shows the rest.
      if (tag === 'style') styleProblems(element.textContent, 'the style element', true);
      if (tag === 'img' && !/^[a-z0-9][a-z0-9._-]*\.png$/.test(element.getAttribute('src') ?? '')) problems.remote.push(short(element));
      if (tag === 'a') linkProblems(element);
    }
    const nodes = doc.createTreeWalker(doc, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (OVERRIDES.test(node.data)) problems.hidden.push(`text direction override in "${node.data.trim().slice(0, 60)}"`);
      if (node.nodeType !== Node.COMMENT_NODE) continue;
      if (!/^\[if (mso|!mso|gte mso \d+)\]>.*<!(\[endif\]|--)?$/s.test(node.data) && !/^(\[if !mso\]><!|<!\[endif\])$/.test(node.data)) {
        problems.elements.push(`a comment: ${node.data.trim().slice(0, 60)}`);
      }
    }
  };

  const linkProblems = (element) => {
    // As a browser does: these characters vanish from an address before its scheme is read.
    const bare = (element.getAttribute('href') ?? '').replace(/[\u0000-\u0020]/g, '');
    if (!/^(https?:\/\/[^/]|mailto:[^?])/i.test(bare)) problems.links.push(`neither https, http nor mailto: ${short(element)}`);
    const words = element.textContent.replace(/\s+/g, ' ').trim();
    if (words === '' || /^(click |read )?(here|more|link|this)$/i.test(words)) problems.links.push(`"${words}" does not say where it leads: ${short(element)}`);
  };

  look(document);
  look(new DOMParser().parseFromString(outlook, 'text/html'));

  for (const table of document.querySelectorAll('table')) {
    const own = (selector) => [...table.querySelectorAll(selector)].filter((it) => it.closest('table') === table);
    const heads = own('th');
    if (table.getAttribute('role') === 'presentation') {
      if (heads.length + own('thead, caption').length > 0) problems.tables.push(`a table for layout has heads: ${short(table)}`);
    } else {
      if (table.hasAttribute('role')) problems.tables.push(`an unknown role: ${short(table)}`);
      if (heads.length === 0) problems.tables.push(`neither role=presentation nor a th: ${short(table)}`);
      for (const head of heads) {
        if (!/^(col|row)(group)?$/.test(head.getAttribute('scope') ?? '')) problems.tables.push(`no scope: <th> "${head.textContent.trim().slice(0, 40)}"`);
      }
    }
  }

  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .map((it) => ({ level: Number(it.localName[1]), text: it.textContent.replace(/\s+/g, ' ').trim() }));
  const tops = headings.filter(({ level }) => level === 1).length;
  if (tops !== 1) problems.headings.push(`${tops} h1, not one`);
  headings.forEach(({ level, text }, at) => {
    if (text === '') problems.headings.push(`an empty h${level}`);
    if (level > (headings[at - 1]?.level ?? 0) + 1) problems.headings.push(`h${level} after h${headings[at - 1]?.level ?? 'nothing'}: "${text.slice(0, 40)}"`);
  });

  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
  if (!/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(document.documentElement.lang)) problems.page.push('no lang');
  if (document.title.trim() === '') problems.page.push('no title');
  if (!/^utf-8$/i.test(document.querySelector('meta[charset]')?.getAttribute('charset') ?? '')) problems.page.push('no charset of utf-8');
  for (const name of ['color-scheme', 'supported-color-schemes']) if (meta(name) !== 'light dark') problems.page.push(`${name} is not "light dark"`);
  if (!meta('viewport').includes('width=device-width')) problems.page.push('no viewport as wide as the device');

  const first = [...document.body.children].find((it) => it.style.display === 'none');
  return {
    problems: Object.fromEntries(Object.entries(problems).map(([check, list]) => [check, [...new Set(list)]])),
    facts: {
      headings,
      // Only at the very top is it what a list of mails shows.
      preheader: first && first === document.body.firstElementChild ? first.textContent : '',
      visible: document.body.innerText,
      links: [...document.querySelectorAll('a')].map((it) => ({ href: it.getAttribute('href') ?? '', text: it.textContent })),
      images: [...document.querySelectorAll('img')].map((it) => ({
        src: it.getAttribute('src') ?? '', alt: it.getAttribute('alt'), width: it.getAttribute('width'), height: it.getAttribute('height'),
      })),
    },
  };
}

/** Words that are shown smaller than `smallest` px. */
export function smallText(smallest) {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    // Cells that only keep a distance hold a blank.
    if (node.data.trim() === '' || !node.parentElement.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    if (size < smallest) found.push(`"${node.data.trim().slice(0, 40)}" is ${size} px high`);
  }
  return found.slice(0, 5);
}

/** What keeps the words of a picture that was not loaded from being read. */
export function altProblems() {
  const channel = (it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map((it) => channel(it / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const problems = [];
  for (const image of document.querySelectorAll('img')) {
    const name = image.getAttribute('src');
    if (image.naturalWidth > 0) problems.push(`${name} was loaded, though no picture should be`);
    const style = getComputedStyle(image);
    let ground = image;
    while (ground && (parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
    const [ink, paper] = [light(style.color), light(ground ? getComputedStyle(ground).backgroundColor : 'rgb(255, 255, 255)')];
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (contrast < 4.5) problems.push(`${name}: the contrast of the alt text is ${contrast.toFixed(1)}, not 4.5 or more`);
    if (parseFloat(style.fontSize) < 14) problems.push(`${name}: the alt text is ${style.fontSize} high`);
    // Chromium cuts the words off at the box of the picture, so they are laid out anew in a box as wide.
    const copy = document.createElement('div');
    copy.textContent = image.getAttribute('alt') ?? '';
    copy.style.cssText = `position:absolute;visibility:hidden;width:${image.getBoundingClientRect().width}px;font:${style.font}`;
    document.body.append(copy);
    const [needs, has] = [copy.getBoundingClientRect().height, image.getBoundingClientRect().height];
    copy.remove();
    if (needs === 0 || needs > has + 1) problems.push(`${name}: the alt text needs ${Math.round(needs)} px and has ${Math.round(has)}`);
  }
  return problems;
}
