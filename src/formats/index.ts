import { email } from './email.js';
import type { TemplatedFormat } from './format.js';
import { html } from './html.js';
import { markdown } from './markdown.js';
import { text } from './text.js';

/** The formats that templates make for readers. */
export const templatedFormats: readonly TemplatedFormat[] = [html, markdown, text, email];
