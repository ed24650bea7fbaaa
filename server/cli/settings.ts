import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { fieldErrors } from '#shared/contract/errors.ts';
import { SettingsFile } from '#shared/contract/settings.ts';
import { lexiconSchema } from '#shared/core/themes/lexicon.ts';
import { SettingsRefused } from '../storage/refused.ts';
import { auditOf, CommandRefused, command, fileFrom } from './command.ts';

await command({
  help: `Loads settings from a JSON file: the municipality's name, languages, channels, touchpoints, products, targets and
indicators. What the file names is added or replaced, the rest stays. Works while the server runs.

  npm run settings -- FILE

The four indicators of a real year report, with targets and a whole city, are in server/demo/jaarverslag.json.`,
  options: {},
  async run({ positionals, open }) {
    const [name] = positionals;
    if (!name || positionals.length > 1) throw new CommandRefused('Name one file: npm run settings -- FILE');
    const raw = parse(await readFile(fileFrom(name), 'utf8'));
    const file = SettingsFile.safeParse(raw);
    if (!file.success)
      throw new CommandRefused(
        [
          'Nothing was changed:',
          ...fieldErrors(file.error, raw).map(({ pointer, detail }) => `  ${pointer}: ${detail}`),
        ].join('\n'),
      );
    const lexicon = lexiconSchema.nullable().optional().safeParse(file.data.themes);
    if (!lexicon.success)
      throw new CommandRefused(`Nothing was changed: themes: ${z.prettifyError(lexicon.error)}`);
    const store = await open();
    try {
      await store.changeSettings(file.data);
      await store.audit.append(auditOf('settings'));
    } catch (error) {
      throw error instanceof SettingsRefused
        ? new CommandRefused(`Nothing was changed: ${error.message}`)
        : error;
    }
    const parts = Object.entries(file.data).map(
      ([part, value]) => `${part}${Array.isArray(value) ? ` (${value.length})` : ''}`,
    );
    console.log(`Loaded: ${parts.join(', ')}.`);
  },
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandRefused(`This is not valid JSON: ${(error as Error).message}`);
  }
}
