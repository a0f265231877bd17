/** Services that lead to an address which stands in their own: hosts, and where it stands. */
const REDIRECTORS: readonly { host: RegExp; path?: RegExp; parameters: readonly string[] }[] = [
  { host: /(?:^|\.)google\.[a-z.]{2,6}$/, path: /^\/(?:url|imgres)$/, parameters: ['q', 'url', 'imgurl'] },
  {
    host: /^l[m]?\.(?:facebook|instagram|messenger)\.com$|(?:^|\.)facebook\.com$/,
    path: /^\/(?:l\.php)?$/,
    parameters: ['u'],
  },
  { host: /^(?:t\.umblr|href\.li)\.com$/, path: /^\/redirect$/, parameters: ['z'] },
  { host: /^out\.reddit\.com$/, parameters: ['url'] },
  { host: /^slack-redir\.net$/, parameters: ['url'] },
  { host: /(?:^|\.)youtube\.com$/, path: /^\/redirect$/, parameters: ['q'] },
  { host: /(?:^|\.)duckduckgo\.com$/, path: /^\/l\/?$/, parameters: ['uddg'] },
  { host: /(?:^|\.)safelinks\.protection\.outlook\.com$/, parameters: ['url'] },
  { host: /(?:^|\.)linkedin\.com$/, path: /^\/(?:redir\/redirect|safety\/go)/, parameters: ['url'] },
  { host: /(?:^|\.)vk\.com$/, path: /^\/away/, parameters: ['to'] },
  { host: /(?:^|\.)bing\.com$/, path: /^\/news\/apiclick/, parameters: ['url'] },
  { host: /(?:^|\.)medium\.com$/, path: /^\/r\/?$/, parameters: ['url'] },
  { host: /(?:^|\.)steamcommunity\.com$/, path: /^\/linkfilter/, parameters: ['url', 'u'] },
  { host: /(?:^|\.)(?:exit\.sc|disq\.us|anonym\.to)$/, parameters: ['url'] },
  {
    host: /(?:^|\.)(?:redirectingat|viglink|skimresources|awin1|anrdoezrs|dpbolvw|jdoqocy|kqzyfj|tkqlhce)\.(?:com|net)$/,
    parameters: ['url', 'u', 'ued', 'p'],
  },
];

/** How often a redirector may lead to another. */
const MOST = 5;

/** The address to which a known redirector leads; any other address as it is. */
export function unwrapped(url: string): string {
  let at = url;
  for (let i = 0; i < MOST; i++) {
    const next = target(at);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function target(url: string): string | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { hostname, pathname, search, searchParams } = new URL(url);
  const amp = /(?:^|\.)google\.[a-z.]{2,6}$/.test(hostname) ? /^\/amp\/(s\/)?(.+)$/.exec(pathname) : null;
  if (amp) return `http${amp[1] ? 's' : ''}://${amp[2]}${search}`;
  const defended = /^urldefense\.(?:com|us)$/.test(hostname)
    ? /^\/v3\/__(https?:\/{1,2}[^;]*?)__;/.exec(pathname)
    : null;
  if (defended) return (defended[1] as string).replace(/^(https?:)\/(?!\/)/, '$1//');
  if (/(?:^|\.)urldefense\.proofpoint\.com$/.test(hostname)) {
    const coded = searchParams.get('u');
    const read = coded === null ? '' : percentDecoded(coded.replaceAll('-', '%').replaceAll('_', '/'));
    return whole(read);
  }
  const known = REDIRECTORS.find(
    ({ host, path }) => host.test(hostname) && (path === undefined || path.test(pathname)),
  );
  for (const name of known?.parameters ?? []) {
    const address = whole(searchParams.get(name) ?? '');
    if (address !== undefined) return address;
  }
  return undefined;
}

const whole = (url: string) => (/^https?:\/\/[^\s]+$/i.test(url) && URL.canParse(url) ? url : undefined);

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
