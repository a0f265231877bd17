import { defineConfig } from 'vitest/config';
import { templates } from './rolldown.config.js';

export default defineConfig({
  plugins: [templates()],
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000 },
});
