import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { Channel, Product, Touchpoint } from '#shared/contract/settings.ts';
import { newItems } from './collecting.ts';
import { failures, json, list, needs } from './parts.ts';

export const settingsPaths: ZodOpenApiPathsObject = {
  ...Object.fromEntries(
    (
      [
        ['channels', 'kanalen', Channel],
        ['touchpoints', 'contactpunten', Touchpoint],
        ['products', 'producten', Product],
      ] as const
    ).map(([name, dutch, schema]) => [
      `/${name}`,
      {
        get: {
          operationId: `list-${name}`,
          summary: `All ${name} (${dutch})`,
          ...needs('figures'),
          responses: { '200': json(list(schema), 'All'), ...failures(401, 403) },
        },
        post: newItems[name],
      },
    ]),
  ),
};
