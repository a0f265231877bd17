import { initWasm, inline } from '@css-inline/css-inline-wasm';

let loaded: Promise<void> | undefined;

/**
 * Loads the inliner, once, however often it is asked for: what puts the style sheets of a page into its elements. Those
 * marked `data-css-inline="keep"` stay as they are.
 */
export async function loadInliner(): Promise<(html: string) => string> {
  loaded ??= import('virtual:css-inline').then(({ wasm }) => initWasm({ module_or_path: bytesOf(wasm) } as never));
  await loaded;
  return (html) => inline(html, { keepStyleTags: false, loadRemoteStylesheets: false });
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
