import type { TemplatedFormat } from './format.js';
import { html } from './html.js';
import { markdown } from './markdown.js';
import { text } from './text.js';

/** The formats that templates make for readers. */
export const templatedFormats: readonly TemplatedFormat[] = [html, markdown, text];

/** All formats by name; `json` is for programs, and has no template. */
export const formatNames = [...templatedFormats.map(({ name }) => name), 'json'] as const;
