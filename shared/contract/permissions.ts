/** Who may do what; apart from the checks of what comes in, because every page asks it. */
export const roles = ['viewer', 'manager', 'controller', 'privacy', 'admin', 'machine'] as const;
export type Role = (typeof roles)[number];

/** What an account can be allowed to do; `admin` may do all but speak for a machine. */
export const permissions = {
  figures: ['viewer', 'manager', 'controller', 'admin'],
  comments: ['manager', 'admin'],
  void: ['manager', 'admin'],
  exports: ['manager', 'controller', 'admin'],
  indicators: ['controller', 'admin'],
  audit: ['privacy', 'admin'],
  privacy: ['privacy', 'admin'],
  erasure: ['privacy', 'admin'],
  administration: ['admin'],
  metrics: ['admin', 'machine'],
  invitations: ['admin', 'machine'],
  machine: ['machine'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

export const may = (role: Role, permission: Permission): boolean =>
  (permissions[permission] as readonly Role[]).includes(role);

/** Roles that can be limited to some channels or locations; the others have to do with all of it. */
export const limitable = ['viewer', 'manager', 'controller'] as const satisfies readonly Role[];
