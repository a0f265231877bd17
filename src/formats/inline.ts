import { initWasm, inline } from '@css-inline/css-inline-wasm';

let loaded: Promise<void> | undefined;

/** Loads the inliner; once, however often it is asked for. */
export async function loadInliner(): Promise<void> {
  loaded ??= import('virtual:css-inline').then(({ wasm }) => initWasm({ module_or_path: bytesOf(wasm) } as never));
  await loaded;
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Puts the style sheets of a page into its elements; those marked `data-css-inline="keep"` stay as they are. */
export const inlineStyles = (html: string): string =>
  inline(html, { keepStyleTags: false, loadRemoteStylesheets: false });
