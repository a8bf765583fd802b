import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

type Load = () => Promise<{ default: ComponentType }>;

/** A page that is loaded when it is first drawn, or before: {@link LazyPage.load}. */
export type LazyPage = LazyExoticComponent<ComponentType> & { load: Load };

export function lazyPage(load: Load): LazyPage {
  return Object.assign(lazy(load), { load });
}
