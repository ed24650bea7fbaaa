import { may, type Role } from '#shared/contract/access.ts';
import type { Settings } from './port.ts';

/**
 * By how many ratings a figure has moved before this account sees it move; 1 is every rating. Who may read single
 * comments sees every rating; on a wall nobody does.
 */
export function thresholdOf(
  { role, scope }: { role: Role; scope: string | null },
  { viewerThreshold, wallboardThreshold }: Pick<Settings, 'viewerThreshold' | 'wallboardThreshold'>,
  onWall = scope === 'wallboard',
): number {
  const own = may(role, 'comments') ? 1 : viewerThreshold;
  return onWall ? Math.max(wallboardThreshold, own) : own;
}
