import tseslint from 'typescript-eslint';

const noSignalTimeout = {
  selector: 'CallExpression[callee.object.name="AbortSignal"][callee.property.name="timeout"]',
  message: 'Node may collect it before it fires where another signal follows it: use src/processes/within.ts.',
};
const onlyIn = (files, ...entries) => ({
  files,
  rules: { 'no-restricted-syntax': ['error', noSignalTimeout, ...entries] },
});

const noInterval = {
  selector: "CallExpression[callee.name='setInterval']",
  message: 'Polling is `for await` over a watch: a timer nobody owns is never ended (invariant 3).',
};
const noWindowMessages = {
  selector:
    'CallExpression[callee.object.property.name="window"][callee.property.name=/^show(Error|Warning|Information)Message$/]',
  message:
    'Messages reach the user through src/extension/boundary.ts or a prompt in src/extension/prompts (invariant 5).',
};
const noConfiguration = {
  selector: 'CallExpression[callee.property.name="getConfiguration"]',
  message: 'Settings are read in src/extension/settings.ts only (invariant 9).',
};
const noRegisterCommand = {
  selector: 'CallExpression[callee.property.name=/^register(TextEditor)?Command$/]',
  message: 'Commands are registered from the table in src/extension/commands.ts (invariant 9).',
};

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'artifacts/',
      '.cache/',
      '.vscode-test/',
      'coverage/',
      'test/architecture/fixtures/',
      'test/fixtures/',
      '**/*.cjs',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/promise-function-async': 'error',
      '@typescript-eslint/return-await': ['error', 'always'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/max-params': ['error', { max: 4 }],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  onlyIn(['src/**/*.ts'], noInterval, noWindowMessages, noConfiguration, noRegisterCommand),
  onlyIn(
    ['src/extension/boundary.ts', 'src/extension/prompts/**/*.ts'],
    noInterval,
    noConfiguration,
    noRegisterCommand,
  ),
  onlyIn(['src/extension/settings.ts'], noInterval, noWindowMessages, noRegisterCommand),
  // The server asks the editor for its settings through the protocol's own getConfiguration.
  onlyIn(['src/language-server/**/*.ts'], noInterval, noWindowMessages, noRegisterCommand),
  onlyIn(['src/extension/registerCommands.ts'], noInterval, noWindowMessages, noConfiguration),
  {
    files: ['test/**/*.ts', 'src/cli/main.ts', 'src/local-account/main.ts'],
    rules: { 'max-lines': 'off', 'no-console': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
