/**
 * Addresses that the server answers with the dashboard: the browser makes the page. Under /beheer every address is
 * one, so that a section needs no line here.
 */
export const dashboardPages = [
  '/',
  '/setup',
  '/toegang',
  '/account',
  '/verloop',
  '/ritme',
  '/spreiding',
  '/waarom',
  '/reacties',
  '/signalen',
  '/servicenormen',
  '/jaarcijfers',
  '/wandscherm',
  '/beheer',
] as const;
export type DashboardPage = (typeof dashboardPages)[number] | `/beheer/${string}`;
