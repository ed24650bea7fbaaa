import { randomUUID } from 'node:crypto';
import { idOfCall } from '../channels/telephony/call-id.ts';
import { languagesOf, lineOf } from '../channels/telephony/calls.ts';
import { hear, press } from '../channels/telephony/hear.ts';
import { messageOf, pathOf, trialSecretOf } from '../channels/telephony/simulator.ts';
import { secretKeyOf } from '../environment.ts';
import { sealerOf } from '../mail/seal.ts';
import { auditOf, CommandRefused, command } from './command.ts';

const patience = 10_000;

await command({
  help: `Calls a telephone line of the running server and shows what the caller hears. It sends the same signed messages as
a telephone platform does. The grade is kept as a trial, so it never counts.

  npm run call -- --line telefoon-14079 --keys 8#1

  --line KEY      the touchpoint that is called
  --keys KEYS     what the caller presses: 0 to 9, * and #; a comma waits, h hangs up. When no keys are left the
                  caller waits and listens
  --language L    the caller's language; the first of the line unless told
  --menu          the caller chooses the language: the first key belongs to the menu
  --url URL       where the server is; http://127.0.0.1 with PORT unless told
  --for-real      signed with the secret of the line; the grade counts
  --xml           shows the documents too`,
  options: {
    line: { type: 'string' },
    keys: { type: 'string' },
    language: { type: 'string' },
    menu: { type: 'boolean' },
    url: { type: 'string' },
    'for-real': { type: 'boolean' },
    xml: { type: 'boolean' },
  },
  async run({ environment, values, open }) {
    const { line: touchpoint, menu, xml } = values;
    let keys = values.keys ?? '';
    if (!touchpoint) throw new CommandRefused('Say which line: --line telefoon-14079');
    if (!/^[0-9*#,h]*$/.test(keys))
      throw new CommandRefused('--keys takes 0 to 9, *, #, a comma (wait) and h (hang up)');
    const store = await open({ mustExist: true });
    if (!store.settings().touchpoints.some(({ key }) => key === touchpoint))
      throw new CommandRefused(`There is no touchpoint ${touchpoint}.`);

    const forReal = values['for-real'] === true;
    const secretKey = await secretKeyOf(environment, store);
    const { PUBLIC_URL, PORT, TLS_CERT, TWIML_AUTH_TOKEN } = environment;
    const own = await lineOf(store.phone, touchpoint);
    if (forReal && own.platform === 'telnyx')
      throw new CommandRefused('Only Telnyx itself can sign for this line. Try it without --for-real.');
    const kept = own.sealedSecret === null ? TWIML_AUTH_TOKEN : sealerOf(secretKey).open(own.sealedSecret);
    const secret = forReal ? kept : trialSecretOf(secretKey);
    if (typeof secret !== 'string')
      throw new CommandRefused('This line has no secret yet. Try it without --for-real.');

    const server = (values.url ?? `${TLS_CERT ? 'https' : 'http'}://127.0.0.1:${PORT}`).replace(/\/+$/, '');
    const origin = PUBLIC_URL ?? server;
    const callId = `${forReal ? 'CA' : 'try-'}${randomUUID().replaceAll('-', '')}`;
    async function send(url: string, status: string, digits: string | null): Promise<string> {
      const message = messageOf({
        secret: secret as string,
        origin,
        touchpoint: touchpoint!,
        url,
        callId,
        status,
        digits,
      });
      let response: Response;
      try {
        response = await fetch(server + url, {
          method: 'POST',
          headers: message.headers as Record<string, string>,
          body: message.body.toString(),
          signal: AbortSignal.timeout(patience),
        });
      } catch {
        throw new CommandRefused(
          `Nothing answers at ${server}. Start the server (npm start), or name its address with --url.`,
        );
      }
      const text = await response.text();
      if (response.status === 403)
        throw new CommandRefused(
          `The server refused the signature. It knows itself by another address than ${origin}: set PUBLIC_URL as it has it, or another --url.`,
        );
      if (!response.ok)
        throw new CommandRefused(`The server answered ${response.status}: ${text.slice(0, 200)}`);
      return text;
    }

    await store.audit.append(auditOf('call', `${touchpoint}/${forReal ? 'for-real' : 'trial'}`));
    const language = menu ? null : (values.language ?? languagesOf(own, store.settings())[0]);
    const trial = forReal ? '' : 'trial=1';
    const query = [language ? `lang=${encodeURIComponent(language)}` : '', trial].filter(Boolean).join('&');
    console.log(`Calling ${touchpoint}${forReal ? '' : ' (a trial: the grade never counts)'}`);
    let document = await send(`${pathOf(touchpoint)}${query && `?${query}`}`, 'ringing', null);
    for (;;) {
      const { heard, gather } = hear(document);
      if (xml) console.log(`\n${document.trim()}`);
      console.log('');
      for (const one of heard)
        console.log(
          one.recording === null ? `  ${one.language}  ${one.text}` : `  recording  ${one.recording}`,
        );
      if (!gather) break;
      const { digits, rest, hangUp } = press(keys, gather);
      const sent = keys.slice(0, keys.length - rest.length);
      keys = rest;
      if (hangUp) {
        console.log('\n> hangs up');
        break;
      }
      console.log(`\n> ${digits === null ? 'waits' : `presses ${sent.replace(/,$/, ' and waits')}`}`);
      document = await send(gather.action.slice(origin.length), 'in-progress', digits);
    }
    await send(`${pathOf(touchpoint)}/status${trial && `?${trial}`}`, 'completed', null);

    const call = await store.phone.callOf(idOfCall(secretKey, touchpoint, callId));
    const rating = call?.rating as { grade: number; answers: Record<string, unknown> } | null | undefined;
    const answers = Object.entries(rating?.answers ?? {}).map(([key, value]) => `, ${key}: ${value}`);
    console.log(
      `\n${rating ? `Kept: ${rating.grade}${answers.join('')}${forReal ? '' : ' (a trial)'}` : 'Nothing was kept.'}`,
    );
  },
});
