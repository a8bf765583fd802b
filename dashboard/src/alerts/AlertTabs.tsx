import { useCommon } from '../language/common';
import { LinkTabs } from '../lists/LinkTabs';
import { useAlertsText } from './text';

/** The way between the pages of alerts. */
export function AlertTabs() {
  const say = useAlertsText();
  const common = useCommon();
  const tabs = (['active', 'history', 'silences', 'rules', 'channels'] as const).map((one) => ({ to: `/alerts/${one}`, text: say(one) }));
  return <LinkTabs label={common('alerts')} tabs={tabs} />;
}
