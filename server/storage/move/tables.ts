/**
 * What is copied between the two databases, table by table under the same names, those first that others refer to. What
 * is not named is made anew: words of comments, and what only one of the two has.
 */
export interface Table {
  name: string;
  /** What rows are copied in the order of, and go on after; unique. */
  key: readonly string[];
  columns: readonly string[];
}

const table = (name: string, key: string, columns: string): Table => ({
  name,
  key: key.split(' '),
  columns: columns.split(' '),
});

export const tables: readonly Table[] = [
  table('settings', 'name', 'name value'),
  table('channels', 'key', 'key name position'),
  table('touchpoints', 'key', 'key name channel scale origins trial retired method position'),
  table('locations', 'touchpoint since', 'touchpoint since location'),
  table('methods', 'id', 'id touchpoint label'),
  table('placements', 'id', 'id touchpoint location method'),
  table('products', 'id', 'id key name upl retired'),
  table('languages', 'id', 'id key position'),
  table('targets', 'scope key year', 'scope key year grade'),
  table('indicators', 'key', 'key content position'),
  table('questionnaires', 'touchpoint version', 'touchpoint version valid_from method content'),
  table('service_norms', 'id', 'id key content'),
  table('norm_counts', 'norm placement day', 'norm placement day asked confirmed'),
  table('comments', 'seq', 'seq at placement text'),
  table('first_posts', 'seq', 'seq grade smiley answers comment'),
  table('voids', 'seq', 'seq reason by at'),
  table('changes', 'sequence', 'sequence deltas'),
  table(
    'follow_ups',
    'seq',
    'seq version status owner note done done_at forwarded_at changed_at changed_by placement themes',
  ),
  table('comment_news', 'number', 'number seq what'),
  table('year_tables', 'id', 'id year content hash frozen_at frozen_by reopened_at reopened_by reason'),
  table('tokens', 'id', 'id name role scope hash created_at expires_at revoked_at reach'),
  table('setup_links', 'hash', 'hash expires_at'),
  table(
    'user',
    'id',
    'id name email emailVerified image createdAt updatedAt role reach disabledAt twoFactorEnabled',
  ),
  table('session', 'id', 'id expiresAt token createdAt updatedAt ipAddress userAgent userId'),
  table(
    'account',
    'id',
    'id accountId providerId userId accessToken refreshToken idToken accessTokenExpiresAt refreshTokenExpiresAt scope password createdAt updatedAt',
  ),
  table('verification', 'id', 'id identifier value expiresAt createdAt updatedAt'),
  table('twoFactor', 'id', 'id secret backupCodes userId verified failedVerificationCount lockedUntil'),
  table('access_links', 'hash', 'hash user purpose expires_at'),
  table('passkeys', 'id', 'id user name public_key counter created_at last_used_at'),
  table('watch', 'id', 'id content'),
  table(
    'signals',
    'id',
    'id scope key raised_at since mean_before n_before mean_since n_since evidence threshold base_from base_to settled_at acknowledged_at snoozed_until',
  ),
  table(
    'devices',
    'id',
    'id name touchpoint created_at retired_at idle_seconds opening_hours pin last_seen heartbeat silent_since',
  ),
  table('device_places', 'device touchpoint', 'device touchpoint'),
  table('phone_lines', 'touchpoint', 'touchpoint platform secret content'),
  table('calls', 'id', 'id touchpoint counts at offered reached finished ended turns rating'),
  table('call_counts', 'touchpoint day', 'touchpoint day offers calls rated broken_off'),
  table('survey_links', 'id', 'id touchpoint content'),
  table(
    'mail',
    'id',
    'id kind invitation address state attempts queued_at due_at changed_at reference reason sealed',
  ),
  table('mail_wishes', 'account kind', 'account kind language'),
  table('mail_told', 'account subject', 'account subject at'),
  table(
    'invitations',
    'number',
    'number id token touchpoint product form moment language reference created_at expires_at answered_at',
  ),
  table('spared_addresses', 'address reason', 'address reason until'),
  table('webhooks', 'id', 'id name url types sealed created_at'),
  table('rating_events', 'number', 'number kind rating'),
  table('webhook_events', 'number', 'number id type subject body at'),
  table(
    'webhook_deliveries',
    'webhook event',
    'webhook event subject state attempts due_at changed_at status reason',
  ),
  table('notices', 'number', 'number kind subject at'),
  table('audit_chain', 'one', 'one forgotten forgotten_hash last last_hash'),
  table('audit_events', 'id', 'id at kind actor name session method route object outcome hash'),
];

/** Ratings stand in two tables on PostgreSQL. */
export const ratings = table(
  'ratings',
  'seq',
  'seq id placement grade smiley product language form at received_after given_after marks answers',
);

/** Columns of the accounts library that hold an instant, and those that hold a truth. */
export const instants =
  /^(?:createdAt|updatedAt|expiresAt|accessTokenExpiresAt|refreshTokenExpiresAt|lockedUntil)$/;
export const truths = /^(?:emailVerified|twoFactorEnabled|verified)$/;

export const quoted = (name: string): string => `"${name}"`;
/** The names of columns, for a statement of either. */
export const namesOf = (columns: readonly string[]): string => columns.map(quoted).join(', ');
