import { type Request, type Response, Router } from 'express';
import type { Form } from '#shared/contract/questionnaire.ts';
import { isLanguage } from '#shared/messages/index.ts';
import { renderPoster } from './poster.ts';

export interface QrDeps {
  formOf(touchpoint: string, language: string): Form | null;
  /** Where residents reach this server. */
  originOf(request: Request): string;
}

const drawing = { type: 'svg', margin: 2, errorCorrectionLevel: 'M' } as const;

/** The code to print, as a drawing and as a picture of 1,024 pixels, and a poster to hang beside the desk. */
export function qrPages({ formOf, originOf }: QrDeps): Router {
  const router = Router();
  const found = (request: Request) => formOf(String(request.params.touchpoint), 'nl');
  const addressOf = (request: Request, { touchpoint }: Form) => `${originOf(request)}/q/${touchpoint}`;
  const keep = (response: Response) => response.set('Cache-Control', 'no-cache');

  router.get('/q/:touchpoint.svg', async (request, response, next) => {
    const form = found(request);
    if (!form) return next();
    const { default: QRCode } = await import('qrcode');
    keep(response)
      .type('svg')
      .send(await QRCode.toString(addressOf(request, form), drawing));
  });

  router.get('/q/:touchpoint.png', async (request, response, next) => {
    const form = found(request);
    if (!form) return next();
    const options = { type: 'png', width: 1024, margin: 2, errorCorrectionLevel: 'M' } as const;
    const { default: QRCode } = await import('qrcode');
    keep(response)
      .type('png')
      .send(await QRCode.toBuffer(addressOf(request, form), options));
  });

  router.get('/q/:touchpoint/poster', (request, response, next) => {
    const { touchpoint } = request.params;
    const { language } = request.query;
    const form = formOf(touchpoint, isLanguage(language) ? language : 'nl');
    if (!form) return next();
    const page = renderPoster(form, addressOf(request, form));
    return keep(response).type('html').send(page);
  });

  return router;
}
