import { defineConfig } from 'vitest/config';
import { virtualModules } from './rolldown.config.js';

/** Where to leave a report for programs beside the one for people. */
const report = process.env['TEST_REPORT'];

export default defineConfig({
  plugins: [virtualModules()],
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    update: 'none', // Expectations are written with -u alone.
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
