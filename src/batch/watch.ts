import { resolve, sep } from 'node:path';
import { watch as watchFiles } from 'chokidar';
import { reason } from './read.js';
import { WatchError } from './watch-error.js';

/** Changes are waited for this long, so that an editor's way to save, or a copy of many files, is one change. */
const TOGETHER = 80;

export interface WatchOptions {
  /** Files and folders; what is added in a folder is seen too. */
  paths: readonly string[];
  /** Folders that are not looked at: our own briefs. */
  ignore: readonly string[];
  /** Called after changes, once more where some came meanwhile; never twice at a time. */
  onChange: () => Promise<void>;
  signal: AbortSignal;
}

/** Calls back whenever something below the paths has changed, until the signal. Throws WatchError. */
export async function watchPaths({ paths, ignore, onChange, signal }: WatchOptions): Promise<void> {
  const ours = ignore.map((folder) => resolve(folder));
  const isOurs = (path: string) =>
    ours.some((folder) => resolve(path) === folder || resolve(path).startsWith(folder + sep)) ||
    /(?:^|[\\/])(?:node_modules|\.[^\\/.][^\\/]*)(?:[\\/]|$)/.test(path);
  const watcher = watchFiles([...paths], { ignoreInitial: true, ignored: isOurs });
  try {
    await new Promise<void>((done, fail) => {
      let timer: NodeJS.Timeout | undefined;
      let busy = false;
      let again = false;
      const run = async () => {
        if (busy) {
          again = true;
          return;
        }
        busy = true;
        await onChange().catch(fail);
        busy = false;
        if (again && !signal.aborted) {
          again = false;
          await run();
        }
      };
      watcher.on('all', () => {
        clearTimeout(timer);
        timer = setTimeout(run, TOGETHER);
      });
      watcher.on('error', (error) => fail(new WatchError(inWords(error))));
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        done();
      });
    });
  } finally {
    await watcher.close();
  }
}

function inWords(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EMFILE')
    return 'the system lets no more files be watched; raise it with: sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512';
  return `cannot watch: ${reason(error)}`;
}
