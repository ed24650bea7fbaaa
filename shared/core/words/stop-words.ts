import { fold } from './tokens.ts';

/**
 * Words that say nothing by themselves, without diacritics. Not here, because they do say something: niet, geen, nooit,
 * niets, zonder, alles, altijd, iemand, opnieuw, veel, lang, snel. Also not: verbs and nouns of the service itself.
 */
const dutch = `
de het een en of maar want dus doch dat die dit deze der des den
ik jij je jou jouw u uw hij hem zij ze haar wij we ons onze jullie men mij me mijn zich zelf zijn hun hen ge gij
m'n z'n d'r zo'n 't 'n 's 'k m n s t k d r ie ik't das zon
in op aan met voor van te bij uit om door over naar tot als dan toen nu nog al er hier daar waar
hoe wie welke wel ook toch zo dan even ff eens maar reeds weer heel erg echt zeer best best gewoon nou
tegen onder tussen na sinds tijdens per via omdat doordat zodat terwijl hoewel indien mits tenzij toen
ben bent is was waren zijn geweest wezen word wordt worden werd werden geworden
heb hebt heeft hebben had hadden gehad kan kun kunt kunnen kon konden gekund
zal zult zullen zou zouden wil wilt willen wilde wilden wou moet moeten moest moesten mag mogen mocht mochten
doe doet doen deed deden gedaan ga gaat gaan ging gingen gegaan kom komt komen kwam kwamen gekomen
laat laten liet liep krijg krijgt krijgen kreeg kregen gekregen blijf blijft blijven
erop eraf erin eruit erbij ervan ervoor ermee daarna daarom daarbij daarvan daarvoor hierbij hierover
iets wat alle elk elke ieder iedere ander andere anders zulk zulke eigen beide
ja oh ah ach hoor he zeg okay
`;

/** Comments in English stand between the Dutch ones; words that mean something in Dutch are not here. */
const english = `
the and to it its for with this that these those my your our their they them she his him i you we me
are am be been being were has have having had do does did can could will would should may might must
an at by from as if so then than there here which who what when where how just very also too
`;

const stopWords: ReadonlySet<string> = new Set(
  `${dutch} ${english}`.split(/\s+/).filter((word) => word !== ''),
);

export const isStopWord = (word: string): boolean => stopWords.has(fold(word));
