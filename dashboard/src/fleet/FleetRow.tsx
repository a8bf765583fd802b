import { memo } from 'react';
import { Link } from 'react-router';
import type { AgentStatus, FleetAgent } from '../api/schema';
import { Sparkline } from '../charts/Sparkline';
import { formatUnit } from '../format/number';
import { useCommon } from '../language/common';
import { TimeText } from '../lists/TimeText';
import { fillColor } from '../theme/severity';
import { worstOf } from './rows';
import { useFleetText } from './text';

interface Props {
  index: number;
  /** Pixels from the top of the list. */
  top: number;
  /** Undefined: its page isn't there yet. */
  agent: FleetAgent | undefined;
  status: AgentStatus | undefined;
  cpu: number | null;
  memory: number | null;
  disk: number | null;
  sparkline: (number | null)[] | undefined;
  /** The one that the tab key leads to. */
  isActive: boolean;
}

/** An agent of the fleet. Thousands pass by, so it is plain elements, drawn again only when what it shows has changed. */
export const FleetRow = memo(function FleetRow({ index, top, agent, status, cpu, memory, disk, sparkline, isActive }: Props) {
  const say = useFleetText();
  const common = useCommon();
  const place = { transform: `translateY(${top}px)` };
  if (!agent || !status) {
    return <div role="row" aria-rowindex={index + 2} aria-busy className="fleet-row fleet-placed" style={place}><div role="cell" className="fleet-name">…</div></div>;
  }
  const worst = worstOf({ status, cpu, memory, disk });
  const labels = Object.entries(agent.labels).map(([name, value]) => `${name}=${value}`).join(' ');
  return (
    <div role="row" aria-rowindex={index + 2} className="fleet-row fleet-placed" style={place} data-agent={agent.name} data-status={status}>
      <div role="cell" className="fleet-name">
        <Link to={`/agents/${agent.name}`} data-row={index} tabIndex={isActive ? 0 : -1}>{agent.name}</Link>
        {agent.host && agent.host !== agent.name && <small>{agent.host}</small>}
      </div>
      <div role="cell" className="fleet-status"><span className="fleet-dot" data-mark={status} aria-hidden />{common(status)}</div>
      <div role="cell" className="fleet-value"><Fill percent={cpu} /></div>
      <div role="cell" className="fleet-value"><Fill percent={memory} /></div>
      <div role="cell" className="fleet-value"><Fill percent={disk} /></div>
      <div role="cell" className="fleet-worst">{worst ? <><small>{say(worst.name)}</small> <Fill percent={worst.percent} /></> : '–'}</div>
      <div role="cell" className="fleet-spark">{sparkline && <Sparkline values={sparkline} max={100} width={88} height={24} />}</div>
      <div role="cell" className="fleet-alerts">
        {agent.firing > 0 && agent.severity ? <span className="fleet-mark" data-mark={agent.severity}>{agent.firing} {common(agent.severity)}</span> : agent.firing || '–'}
      </div>
      <div role="cell" className="fleet-labels" title={labels}>{labels}</div>
      <div role="cell" className="fleet-seen"><TimeText at={agent.last_seen_at} /></div>
    </div>
  );
});

function Fill({ percent }: { percent: number | null }) {
  if (percent === null) return <span>–</span>;
  return (
    <>
      <span className="fleet-bar" aria-hidden><span data-fill={fillColor(percent)} style={{ transform: `scaleX(${Math.min(1, percent / 100)})` }} /></span>
      <span>{formatUnit(percent, 'percent')}</span>
    </>
  );
}
