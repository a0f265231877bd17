/** The words that an edition adds to its stories', in one language. */
export interface EditionWords {
  sponsor: string;
  events: string;
  contents: string;
  readMore: string;
  number: string;
}

const languages: Readonly<Record<string, EditionWords>> = {
  en: { sponsor: 'Sponsored', events: 'Events', contents: 'In this edition', readMore: 'Read more', number: 'No.' },
  de: { sponsor: 'Anzeige', events: 'Termine', contents: 'In dieser Ausgabe', readMore: 'Weiterlesen', number: 'Nr.' },
  fr: { sponsor: 'Publicité', events: 'Agenda', contents: 'Au sommaire', readMore: 'Lire la suite', number: 'N°' },
  es: {
    sponsor: 'Patrocinado',
    events: 'Agenda',
    contents: 'En esta edición',
    readMore: 'Seguir leyendo',
    number: 'N.º',
  },
  pt: { sponsor: 'Patrocinado', events: 'Agenda', contents: 'Nesta edição', readMore: 'Ler mais', number: 'N.º' },
  it: {
    sponsor: 'Sponsorizzato',
    events: 'Appuntamenti',
    contents: 'In questo numero',
    readMore: 'Continua a leggere',
    number: 'N.',
  },
  ja: { sponsor: '広告', events: '催し', contents: '今号の内容', readMore: '続きを読む', number: '第' },
  ar: { sponsor: 'إعلان', events: 'فعاليات', contents: 'في هذا العدد', readMore: 'اقرأ المزيد', number: 'العدد' },
};

/** The words of an edition in a language; English where the house does not speak it. */
export function editionWords(lang: string): EditionWords {
  return languages[lang.split('-')[0] ?? ''] ?? (languages['en'] as EditionWords);
}
