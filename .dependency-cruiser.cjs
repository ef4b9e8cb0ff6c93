// Who may import what: the table of ARCHITECTURE.md. Each rule has a fixture in test/architecture that breaks it.
// `vscode` resolves to @types/vscode, so a rule that matches ^vscode$ alone passes silently.
const vscode = '(^vscode$|@types/vscode/)';
const sdk = '(^|node_modules/)@(aws-sdk|smithy)/';
const lsp = 'vscode-(languageserver|languageclient|jsonrpc)';
const childProcess = '^(node:)?child_process$';
/** Node modules that core may use: they compute, and touch neither files, network nor processes. */
const nodeIo =
  '^(node:)?(?!path/posix$)(assert|async_hooks|buffer|child_process|cluster|console|constants|crypto|dgram|diagnostics_channel|dns|domain|events|fs|fs/promises|http|http2|https|inspector|module|net|os|path|perf_hooks|process|punycode|querystring|readline|repl|stream|string_decoder|timers|timers/promises|tls|tty|url|util|v8|vm|wasi|worker_threads|zlib)$';

const SRC = process.env.SLUICE_ARCHITECTURE_ROOT ?? '^src';
const src = (path) => `${SRC}/${path}`;

/** Files under `from` may not import anything in `to`. */
const forbid = (name, from, to, extra = {}) => ({
  name,
  severity: 'error',
  from: { path: src(from), ...extra.from },
  to: { path: to, ...extra.to },
});
/** Files under `from` may import, of our own source, only `allowed`. */
const onlyFrom = (name, from, allowed) => forbid(name, from, `${SRC}/`, { to: { pathNot: allowed.map(src) } });

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },

    onlyFrom('core-only-core', 'core/', ['core/']),
    forbid('core-no-vscode', 'core/', vscode),
    forbid('core-no-lsp', 'core/', lsp),
    forbid('core-no-sdk', 'core/', sdk),
    forbid('core-no-node', 'core/', nodeIo, { to: { dependencyTypes: ['core'] } }),
    onlyFrom('base-imports-nothing', 'core/base/', ['core/base/']),
    onlyFrom('language-only-base', 'core/language/', ['core/base/', 'core/language/']),
    onlyFrom('asl-only-language', 'core/asl/', ['core/base/', 'core/language/', 'core/asl/']),
    onlyFrom('glue-only-language', 'core/glue/', ['core/base/', 'core/language/', 'core/glue/']),
    onlyFrom('workspace-no-runs', 'core/workspace/', ['core/(base|language|asl|glue|workspace)/']),
    onlyFrom('existence-only-asl-glue', 'core/existence/', [
      'core/(base|language|asl|glue|existence)/',
      'core/workspace/rules/given.ts',
    ]),
    onlyFrom('interpreter-only-asl', 'core/interpreter/', ['core/(base|language|asl|interpreter)/']),
    onlyFrom('connections-only-base', 'core/connections/', ['core/(base|connections)/']),
    onlyFrom('runs-only-asl-glue', 'core/runs/', ['core/(base|asl|glue|runs|connections|language)/']),
    onlyFrom('deploy-only-asl-glue', 'core/deploy/', ['core/(base|asl|glue|deploy|language)/']),

    onlyFrom('aws-only-core', 'aws/', ['core/', 'aws/']),
    forbid('aws-no-vscode', 'aws/', vscode),
    { name: 'sdk-only-in-aws', severity: 'error', from: { path: `${SRC}/`, pathNot: src('aws/') }, to: { path: sdk } },

    onlyFrom('processes-only-core', 'processes/', ['core/', 'processes/']),
    forbid('processes-no-vscode', 'processes/', vscode),
    {
      name: 'spawn-only-in-processes',
      severity: 'error',
      from: { path: `${SRC}/`, pathNot: src('processes/') },
      to: { path: childProcess },
    },

    onlyFrom('local-account-only-core-processes', 'local-account/', ['core/', 'processes/', 'local-account/']),
    forbid('local-account-no-vscode', 'local-account/', vscode, { to: { reachable: true } }),

    onlyFrom('language-server-only-core', 'language-server/', ['core/', 'language-server/']),
    forbid('language-server-no-vscode', 'language-server/', vscode, { to: { reachable: true } }),
    forbid('language-server-no-sdk', 'language-server/', sdk, { to: { reachable: true } }),
    {
      name: 'lsp-server-only-in-language-server',
      severity: 'error',
      from: { path: `${SRC}/`, pathNot: src('(language-server|extension)/') },
      to: { path: lsp },
    },

    onlyFrom('cli-only-core', 'cli/', ['core/', 'cli/']),

    onlyFrom('views-only-core-aws-types', 'views/', ['core/', 'aws/', 'views/']),
    {
      name: 'views-aws-types-only',
      severity: 'error',
      from: { path: src('views/') },
      to: { path: src('aws/'), dependencyTypesNot: ['type-only'] },
    },
    forbid('pure-views-no-vscode', 'views/.*/(node|load|present|protocol)[^/]*\\.ts$', vscode, {
      to: { dependencyTypesNot: ['type-only'] },
    }),
    forbid('webview-client-only-dom', 'views/graph/client/', `(${vscode}|${SRC}/(?!views/graph/(client|protocol)))`),

    {
      name: 'nobody-imports-extension',
      severity: 'error',
      from: { path: `${SRC}/`, pathNot: src('extension/') },
      to: { path: src('extension/') },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
