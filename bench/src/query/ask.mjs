// What the console's pages ask, with words and groups drawn as people would: mostly the big ones.
import { PROJECT, randomOf, versionName, VERSIONS, zipf } from './traffic.mjs';

const DAY_MS = 86_400_000;

/** Each question by name: a function that asks it once. */
export function questionsOf(store, { parseQuery }, rows, end) {
  const random = randomOf(7);
  const group = zipf(2000, 1.07);
  const today = new Date(Math.floor(end / DAY_MS) * DAY_MS);
  const tomorrow = new Date(today.getTime() + DAY_MS);
  const pick = (values) => values[Math.floor(random() * values.length)];
  const groupId = () => `00000000-0000-4000-8000-${group(random).toString(16).padStart(12, '0')}`;
  const recent = () => versionName(VERSIONS - 2 - Math.floor(random() * 5));
  const top = (q, days) => () => {
    const from = new Date(today.getTime() - (days - 1) * DAY_MS);
    return store.topCrashers(rows, { project: PROJECT, query: parseQuery(q()), from, to: today, size: 50 });
  };
  const within = (days) => ({ from: new Date(tomorrow.getTime() - days * DAY_MS), to: tomorrow });
  const facets = (q, days, fields) => () =>
    store.findFacets(rows, { project: PROJECT, query: parseQuery(q()), ...within(days) }, fields);
  const search = (q, days) => () =>
    store.searchReports(rows, { project: PROJECT, query: parseQuery(q()), ...within(days), size: 50 });
  const dims = ['product', 'version', 'channel', 'os', 'cpu'];
  return {
    'top crashers, 7 days': top(() => '', 7),
    'top crashers, 30 days': top(() => '', 30),
    'top crashers, 7 days, a version': top(() => `version:${recent()}`, 7),
    'top crashers, 7 days, a system and a channel': top(
      () => `os:${pick(['windows', 'linux', 'mac'])} channel:${pick(['stable', 'beta'])}`,
      7,
    ),
    'top crashers, 7 days, part of a signature': top(
      () => `signature~${pick(['Parser', 'Cache', 'ipc::', 'Flush'])}`,
      7,
    ),
    'facets, 30 days': facets(() => '', 30, dims),
    'facets, 30 days, a version and a system': facets(() => `version:${recent()} os:windows`, 30, dims),
    'facets, 30 days, a function': facets(
      () => `function:net::Channel${String(8 * 7 * Math.floor(random() * 900))}::*`,
      30,
      [...dims, 'reason', 'module'],
    ),
    'search, newest': search(() => '', 30),
    'search, part of a function': search(() => `function~Buffer${String(100 + Math.floor(random() * 900))}`, 30),
    'search, a rare module': search(() => `module:module${String(100 + Math.floor(random() * 2900))}.dll`, 30),
    'search, a module and short uptime': search(
      () => `module:module${String(81 + Math.floor(random() * 40))}.dll uptime<10s`,
      30,
    ),
    'search, part of a signature': search(() => `signature~group${String(Math.floor(random() * 40000))}`, 90),
    'completion of a function': () => {
      const text = `function:net::Channel${String(Math.floor(random() * 99))}`;
      return store.completeQuery(rows, PROJECT, { text, at: text.length });
    },
    'signature page: group and trend': async () => {
      const it = await store.findWholeGroup(rows, groupId(), [PROJECT]);
      await store.findGroupTrend(rows, it.members, new Date(today.getTime() - 29 * DAY_MS), today);
      await store.findGroupInstalls(rows, it.members, 30);
    },
    'signature page: facets': async () => {
      const groupIds = [groupId()];
      await store.findFacets(rows, { project: PROJECT, query: parseQuery(''), ...within(30), groupIds }, dims);
    },
    'signature page: reports': () => store.findGroupReports(rows, [groupId()], { size: 50 }),
    'signature page: icicle': () => store.findIcicle(rows, [groupId()]),
    'signature page: correlations': async () => {
      const { from, to } = within(30);
      await store.findCorrelations(rows, { project: PROJECT, members: [groupId()] }, from, to);
    },
  };
}
