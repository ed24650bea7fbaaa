import { readdirSync } from 'node:fs';
import type { RequestHandler } from 'express';

const packings = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;
const types: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
};

/** Sends a file that the build packed as it was packed, to whoever can unpack it. Stands before what sends files. */
export function packed(folder: string): RequestHandler {
  const files = new Set(
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (file) => `/${file.replaceAll('\\', '/')}`,
    ),
  );
  return (request, response, next) => {
    const { path } = request;
    const type = types[path.slice(path.lastIndexOf('.') + 1)];
    if (!type || !files.has(`${path}.gz`)) return next();
    response.vary('Accept-Encoding');
    const accepted = request.acceptsEncodings(packings.map(({ encoding }) => encoding));
    const packing = packings.find(({ encoding }) => encoding === accepted);
    if (packing) {
      response.set({ 'Content-Type': type, 'Content-Encoding': packing.encoding });
      request.url = request.url.replace(path, path + packing.ending);
    }
    next();
  };
}
