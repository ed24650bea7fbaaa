import type { FieldError, Problem } from '#shared/contract/errors.ts';

/** What the server said no to, or `status` 0 when it said nothing. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly errors: FieldError[];
  /** Of an edit conflict: how it is now. */
  readonly current: unknown;

  constructor(status: number, title: string, errors: FieldError[] = [], current?: unknown) {
    super(title);
    this.current = current;
    this.status = status;
    this.errors = errors;
  }
}

type Query = Record<string, string | readonly string[] | undefined>;

function addressOf(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of value === undefined ? [] : [value].flat()) search.append(key, one);
  }
  return `/api/v1/${path}${search.size > 0 ? `?${search}` : ''}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body: Partial<Problem> = await response.json().catch(() => ({}));
  return new ApiProblem(response.status, body.title ?? response.statusText, body.errors ?? [], body.current);
}

/** What this page speaks with in the place of a session: a wallboard has its own. */
let ownToken: string | null = null;
export const speakWith = (token: string | null): void => {
  ownToken = token;
};
export const tokenInUse = (): string | null => ownToken;

/** Without a header of ours a question is the same as the one that the HTML asks ahead. */
async function send(address: string, options: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, {
      ...options,
      headers: {
        ...(ownToken ? { authorization: `Bearer ${ownToken}` } : {}),
        ...options.headers,
      },
    });
  } catch (cause) {
    throw new ApiProblem(0, String(cause));
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The server is our own and checks what it sends; the types are those of the contract. */
export async function get<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
  const response = await send(addressOf(path, query), signal ? { signal } : {});
  return response.json();
}

async function sendJson<Answer>(
  method: 'POST' | 'PUT' | 'PATCH',
  path: string,
  body: unknown,
): Promise<Answer> {
  const response = await send(addressOf(path, {}), {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  // Some changes are answered without a word.
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as Answer;
}

export const post = <Answer>(path: string, body: unknown) => sendJson<Answer>('POST', path, body);
export const patch = <Answer>(path: string, body: unknown) => sendJson<Answer>('PATCH', path, body);
export const put = <Answer>(path: string, body: unknown) => sendJson<Answer>('PUT', path, body);

/** What the answer says, if it says anything. */
export async function remove<Answer = unknown>(path: string): Promise<Answer | null> {
  const response = await send(addressOf(path, {}), { method: 'DELETE' });
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

/** A text of another type than JSON, such as CSV. */
export async function postText<Answer>(
  path: string,
  query: Query,
  { type, text }: { type: string; text: string },
): Promise<Answer> {
  const response = await send(addressOf(path, query), {
    method: 'POST',
    headers: { 'content-type': type },
    body: text,
  });
  return response.json();
}
