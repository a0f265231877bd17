import { discover } from '../../batch/discover.js';
import { rules } from '../../checks/rules/index.js';
import { usualFormats } from '../../formats/list.js';
import type { Path } from '../../yaml/places.js';
import { EXIT } from '../errors.js';
import { toJson } from '../json.js';
import { inside, type Settings, type SettingsOptions, settingsFor } from '../settings.js';
import { type Terminal, visible } from '../terminal.js';

export interface ConfigOptions extends SettingsOptions {
  showOrigin?: boolean | undefined;
  json?: boolean | undefined;
}

interface Setting {
  name: string;
  value: unknown;
  /** Where it is set; undefined where it is nutgraf's own. */
  origin?: string | undefined;
}

/** `nutgraf config`: the settings that count for some stories, and where each comes from. */
export async function showConfig(wanted: string[], options: ConfigOptions, terminal: Terminal): Promise<number> {
  const paths = wanted.length > 0 ? wanted : ['.'];
  const files = discover(paths, true);
  const settings = await settingsFor(files.length > 0 ? files : paths.map(inside), options, terminal);
  if (!settings) return EXIT.findings;
  const all = [...settingsOf(settings), ...defaults(settings)];
  if (options.json) {
    terminal.out(`${toJson(all, 2)}\n`);
    return EXIT.ok;
  }
  for (const { name, value, origin } of all) {
    const line = `${name}: ${Array.isArray(value) ? `[${value.join(', ')}]` : String(value)}`;
    const lead = options.showOrigin ? `${visible(origin ?? 'default')}\t` : '';
    terminal.out(`${lead}${visible(line)}\n`);
  }
  return EXIT.ok;
}

/** What the settings file says, leaf by leaf. */
function* settingsOf(settings: Settings): Generator<Setting> {
  yield* leaves(settings.config, [], settings);
}

function* leaves(group: object, path: Path, settings: Settings): Generator<Setting> {
  for (const [key, value] of Object.entries(group)) {
    const at = [...path, key];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) yield* leaves(value, at, settings);
    else if (value !== undefined)
      yield { name: at.join('.'), value: value, origin: `${settings.file}:${settings.lineOf(at) ?? 1}` };
  }
}

function* defaults({ config, house }: Settings): Generator<Setting> {
  if (!config.formats) yield { name: 'formats', value: usualFormats };
  if (!config.output) yield { name: 'output', value: 'briefs' };
  for (const { name, level, fixed, options = {} } of rules) {
    const set = (config.rules as Record<string, unknown> | undefined)?.[name];
    if (set === undefined || (typeof set === 'object' && !Object.hasOwn(set as object, 'level'))) {
      const now = house.levels?.[name] ?? level;
      yield { name: `rules.${name}${Object.keys(options).length > 0 ? '.level' : ''}`, value: fixed ? level : now };
    }
    for (const [option, { value }] of Object.entries(options))
      if (house.options?.[name]?.[option] === undefined) yield { name: `rules.${name}.${option}`, value };
  }
}
