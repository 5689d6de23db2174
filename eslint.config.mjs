import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What the content security policy would block at run time is refused here already, and so is markup built from strings. */
const blockedByPolicy = [
  {
    selector: 'AssignmentExpression > MemberExpression.left[property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Markup from strings is a script hole: build nodes, or parse a server fragment with parseFragment.',
  },
  {
    selector: "CallExpression[callee.property.name='insertAdjacentHTML']",
    message: 'Markup from strings is a script hole: build nodes, or parse a server fragment with parseFragment.',
  },
  {
    selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value='style']",
    message: "style-src 'self' blocks style attributes: use a class or a data attribute.",
  },
  {
    selector: "CallExpression[callee.object.name='document'][callee.property.name='write']",
    message: 'Never document.write.',
  },
];

export default tseslint.config(
  { ignores: ['**/bin/', '**/obj/', '**/node_modules/', 'src/Host/wwwroot/', 'data/', 'tests/', 'docs/'] },
  {
    files: ['src/*/Client/**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-restricted-syntax': ['error', ...blockedByPolicy],
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'setTimeout', 'clearTimeout', 'performance', 'Buffer'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
