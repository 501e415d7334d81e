import tseslint from 'typescript-eslint';

/** Rules of this house that a linter can hold; the rest is in test/architecture.test.ts. */
const noBareTransaction = {
  selector: "CallExpression[callee.property.name='transaction'][callee.object.name='sequelize']",
  message: 'Use inTransaction from server/db/transaction.ts: a bare transaction bypasses the write queue.',
};
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only server/config.ts reads the environment.',
};

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'node_modules/', 'views/assets/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      // Express 5 takes handlers that return promises, and forwards their rejections.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-syntax': ['error', noBareTransaction, noEnvironment],
      // Adapters must return promises where a library says so, whether or not they wait for anything.
      '@typescript-eslint/require-await': 'off',
      // Libraries hand on faults of unknown type; they are passed along as they are.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      'no-console': 'error',
    },
  },
  { files: ['server/db/transaction.ts'], rules: { 'no-restricted-syntax': ['error', noEnvironment] } },
  {
    files: ['server/config.ts', 'test/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noBareTransaction] },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-expressions': 'off', '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    ...tseslint.configs.disableTypeChecked,
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
