import { useSearchParams } from 'react-router';

/**
 * A list's filters live in the address, so that a list can be shared as a link. `set` changes some and goes back to the first page; an
 * empty value takes the filter out.
 */
export function useAddress() {
  const [params, setParams] = useSearchParams();
  return {
    params,
    get: (name: string) => params.get(name) ?? '',
    all: (name: string) => params.getAll(name),
    set: (changes: Record<string, string | string[] | undefined>, options?: { keepPage?: boolean; push?: boolean }) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (!options?.keepPage) ['page', 'after'].forEach((name) => next.delete(name));
          for (const [name, value] of Object.entries(changes)) {
            next.delete(name);
            for (const one of Array.isArray(value) ? value : [value]) if (one) next.append(name, one);
          }
          return next;
        },
        { replace: !options?.push },
      ),
  };
}
