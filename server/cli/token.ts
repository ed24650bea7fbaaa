import { randomBytes } from 'node:crypto';
import { Role, TokenScope } from '#shared/contract/access.ts';
import { hashOf } from '../access/accounts.ts';
import { auditOf, CommandRefused, command } from './command.ts';

await command({
  help: `Makes an API token and prints it, alone, on standard output. It is shown once; only its hash is kept.

  npm run token -- --name "Wallboard hal" --role viewer

  --name X      what it is for
  --role R      viewer, manager, controller, privacy, admin or machine
  --for S       for a machine: invitations, or telephony:KEY for the line with that key
  --days N      valid for N days; without it until it is revoked`,
  options: {
    name: { type: 'string' },
    role: { type: 'string' },
    for: { type: 'string' },
    days: { type: 'string' },
  },
  async run({ values, open }) {
    const role = Role.safeParse(values.role);
    if (!values.name) throw new CommandRefused('Say what the token is for: --name "…"');
    if (!role.success) throw new CommandRefused(`Choose a role: --role ${Role.options.join(' | ')}`);
    const scope = TokenScope.optional().safeParse(values.for);
    if (!scope.success) throw new CommandRefused('--for takes "invitations" or "telephony:KEY"');
    if (scope.data && role.data !== 'machine') throw new CommandRefused('--for goes with --role machine');
    const days = values.days === undefined ? null : Number(values.days);
    if (days !== null && !(Number.isInteger(days) && days > 0))
      throw new CommandRefused('--days takes a whole number of days');

    const store = await open();
    const line = scope.data?.startsWith('telephony:') ? scope.data.slice('telephony:'.length) : null;
    if (line !== null && !store.settings().touchpoints.some(({ key }) => key === line))
      throw new CommandRefused(`There is no touchpoint ${line}.`);
    const secret = randomBytes(32).toString('base64url');
    const now = Date.now();
    const id = await store.access.addToken({
      name: values.name,
      role: role.data,
      scope: scope.data ?? null,
      hash: hashOf(secret),
      expiresAt: days === null ? null : now + days * 86_400_000,
      now,
    });
    await store.audit.append(auditOf('token', String(id)));
    console.log(secret);
  },
});
