import { fileURLToPath } from 'node:url';
import { Router } from 'express';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const font = (family: string, file: string) =>
  fileURLToPath(import.meta.resolve(`@fontsource-variable/${family}/files/${file}.woff2`));

/** The style sheets and their fonts; nothing else is reachable. */
const files: Record<string, string> = {
  'form.css': here('form.css'),
  'page.css': here('page.css'),
  'poster.css': here('poster.css'),
  'theme.css': here('theme.css'),
  'serif.woff2': font('source-serif-4', 'source-serif-4-latin-wght-normal'),
  'serif-ext.woff2': font('source-serif-4', 'source-serif-4-latin-ext-wght-normal'),
  'serif-cyrillic.woff2': font('source-serif-4', 'source-serif-4-cyrillic-wght-normal'),
  'sans.woff2': font('source-sans-3', 'source-sans-3-latin-wght-normal'),
  'sans-ext.woff2': font('source-sans-3', 'source-sans-3-latin-ext-wght-normal'),
  'sans-cyrillic.woff2': font('source-sans-3', 'source-sans-3-cyrillic-wght-normal'),
};

export function assets(): Router {
  const router = Router();
  for (const [name, path] of Object.entries(files)) {
    const maxAge = name.endsWith('.woff2') ? '30 days' : '10 minutes';
    router.get(`/${name}`, (_request, response) => response.sendFile(path, { maxAge }));
  }
  return router;
}
