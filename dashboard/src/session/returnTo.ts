/** Where to go after the sign-in: a path of this page, never another site's. */
export function returnTo(params: URLSearchParams): string {
  const wanted = params.get('return_to') ?? '/';
  return wanted.startsWith('/') && !wanted.startsWith('//') && !wanted.includes('\\') ? wanted : '/';
}
