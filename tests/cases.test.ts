import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pretty } from '../src/cli/report/pretty.js';
import type { House } from '../src/house.js';
import { houseOf, readConfig } from '../src/settings/config.js';
import { briefsOf, ROOT } from './support.js';

const FOLDER = join(ROOT, 'tests', 'cases');

const CONFIG = 'nutgraf.config.yaml';

/** The sources of cases that are about something else are short. */
const SHORT: House = { levels: { 'incomplete-source': 'off' } };

function houseIn(file: string): House {
  const { config, diagnostics } = readConfig(readFileSync(file), file);
  expect(diagnostics).toEqual([]);
  return houseOf(config ?? {});
}

/** Each folder is a story and what must come of it: briefs, or diagnostics. `npm test -- -u` writes expectations. */
describe('cases', () => {
  for (const name of readdirSync(FOLDER).sort()) {
    it(name, async () => {
      const folder = join(FOLDER, name);
      const files = readdirSync(folder);
      const expected = files.filter((file) => /^(?:brief|diagnostics)\./.test(file)).length;
      const house = files.includes(CONFIG) ? houseIn(join(folder, CONFIG)) : SHORT;
      const { text, diagnostics } = await briefsOf(readFileSync(join(folder, 'story.yaml')), { house });
      if (diagnostics.length > 0)
        await expect(pretty(diagnostics, false)).toMatchFileSnapshot(join(folder, 'diagnostics.txt'));
      for (const [format, brief] of Object.entries(text)) {
        if (format === 'html') await expect(withoutStyle(brief)).toMatchFileSnapshot(join(folder, 'brief.html'));
        else await expect(brief).toMatchFileSnapshot(join(folder, `brief.${format}`));
      }
      expect(diagnostics.length + Object.keys(text).length, 'a case shows briefs or findings').toBeGreaterThan(0);
      if (expected > 0) expect(expected).toBe(Object.keys(text).length + (diagnostics.length > 0 ? 1 : 0));
    });
  }
});

/** The style sheet is the same in every page, and has its own test: the eye. */
function withoutStyle(page: string): string {
  return page.replace(/<style>.*<\/style>/s, '<style>…</style>');
}
