/** How each crash handler is pointed at this vault. */
export interface Snippet {
  readonly id: string;
  readonly label: string;
  readonly code: string;
  /** What a person must know beside it. */
  readonly note: string;
}

export interface SnippetFacts {
  /** Ingest's public address. */
  readonly ingest: string;
  readonly project: string;
  /** A `cki_` token, or a stand-in for it. */
  readonly token: string;
}

export const TOKEN_STAND_IN = 'cki_YOUR_TOKEN';
const SYMBOLS_STAND_IN = 'cks_YOUR_TOKEN';

export function handlerSnippets(facts: SnippetFacts): readonly Snippet[] {
  const url = `${facts.ingest}/submit?token=${facts.token}`;
  return [curl(url), crashpad(url), breakpad(url), electron(url), sentryNative(facts)];
}

function curl(url: string): Snippet {
  return {
    id: 'curl',
    label: 'curl',
    code: ['curl -F upload_file_minidump=@crash.dmp \\', '  -F prod=my-app -F ver=1.0.0 \\', `  '${url}'`].join('\n'),
    note: 'Prints the report’s id. A minidump or an ELF core, packed with gzip or not.',
  };
}

function crashpad(url: string): Snippet {
  return {
    id: 'crashpad',
    label: 'Crashpad',
    code: [
      '// once, at start',
      'crashpad::CrashpadClient client;',
      'client.StartHandler(',
      '    handler_path, database_path, metrics_path,',
      `    "${url}",`,
      '    {{"prod", "my-app"}, {"ver", "1.0.0"}},',
      '    {"--no-rate-limit"},  // for the first test only',
      '    true, false);',
    ].join('\n'),
    note: 'Without --no-rate-limit Crashpad sends one crash an hour. Uploads must be allowed in its database settings.',
  };
}

function breakpad(url: string): Snippet {
  return {
    id: 'breakpad',
    label: 'Breakpad',
    code: ['minidump_upload -p my-app -v 1.0.0 \\', '  /path/to/crash.dmp \\', `  '${url}'`].join('\n'),
    note: 'The tool is built with Breakpad. From code, google_breakpad::HTTPUpload takes the same address and fields.',
  };
}

function electron(url: string): Snippet {
  return {
    id: 'electron',
    label: 'Electron',
    code: [
      "import { crashReporter } from 'electron';",
      '',
      '// in the main process, before app.ready',
      'crashReporter.start({',
      `  submitURL: '${url}',`,
      '});',
    ].join('\n'),
    note: 'Product and version come from your package.json. To try it, call process.crash() in a renderer.',
  };
}

function sentryNative({ ingest, project, token }: SnippetFacts): Snippet {
  const dsn = ingest.replace('://', `://${token}@`);
  return {
    id: 'sentry-native',
    label: 'sentry-native',
    code: [
      'sentry_options_t *options = sentry_options_new();',
      `sentry_options_set_dsn(options, "${dsn}/${project}");`,
      'sentry_options_set_release(options, "my-app@1.0.0");',
      'sentry_init(options);',
    ].join('\n'),
    note: 'With the Crashpad backend. Its minidumps are taken; envelopes (sessions, other events) are not.',
  };
}

/** Turns a program's debug information into symbols and uploads them. */
export function symbolsCommand(ingest: string, program: string): string {
  const file = program.replace(/[^\w.+-]/gu, '_');
  return [
    `dump_syms path/to/${file} > ${file}.sym`,
    `read -r _ _ _ id name < ${file}.sym`,
    `curl -T ${file}.sym -H 'Authorization: Bearer ${SYMBOLS_STAND_IN}' \\`,
    `  "${ingest}/symbols/$name/$id/\${name%.pdb}.sym"`,
  ].join('\n');
}
