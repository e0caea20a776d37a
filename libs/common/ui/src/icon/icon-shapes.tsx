import type { ReactNode } from 'react';

/** Our own drawings: 16 px grid, stroke 1.5, round ends. */
export const iconShapes = {
  alert: (
    <>
      <path d="M8 2 14.5 13.25h-13Z" />
      <path d="M8 6.5V9.5M8 11.5h.01" />
    </>
  ),
  'arrow-down': (
    <>
      <path d="M8 3v10M4 9l4 4 4-4" />
    </>
  ),
  'arrow-left': (
    <>
      <path d="M13 8H3M7 4 3 8l4 4" />
    </>
  ),
  'arrow-right': (
    <>
      <path d="M3 8h10M9 4l4 4-4 4" />
    </>
  ),
  'arrow-up': (
    <>
      <path d="M8 13V3M4 7l4-4 4 4" />
    </>
  ),
  book: (
    <>
      <path d="M3 3.25C3 2.6 3.6 2 4.25 2H13v10H4.25C3.6 12 3 12.6 3 13.25Z" />
      <path d="M3 13.25C3 13.7 3.6 14 4.25 14H13" />
    </>
  ),
  braces: (
    <>
      <path d="M6 2.5c-2 0-2 1-2 2.5S4 8 2.5 8C4 8 4 9.5 4 11s0 2.5 2 2.5M10 2.5c2 0 2 1 2 2.5s0 3 1.5 3C12 8 12 9.5 12 11s0 2.5-2 2.5" />
    </>
  ),
  check: (
    <>
      <path d="m3 8.5 3.2 3.2L13 4.8" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1" />
      <path d="M10.5 5.5V3.5a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
    </>
  ),
  device: (
    <>
      <rect x="3" y="3" width="10" height="7" rx="1" />
      <path d="M1.5 13h13" />
    </>
  ),
  door: (
    <>
      <path d="M4 14V2.5h8V14M2 14h12" />
      <path d="M9.75 8.5h.01" strokeWidth="2" />
    </>
  ),
  down: (
    <>
      <path d="M3.5 6 8 10.5 12.5 6" />
    </>
  ),
  'eye-off': (
    <>
      <path d="M6.2 3.8A6.6 6.6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-1.7 2.2M4.2 5A12 12 0 0 0 1.5 8S4 12.5 8 12.5c1.4 0 2.7-.6 3.7-1.3M2.5 2.5l11 11" />
    </>
  ),
  half: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 2.25a5.75 5.75 0 0 1 0 11.5Z" fill="currentColor" />
    </>
  ),
  hash: (
    <>
      <path d="M3 6h10.5M2.5 10H13M6.5 2.5l-1.5 11M11 2.5l-1.5 11" />
    </>
  ),
  inbox: (
    <>
      <path d="M2 9.5 4 3h8l2 6.5V13H2Z" />
      <path d="M2 9.5h3.5l1 1.75h3l1-1.75H14" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="11" r="2.5" />
      <path d="m6.9 9.1 6.1-6.1M10.5 5.5l2 2" />
    </>
  ),
  layers: (
    <>
      <path d="M8 2 14 5.2 8 8.5 2 5.2Z" />
      <path d="m2 8.3 6 3.2 6-3.2M2 11.1l6 3.2 6-3.2" />
    </>
  ),
  leave: (
    <>
      <path d="M9.5 3V2.5h-7v11h7V13M6.5 8H14M11.25 5.25 14 8l-2.75 2.75" />
    </>
  ),
  left: (
    <>
      <path d="M10 3.5 5.5 8l4.5 4.5" />
    </>
  ),
  list: (
    <>
      <path d="M5.5 4H14M5.5 8H14M5.5 12H14M2.25 4h.01M2.25 8h.01M2.25 12h.01" />
    </>
  ),
  lock: (
    <>
      <rect x="3" y="7" width="10" height="6.75" rx="1" />
      <path d="M5 7V5a3 3 0 0 1 6 0v2" />
    </>
  ),
  menu: (
    <>
      <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />
    </>
  ),
  minus: (
    <>
      <path d="M4 8h8" />
    </>
  ),
  more: (
    <>
      <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.25" />
    </>
  ),
  passkey: (
    <>
      <circle cx="6" cy="5" r="2.5" />
      <path d="M1.5 13.5c0-2.8 2-4.5 4.5-4.5.9 0 1.7.2 2.4.6" />
      <circle cx="11.8" cy="8.8" r="1.9" />
      <path d="M11.8 10.7v3.8l1.3-1.2M11.8 12.2h1.3" />
    </>
  ),
  people: (
    <>
      <circle cx="6" cy="5.25" r="2.25" />
      <path d="M1.75 13c0-2.6 1.9-4.25 4.25-4.25s4.25 1.65 4.25 4.25M10.5 3.15a2.25 2.25 0 0 1 0 4.2M12 9.1c1.45.6 2.25 1.95 2.25 3.9" />
    </>
  ),
  plus: (
    <>
      <path d="M8 3v10M3 8h10" />
    </>
  ),
  refresh: (
    <>
      <path d="M13.5 8a5.5 5.5 0 1 1-1.7-4l1.7 1.5" />
      <path d="M13.5 2.5v3h-3" />
    </>
  ),
  return: (
    <>
      <path d="M13 3v4.5a2 2 0 0 1-2 2H3M6 6.5l-3 3 3 3" />
    </>
  ),
  right: (
    <>
      <path d="m6 3.5 4.5 4.5L6 12.5" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="M10.2 10.2 14 14" />
    </>
  ),
  send: (
    <>
      <path d="M14 2 2 7l4.75 2.25L9 14ZM14 2 6.75 9.25" />
    </>
  ),
  'shield-check': (
    <>
      <path d="M8 1.75 13 3.5V8c0 3.2-2.2 5.3-5 6.25C5.2 13.3 3 11.2 3 8V3.5Z" />
      <path d="m5.8 7.9 1.6 1.6 2.9-3" />
    </>
  ),
  spark: (
    <>
      <path d="M8 2v3M8 11v3M2 8h3M11 8h3M4 4l1.5 1.5M10.5 10.5 12 12M12 4l-1.5 1.5M5.5 10.5 4 12" />
    </>
  ),
  target: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  terminal: (
    <>
      <rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1" />
      <path d="m4.5 6 2 2-2 2M8.5 10h3" />
    </>
  ),
  text: (
    <>
      <path d="M3 4V3h10v1M8 3v10M6.5 13h3" />
    </>
  ),
  ticket: (
    <>
      <path d="M2 4.5h12v2a1.5 1.5 0 0 0 0 3v2H2v-2a1.5 1.5 0 0 0 0-3Z" />
      <path d="M9.5 5v6" strokeDasharray="1.5 1.5" />
    </>
  ),
  trend: (
    <>
      <path d="m2 11.5 4-4 2.5 2.5L14 4.5" />
      <path d="M10 4.5h4v4" />
    </>
  ),
  x: (
    <>
      <path d="m4 4 8 8M12 4l-8 8" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof iconShapes;
