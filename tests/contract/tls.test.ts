import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { certificate, certificateKey } from '../support/certificate.ts';
import { startProgram, temporaryFolder } from '../support/program.ts';

const person = { email: 'beheer@gemeente.example', password: 'een lang wachtwoord 1' };

/** The cookie of a new session, as the server sets it. */
async function sessionCookie(url: string): Promise<string> {
  const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    rejectUnauthorized: false,
  });
  request.end(JSON.stringify(person));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(201);
  return (response.headers['set-cookie'] ?? []).find((line) => line.includes('session_token')) ?? '';
}

test('AC4: a session of a server with its own certificate never travels without TLS', async () => {
  const folder = temporaryFolder();
  const files = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') };
  writeFileSync(files.TLS_CERT, certificate);
  writeFileSync(files.TLS_KEY, certificateKey);
  const admin = { ADMIN_EMAIL: person.email, ADMIN_PASSWORD: person.password };
  const program = await startProgram({ environment: { ...files, ...admin } });
  expect(program.url).toMatch(/^https:/);
  const cookie = await sessionCookie(program.url);
  // A browser takes a cookie of this name only with Secure, for the whole host, and from no other one.
  expect(cookie).toMatch(/^__Host-klantpuls\.session_token=/);
  expect(cookie).toMatch(/; Secure/);
  expect(cookie).toMatch(/; Path=\/(?:;|$)/);
  expect(cookie).not.toMatch(/; Domain/i);
  await program.stop();
});

test('AC4: without TLS the cookie is one that a browser keeps', async () => {
  const environment = { ADMIN_EMAIL: person.email, ADMIN_PASSWORD: person.password };
  const program = await startProgram({ environment });
  const cookie = await sessionCookie(program.url);
  expect(cookie).toMatch(/^klantpuls\.session_token=/);
  expect(cookie).not.toMatch(/Secure/);
  await program.stop();
});
