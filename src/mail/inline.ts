import { initWasm, inline } from '@css-inline/css-inline-wasm';

let loaded: Promise<void> | undefined;

/** Loads the inliner; once, however often it is asked for. */
export async function loadInliner(): Promise<void> {
  loaded ??= import('virtual:css-inline').then(({ wasm }) =>
    initWasm({ module_or_path: Uint8Array.from(atob(wasm), (char) => char.charCodeAt(0)) } as never),
  );
  await loaded;
}

/** Puts the style sheets of a page into its elements; those marked `data-css-inline="keep"` stay as they are. */
export const inlineStyles = (html: string): string =>
  inline(html, { keepStyleTags: false, loadRemoteStylesheets: false });
