import { type RequestHandler, Router } from 'express';
import { ProblemError } from '#shared/contract/errors.ts';
import { sendProblem } from './respond.ts';

/** For the API: an address is one address, without a slash behind it and in one spelling. */
export const apiRouter = (): Router => Router({ strict: true, caseSensitive: true });

interface Layer {
  route?: { methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
  match(path: string): boolean;
}

function methodsIn(layers: readonly Layer[], path: string): string[] {
  return layers.flatMap((layer) => {
    if (!layer.route) return layer.handle.stack ? methodsIn(layer.handle.stack, path) : [];
    return layer.match(path) ? Object.keys(layer.route.methods) : [];
  });
}

/** For what no route of the router answered: 405 where the address has other methods, else 404. */
export const noRoute =
  (router: Router): RequestHandler =>
  (request, response) => {
    const methods = methodsIn(router.stack as unknown as Layer[], request.path);
    if (methods.length === 0)
      throw new ProblemError('not-found', 'There is nothing at this address of the API.');
    const allowed = methods.map((method) => method.toUpperCase()).join(', ');
    const { problem } = new ProblemError('method-not-allowed', `Use ${allowed} here.`);
    sendProblem(response, problem, { Allow: allowed });
  };
