import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { briefsOf, soundStories } from './support.js';

const house = { levels: { 'missing-headline': 'warning' } } as const;

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: { 'long-title': 'off' }, // a headline is as long as it is
});

describe.each(soundStories())('the page of $name', ({ bytes }) => {
  it('is valid HTML', async () => {
    const { text } = await briefsOf(bytes, { house });
    const report = await validator.validateString(text['html'] ?? '');
    expect(
      report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`),
      ),
    ).toEqual([]);
  });

  it('runs nothing and fetches nothing but its pictures', async () => {
    const { text } = await briefsOf(bytes, { house });
    const page = text['html'] ?? '';
    expect(page.match(/<script(?! type="application\/ld\+json")/g)).toBeNull();
    expect(page.match(/<(?:link|iframe|object|embed|form|video|audio)\b/g)).toBeNull();
    expect(page.match(/url\(|@import| on\w+="/g)).toBeNull();
    const [, data = '{}'] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page) ?? [];
    expect(JSON.parse(data)).toMatchObject({ '@type': 'NewsArticle' });
  });
});

const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (!browser) console.warn('SKIPPED: no browser found, so accessibility and layout are not tested (install chromium)');

describe.skipIf(!browser)('in a real browser', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

  it('axe finds nothing, and nothing is wider than the window, in light and dark', { timeout: 180_000 }, async () => {
    const window = await chromium.launch({
      executablePath: browser ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    const wrong: string[] = [];
    try {
      for (const { name, bytes } of soundStories().filter((story) =>
        /^stories|every-field|markdown-prose/.test(story.name),
      )) {
        const { text } = await briefsOf(bytes, { house });
        for (const [width, colorScheme] of [
          [320, 'light'],
          [1600, 'dark'],
        ] as const) {
          const page = await window.newPage({ viewport: { width, height: 900 }, colorScheme });
          await page.route('**/*', (route) =>
            route.request().url().startsWith('about:') ? route.continue() : route.abort(),
          );
          await page.setContent(text['html'] ?? '');
          await page.addScriptTag({ content: axe });
          const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
            violations: { id: string; nodes: { html: string }[] }[];
          };
          for (const { id, nodes } of violations) wrong.push(`${name} at ${width}: ${id}: ${nodes[0]?.html}`);
          const overflow = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
          if (overflow) wrong.push(`${name} at ${width}: wider than the window`);
          await page.close();
        }
      }
    } finally {
      await window.close();
    }
    expect(wrong).toEqual([]);
  });
});
