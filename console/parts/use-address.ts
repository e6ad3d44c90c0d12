import { useCallback } from 'react';
import { useSearch, useSearchParams } from 'wouter';

/** A value of the page's address, `''` without it, and a way to change it that leaves the others as they are. */
export function useAddress(name: string): [string, (value: string | null) => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (value: string | null) => {
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      );
    },
    [name, setParams],
  );
  return [params.get(name) ?? '', change];
}

/** What follows the `?` of an address, with it, so that a link keeps the filters of the page that it lies on. */
export function useAddressTail(): string {
  const search = useSearch();
  return search === '' ? '' : `?${search}`;
}
