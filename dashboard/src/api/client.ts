import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem';
import type { paths } from './schema';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

let csrfToken: string | undefined;
let onSignedOut: () => void = () => undefined;

/** Takes the token that proves that a change comes from this page; it is bound to the session. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** What happens when the session turns out to be over. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

/** Headers that every change needs, for requests that don't go through the typed client. */
export function changeHeaders(): Record<string, string> {
  return csrfToken === undefined ? {} : { 'X-CSRF-Token': csrfToken };
}

/** Turns an answer that is none into a Problem; a session that is over is told to the page as a whole. */
export async function orProblem(response: Response): Promise<Response> {
  if (response.ok) return response;
  const problem = await Problem.of(response);
  if (problem.status === 401 && csrfToken !== undefined) {
    csrfToken = undefined;
    onSignedOut();
  }
  throw problem;
}

const rules: Middleware = {
  onRequest({ request }) {
    if (!safeMethods.includes(request.method)) {
      for (const [name, value] of Object.entries(changeHeaders())) request.headers.set(name, value);
    }
    return request;
  },
  async onResponse({ response }) {
    await orProblem(response);
    return undefined;
  },
};

/** The centre's REST API, typed by its own OpenAPI document. Calls throw a {@link Problem} where the centre answers one. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
api.use(rules);

/** The body of an answer that has one. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
