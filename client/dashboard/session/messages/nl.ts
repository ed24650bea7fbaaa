export const nl = {
  code: 'Code uit uw app, of een herstelcode',
  'code.needed': 'Vul de code uit uw app in.',
  'code.wrong': 'Deze code klopt niet.',
  'code.locked': 'Te veel foute codes. Probeer het over een kwartier opnieuw.',
  on: 'Inloggen via de gemeente',
  or: 'of met een wachtwoord',
  passkey: 'Gebruik een passkey',
  'passkey.stopped': 'Gebruik een passkey lukte niet. Probeer het opnieuw, of gebruik uw wachtwoord.',
  forgot: 'Wachtwoord vergeten?',
  'forgot.about':
    'Vul uw e-mailadres in. Is er mail ingesteld, dan krijgt u een link. Anders vraagt u uw beheerder om een link.',
  'forgot.send': 'Stuur een link',
  'forgot.sent': 'Is dit het adres van een account en is er mail ingesteld, dan is er nu een link onderweg.',
  'refused.no-role': 'U hebt bij de gemeente geen rol voor Klantpuls. Vraag uw beheerder.',
  'refused.no-email':
    'De gemeente gaf geen e-mailadres door dat hier gebruikt kan worden. Vraag uw beheerder.',
  'refused.disabled': 'Uw account is uitgeschakeld. Vraag uw beheerder.',
  'refused.failed': 'Inloggen via de gemeente lukte niet. Probeer het opnieuw.',
};
