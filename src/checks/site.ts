import { load } from 'virtual:lazy/tldts-icann';

/** Sites that carry what others publish. */
const PLATFORMS =
  /(?:^|\.)(?:youtube\.com|youtu\.be|twitter\.com|x\.com|facebook\.com|instagram\.com|tiktok\.com|threads\.net|bsky\.app|linkedin\.com|reddit\.com|medium\.com|substack\.com|wordpress\.com|blogspot\.com|tumblr\.com|github\.com|github\.io|archive\.(?:org|today|ph|is)|google\.com|apple\.com|apple\.news|msn\.com|yahoo\.com|t\.me|telegram\.org|bit\.ly|t\.co|doi\.org|documentcloud\.org|scribd\.com|amazonaws\.com|prnewswire\.com|businesswire\.com|globenewswire\.com|spotify\.com|vimeo\.com|wikimedia\.org|wikipedia\.org|example\.(?:com|org|net))$/;

/**
 * The site of an address, as `bbc.co.uk` or `cnn.com`: what was registered below a suffix of the public suffix list
 * (https://publicsuffix.org). Undefined for a site where everyone publishes, and for an address without one.
 */
export function siteOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const hostname = new URL(url).hostname.replace(/\.$/, '');
  if (PLATFORMS.test(hostname)) return undefined;
  const site = load().getDomain(hostname) ?? undefined;
  return site === 'go.com' ? hostname.split('.').slice(-3).join('.') : site; // abcnews.go.com, espn.go.com
}
