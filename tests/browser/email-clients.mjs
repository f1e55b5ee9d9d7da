// What Gmail, Outlook and Apple Mail do not support of a mail, by the tables of caniemail.com, and which of
// it is agreed to be lost.

import { caniemail } from 'caniemail';

const CLIENTS = ['gmail.*', 'outlook.*', 'apple-mail.*'];

/** Each loss that no reader is hurt by, and why. An entry that no mail needs is reported, so the list stays short. */
export const AGREED = [
  {
    feature: '@media',
    clients: ['gmail.mobile-webmail', 'outlook.windows', 'outlook.windows-mail'],
    because: 'only narrow padding, the strip two by two, and dark colours are in it; without it the mail is light and as wide as it fits',
  },
  {
    feature: '<style> element',
    clients: ['gmail.mobile-webmail'],
    because: 'it holds nothing but the @media above; every other style is on its element',
  },
  {
    feature: 'display:none',
    clients: ['gmail.mobile-webmail'],
    because: 'the preheader then shows as one line of 1 px above the mail, and repeats the headline',
  },
  {
    feature: 'white-space',
    clients: ['outlook.windows', 'outlook.windows-mail'],
    because: 'an ID may then break at its hyphen',
  },
  {
    feature: 'word-break',
    clients: ['outlook.windows-mail'],
    because: 'words are cut before they are wider than a phone; of wide letters a long word then makes the mail a little wider',
  },
  {
    feature: 'role attribute',
    clients: ['outlook.windows-mail'],
    because: 'a table for layout is then announced as a table; its cells are in reading order all the same',
  },
  {
    feature: '<body> element',
    clients: ['outlook.macos'],
    because: 'the ground is also on the table that fills the body',
  },
];

/**
 * What of `html` is lost and not agreed, one line for each feature. Which pairs of feature and client
 * were needed is noted in `needed`.
 */
export function lost(html, needed) {
  const losses = new Map();
  for (const [client, issues] of caniemail({ clients: CLIENTS, html }).issues.errors) {
    for (const { title } of issues) {
      if (AGREED.some(({ feature, clients }) => feature === title && clients.includes(client))) {
        needed.add(pair(title, client));
      } else {
        losses.set(title, (losses.get(title) ?? new Set()).add(client));
      }
    }
  }
  return [...losses].map(([title, clients]) => `${title} is not supported by ${[...clients].sort().join(', ')}`);
}

/** The agreed losses that were not needed. */
export function notNeeded(needed) {
  return AGREED.flatMap(({ feature, clients }) => clients.filter((client) => !needed.has(pair(feature, client)))
    .map((client) => `"${feature}" for ${client} is agreed on, but no mail needs it any more`));
}

function pair(feature, client) {
  return `${feature}\n${client}`;
}
