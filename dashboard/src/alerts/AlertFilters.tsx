import type { ReactNode } from 'react';
import { useCommon } from '../language/common';
import { Filters, FilterSelect, FilterText } from '../lists/filters';
import { useAddress } from '../lists/useAddress';
import { useAlertsText } from './text';

export function AlertFilters({ children }: { children?: ReactNode }) {
  const say = useAlertsText();
  const common = useCommon();
  return (
    <Filters>
      <FilterText name="agent" label={common('agent')} />
      <FilterText name="rule" label={say('rule')} />
      <FilterSelect name="severity" label={say('severity')} data={(['critical', 'warning', 'info'] as const).map((value) => ({ value, label: common(value) }))} />
      <FilterSelect name="acknowledged" label={say('acknowledge')} data={[{ value: 'true', label: say('acknowledged') }, { value: 'false', label: say('open') }]} />
      {children}
    </Filters>
  );
}

/** What the address asks for, as the centre takes it. */
export function useAlertFilters() {
  const { get } = useAddress();
  const acknowledged = get('acknowledged');
  return {
    agent: get('agent') || undefined,
    rule: get('rule') || undefined,
    severity: (get('severity') || undefined) as 'info' | 'warning' | 'critical' | undefined,
    acknowledged: acknowledged === '' ? undefined : acknowledged === 'true',
    after: get('after') || undefined,
    limit: 50,
  };
}
