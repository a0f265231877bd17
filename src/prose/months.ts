/**
 * Names of months, long and short, in the languages in which a day before them is written as an ordinal, as in “24. Dezember”
 * (unicode.org/cldr: bs cs da de et fi fo hr hu is lb lv nb nn se sk sl sr-Latn tr). Kept here, so that prose is read the same everywhere.
 */
const MONTHS: ReadonlySet<string> = new Set(
  `abr abrëll apr april aprill apríl apríla aprīlis ara aralık aug august augusta augusts augusztus avg avgust ağu ağustos
borg borgemánnu března cuo cuoŋománnu dec decembar december decembra decembris des desember dets detsember dez dezember
dubna eki ekim elokuuta eyl eylül feb febr februar február februára februāris febrúar geas geassemánnu golg golggotmánnu
guov guovvamánnu haz haziran heinäkuuta helmikuuta huhtikuuta jaan jaanuar jan januar január januára janv janvāris
janúar joulukuuta jul juli julij jun juni junij juov juovlamánnu juuli juuni júl júla július júlí jún júna június júní
jūl jūlijs jūn jūnijs kas kasım kesäkuuta kol kolovoza května ledna lip lipnja lis listopada listopadu lokakuuta
maaliskuuta mai maijs maj mar marca marec marraskuuta mars mart marts may mayıs maí mee mies miessemánnu máj mája május
márc március mäe mäerz märts märz nis nisan njuk njukčamánnu nov novembar november novembra novembris nóv nóvember oca
ocak okt oktobar oktober oktobris oktoober október októbra ođđajagemánnu ođđj ožu ožujka pro prosinca prosince ruj rujna
sep sept septembar september septembra septembris sij siječnja skáb skábmamánnu srp srpna srpnja stu studenoga suoi
suoidnemánnu svi svibnja syyskuuta szept szeptember tammikuuta tem temmuz toukokuuta tra travnja veebr veebruar velj
veljače září ágú ágúst ápr április února čakč čakčamánnu července června října şub şubat`.split(/\s/),
);

/** Whether a word is a month's name where a day before it is written as an ordinal. */
export const isMonthOfOrdinal = (word: string): boolean => MONTHS.has(word.toLowerCase());
