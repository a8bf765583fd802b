import { Badge } from '@mantine/core';
import { useCommon } from '../language/common';
import { severityColor, statusColor } from '../theme/severity';

export function StatusBadge({ status }: { status: keyof typeof statusColor }) {
  const say = useCommon();
  return <Badge variant="light" className="contrast" color={statusColor[status]} data-status={status}>{say(status)}</Badge>;
}

/** How bad it is; nothing where that isn't known. */
export function SeverityBadge({ severity }: { severity: keyof typeof severityColor | null }) {
  const say = useCommon();
  return severity &&  <Badge variant="light" className="contrast" color={severityColor[severity]}>{say(severity)}</Badge>;
}
