import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['node_modules', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  { files: ['**/*.{ts,tsx}'], extends: [ts.configs.strict, a11y.flatConfigs.recommended, hooks.configs.flat.recommended] },
  { files: ['build/*.js', 'postcss.config.cjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable' } } },
  {
    files: ['**/*.{ts,tsx}'],
    rules: { 'max-lines': ['error', 300], 'no-console': 'error', eqeqeq: 'error', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
