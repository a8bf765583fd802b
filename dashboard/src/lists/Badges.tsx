import { Badge } from '@mantine/core';
import { useCommon } from '../language/common';
import { severityColor, statusColor } from '../theme/severity';

export function StatusBadge({ status }: { status: keyof typeof statusColor }) {
  const say = useCommon();
  return <Badge variant="light" className="contrast" color={statusColor[status]} data-status={status}>{say(status)}</Badge>;
}

export function SeverityBadge({ severity }: { severity: keyof typeof severityColor }) {
  const say = useCommon();
  return <Badge variant="light" className="contrast" color={severityColor[severity]}>{say(severity)}</Badge>;
}
