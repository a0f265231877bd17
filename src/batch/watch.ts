import { relative, resolve } from 'node:path';
import { watch as watchFiles } from 'chokidar';
import { reason } from './read.js';
import { WatchError } from './watch-error.js';

/** Changes are waited for this long, so that an editor's way to save, or a copy of many files, is one change. */
const TOGETHER = 80;

export interface WatchOptions {
  /** Files and folders; what is added in a folder is seen too. */
  paths: readonly string[];
  /** Where our own briefs go, which are no change. */
  output: string;
  /** Called once all is watched, before the first build. */
  onStart: () => void;
  /** Called at first, and after changes; never twice at a time. */
  onChange: () => Promise<void>;
  signal: AbortSignal;
}

/** What stories and templates are made of; briefs are not. */
const OURS = /\.(?:ya?ml|hbs)$/i;

const HIDDEN = /(?:^|[\\/])(?:node_modules|\.[^\\/.][^\\/]*)(?:[\\/]|$)/;

/** Calls back whenever something below the paths has changed, until the signal. Throws WatchError. */
export async function watchPaths({ paths, output, onStart, onChange, signal }: WatchOptions): Promise<void> {
  const roots = paths.map((path) => resolve(path));
  const folder = resolve(output);
  const isBelow = (path: string, above: string) => path === above || !/^\.\.(?:[\\/]|$)/.test(relative(above, path));
  const holdsStories = roots.some((root) => isBelow(root, folder));
  const isIgnored = (name: string) => {
    const path = resolve(name);
    if (!holdsStories && isBelow(path, folder)) return true;
    // What a root is called, or stands in, is no reason to pass over what is in it.
    return roots.every((root) => !isBelow(path, root) || HIDDEN.test(relative(root, path)));
  };
  const alive = setInterval(() => {}, 1 << 30); // also where all that is watched has been deleted
  const watcher = watchFiles([...paths], { ignoreInitial: true, ignored: isIgnored });
  try {
    await new Promise<void>((done, fail) => {
      let timer: NodeJS.Timeout | undefined;
      let busy = false;
      let again = false;
      const run = async () => {
        again = busy;
        if (busy) return;
        busy = true;
        await onChange().catch(fail);
        busy = false;
        if (again && !signal.aborted) await run();
      };
      const end = () => {
        clearTimeout(timer);
        done();
      };
      watcher.on('all', (event, path) => {
        if (!event.endsWith('Dir') && !OURS.test(path) && !roots.includes(resolve(path))) return;
        clearTimeout(timer);
        timer = setTimeout(run, TOGETHER);
      });
      watcher.on('error', (error) => fail(new WatchError(inWords(error))));
      watcher.on('ready', () => {
        onStart();
        void run();
      });
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
    });
  } finally {
    clearInterval(alive);
    await watcher.close();
  }
}

function inWords(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EMFILE')
    return 'the system lets no more files be watched; raise it with: sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512';
  return `cannot watch: ${reason(error)}`;
}
