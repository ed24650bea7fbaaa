/** For every term of the pages the question that somebody has, and the answer. */
export const nl = {
  title: 'Begrippen op deze pagina',
  'grade.q': 'Wat is het rapportcijfer?',
  'grade.a':
    'Een heel cijfer van 1 tot 10, gegeven door iemand die net geholpen is. Een gemiddelde heeft één decimaal en wordt afgerond van de exacte aantallen.',
  'rating.q': 'Wat is een waardering?',
  'rating.a':
    'Het antwoord van één persoon: een cijfer of smiley, soms met antwoorden op vragen en een reactie.',
  'margin.q': 'Wat is de marge?',
  'margin.a':
    'Bij deze aantallen ligt het gemiddelde met 95% zekerheid binnen de marge. Loopt de periode nog, dan is de marge ruimer, zodat u zo vaak kunt kijken als u wilt.',
  'target.q': 'Wat is de norm?',
  'target.a':
    'Het gemiddelde dat ten minste is afgesproken. “Boven” of “onder de norm” zeggen wij alleen als de norm buiten de marge ligt.',
  'indicative.q': 'Wat is indicatief?',
  'indicative.a':
    'Onder {few} waarderingen tonen wij geen cijfer. Onder {enough} is het indicatief: het kan nog alle kanten op, en wij oordelen er niet over.',
  'smiley.q': 'Hoe tellen smileys?',
  'smiley.a':
    'Vijf gezichten worden een cijfer: 1, 3,25, 5,5, 7,75 of 10. Dat berekende cijfer staat apart en telt niet mee in het gevraagde rapportcijfer.',
  'channel.q': 'Wat is een kanaal, en wat een contactpunt?',
  'channel.a':
    'Een kanaal is een weg naar de gemeente: balie, website, telefoon. Een contactpunt is één plek daarvan waar u om een cijfer vraagt: een tablet, een pagina, een telefoonlijn.',
  'break.q': 'Waarom is een lijn onderbroken?',
  'break.a':
    'Daar veranderde de vraag of de schaal, de meetmethode. Cijfers van vóór en na die methodebreuk zijn niet te vergelijken, dus doen wij dat niet.',
  'who.q': 'Over wie gaan de cijfers?',
  'who.a': 'Over wie een waardering gaf. Niet iedereen doet dat.',
  'signal.q': 'Wat is een signaal?',
  'signal.a':
    'Een aangetoonde daling van een kanaal of contactpunt, vergeleken met hoe het daar eerder ging. Ook een kanaal dat boven de norm ligt kan dalen.',
  'falseAlarm.q': 'Wat is een vals alarm?',
  'falseAlarm.a':
    'Een signaal terwijl er niets veranderde: toeval. U kiest hoeveel u er per jaar aanvaardt. Minder valse alarmen betekent dat een echte daling later wordt gezien.',
  'spread.q': 'Wat is de spreiding?',
  'spread.a':
    'De standaardafwijking: hoe ver cijfers gemiddeld van het midden liggen. Bij een klein getal is iedereen het eens.',
  'percentile.q': 'Wat zijn P10 en P90?',
  'percentile.a': 'Een op de tien gaf P10 of een lager cijfer, een op de tien gaf P90 of een hoger.',
  'proven.q': 'Wanneer is een verandering bewezen?',
  'proven.a':
    'Als de marge van de verandering nul niet raakt, ook nadat is gerekend met hoeveel groepen er zijn vergeleken. Wat bleek staat, is gemeten maar niet bewezen.',
  'mix.q': 'Wat is de samenstelling?',
  'mix.a':
    'Een gemiddelde verandert ook als er van een groep meer waarderingen komen dan eerst, zonder dat iemand anders oordeelt. Dat deel heet de samenstelling.',
  'within.q': 'Wat is de eigen verandering?',
  'within.a': 'Wat er verandert doordat mensen binnen een groep zelf een ander cijfer geven dan eerst.',
  'theme.q': 'Wat is een thema?',
  'theme.a':
    'Waar een reactie over gaat, zoals wachttijd of bejegening: gevonden met een woordenlijst. Een reactie kan meer thema’s hebben, of geen.',
  'improvement.q': 'Wat is een verbeterpunt?',
  'improvement.a':
    'Een reactie waar iets mee te doen is. Zij krijgt een status, iemand die het oppakt, en na afloop de woorden “wat wij ermee deden”.',
  'redaction.q': 'Waarom staan er blokjes in een reactie?',
  'redaction.a':
    'Namen, telefoonnummers, adressen en nummers van personen worden weggehaald voordat een reactie wordt bewaard.',
  'norm.q': 'Wat is een servicenorm?',
  'norm.a':
    'Een belofte, zoals “binnen 10 minuten geholpen”, gemeten als het aandeel van de antwoorden dat haar bevestigt.',
  'indicator.q': 'Wat is een indicator?',
  'indicator.a':
    'Een rapportcijfer waarover de gemeente elk jaar verslag doet: uit Klantpuls berekend, of uit een ander onderzoek ingevuld.',
  'realised.q': 'Wat is de realisatie?',
  'realised.a': 'Het cijfer dat over het jaar is gemeten, naast het doel dat in de begroting staat.',
  'met.q': 'Wanneer is het doel gehaald?',
  'met.a':
    'Als het cijfer zoals het er staat, met één decimaal, niet lager is dan het doel. Hoe zeker dat is, staat erbij.',
  'frozen.q': 'Wat is vastleggen?',
  'frozen.a':
    'De cijfers van een jaar liggen dan vast met een controlegetal. Wat later nog binnenkomt, verandert ze niet en wordt erbij vermeld.',
} as const;
