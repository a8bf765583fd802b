import type { useCommon } from '../language/common';

/** A tenant's roles for a choice, the least first. */
export function roleChoices(common: ReturnType<typeof useCommon>) {
  return (['viewer', 'operator', 'admin'] as const).map((value) => ({ value, label: common(value) }));
}
