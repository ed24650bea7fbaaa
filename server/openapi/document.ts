import { createDocument } from 'zod-openapi';
import { liveEvents } from '#shared/contract/live.ts';
import { apiVersion } from '../http/headers.ts';
import { accessPaths } from './access.ts';
import { collectingPaths } from './collecting.ts';
import { commentsPaths } from './comments.ts';
import { figuresPaths } from './figures.ts';
import { outgoingPaths } from './outgoing.ts';
import { passkeyPaths } from './passkeys.ts';
import { peoplePaths } from './people.ts';
import { privacyPaths } from './privacy.ts';
import { ratingsPaths } from './ratings.ts';
import { reportsPaths } from './reports.ts';
import { settingsPaths } from './settings.ts';
import { telephonyPaths } from './telephony.ts';
import { yearTablePaths } from './year-tables.ts';

/** The document, made from the same schemas that check what comes in. */
export const documentOf = (publicUrl: string | null, sessionCookie: string): string =>
  JSON.stringify(
    createDocument({
      openapi: '3.1.0',
      info: {
        title: 'Klantpuls',
        version: apiVersion,
        description:
          'Customer feedback of a Dutch municipality. The API is in English, with the Dutch term in brackets: a deliberate deviation from the rule of Dutch names.',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
        contact: {
          name: 'The municipality that runs this',
          ...(publicUrl === null ? {} : { url: `${publicUrl}/privacy` }),
        },
      },
      servers: [{ url: `${publicUrl ?? ''}/api/v1` }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      // Socket.IO, by namespace: who may send or hear what.
      'x-events': { '/live': liveEvents, '/device': { configuration: 'machine', revoked: 'machine' } },
      paths: {
        ...ratingsPaths,
        ...figuresPaths,
        ...reportsPaths,
        ...commentsPaths,
        ...yearTablePaths,
        ...settingsPaths,
        ...collectingPaths,
        ...telephonyPaths,
        ...accessPaths,
        ...peoplePaths,
        ...passkeyPaths,
        ...outgoingPaths,
        ...privacyPaths,
      },
    }),
  );
