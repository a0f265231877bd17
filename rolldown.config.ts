import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { defineConfig, type Plugin } from 'rolldown';
import { compileOptions } from './src/render/compile.js';

/** Gives `virtual:templates`: the templates folder, compiled. The tests use it too. */
export function templates(): Plugin {
  const folder = fileURLToPath(new URL('templates', import.meta.url));
  return {
    name: 'templates',
    resolveId: (id) => (id === 'virtual:templates' ? '\0virtual:templates' : null),
    load(id) {
      if (id !== '\0virtual:templates') return null;
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => name.replaceAll('\\', '/'))
        .filter((name) => name.endsWith('.hbs'))
        .sort();
      const entries = names.map((name) => {
        this.addWatchFile(`${folder}/${name}`);
        const text = readFileSync(`${folder}/${name}`, 'utf8');
        return `${JSON.stringify(name.slice(0, -4))}: ${String(Handlebars.precompile(text, compileOptions))}`;
      });
      return `export default {\n${entries.join(',\n')}\n};`;
    },
  };
}

export default defineConfig([
  {
    platform: 'node',
    plugins: [templates()],
    input: { cli: 'src/cli/main.ts' },
    output: { dir: 'dist', format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs', minify: { compress: true, mangle: false, codegen: false } },
  },
  {
    platform: 'node',
    plugins: [templates()],
    input: { index: 'src/index.ts' },
    external: [/^[a-z@][^:]*$/i],
    output: { dir: 'dist', format: 'esm', chunkFileNames: 'library-[name]-[hash].js' },
  },
]);
