// Laws 1 to 6 of DESIGN.md 3 as rules of dependency-cruiser. It sees static, type-only and dynamic imports, and follows
// linked packages to their sources.
const PACKAGE = '(?:apps/[^/]+|libs/airlock|libs/[^/]+/[^/]+)';
const LENIENT_SIDE = '^(?:apps/(?:lenient-api|web)|libs/lenient|libs/common)/';
const SPEC = '\\.spec\\.[cm]?tsx?$';

export const importRules = [
  {
    name: 'law-1-lenient-never-reaches-strict',
    comment: 'lenient-api, web, libs/lenient and libs/common reach libs/strict by no path, types included.',
    severity: 'error',
    from: { path: LENIENT_SIDE },
    to: { path: '^libs/(?:strict|airlock)/', reachable: true },
  },
  {
    name: 'law-1-lenient-never-names-strict',
    severity: 'error',
    from: { path: LENIENT_SIDE },
    to: {
      path: '^(?:libs/(?:strict|airlock)/|@crashkeep/(?:airlock|snapshot|minidump|elfcore|unwind|screen|symbols|envelope|unseal|strict-store|keeper-wire|synth|walk)(?:/|$))',
    },
  },
  {
    name: 'law-2-only-worker-imports-airlock',
    severity: 'error',
    from: { pathNot: '^(?:apps/worker|libs/airlock)/' },
    to: { path: '^(?:libs/airlock/|@crashkeep/airlock)' },
  },
  {
    name: 'law-2-only-airlock-mints',
    comment: 'ScreenedText is made in the airlock; everyone else receives it.',
    severity: 'error',
    from: { pathNot: '^(?:libs/airlock|libs/lenient/report)/' },
    to: { path: '^(?:libs/lenient/report/src/mint\\.ts|@crashkeep/report/mint)' },
  },
  {
    name: 'law-3-only-worker-and-keeper-import-unseal',
    severity: 'error',
    from: { pathNot: '^(?:apps/(?:worker|keeper)|libs/strict/unseal)/' },
    to: { path: '^(?:libs/strict/unseal/|@crashkeep/unseal)' },
  },
  {
    name: 'law-4-libs-never-import-apps',
    severity: 'error',
    from: { path: '^libs/' },
    to: {
      path: '^(?:apps/|@crashkeep/(?:ingest|worker|keeper|sequencer|strict-api|lenient-api|web|reading-room|cli|standalone)$)',
    },
  },
  {
    name: 'law-4-apps-never-import-apps',
    severity: 'error',
    from: { path: '^(apps/[^/]+)/' },
    to: { path: '^apps/', pathNot: '^$1/' },
  },
  {
    name: 'law-4-only-apps-and-platform-import-nest',
    severity: 'error',
    from: { path: '^libs/', pathNot: '^libs/common/platform/' },
    to: { path: '(?:^|/)@nestjs/' },
  },
  { name: 'law-5-no-cycles', severity: 'error', from: { pathNot: SPEC }, to: { circular: true } },
  {
    name: 'law-6-no-deep-imports',
    comment: 'A package is what its index exports. The one second entry is report/mint, for the airlock.',
    severity: 'error',
    from: { path: `^(${PACKAGE})/` },
    to: {
      path: `^${PACKAGE}/`,
      pathNot: [
        '^$1/',
        `^${PACKAGE}/src/index\\.tsx?$`,
        `^${PACKAGE}/dist/index\\.(?:js|d\\.ts)$`,
        '^libs/lenient/report/src/mint\\.ts$',
        '\\.css$',
      ],
    },
  },
  {
    name: 'tests-import-nothing-of-ours',
    severity: 'error',
    from: { path: '^test/system/' },
    to: { path: '^(?:apps|libs)/|^@crashkeep/' },
  },
];
