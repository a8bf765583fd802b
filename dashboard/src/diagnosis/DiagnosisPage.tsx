import { Stack } from '@mantine/core';
import { useCommon } from '../language/common';
import { AgentPicker } from '../lists/AgentPicker';
import { Answered, EmptyState, PageHead } from '../lists/states';
import { useAddress } from '../lists/useAddress';
import { useMay } from '../session/session';
import { PastReports } from './PastReports';
import { useExperts } from './reports';
import { RunPanel } from './RunPanel';
import { useDiagnosisText } from './text';

export default function DiagnosisPage() {
  const say = useDiagnosisText();
  const common = useCommon();
  const may = useMay();
  const { get, set } = useAddress();
  const agent = get('agent');
  const query = useExperts();
  return (
    <Stack>
      <PageHead title={common('diagnosis')} />
      <AgentPicker value={agent} onChange={(chosen) => set({ agent: chosen }, { push: true })} />
      {agent === '' ? <EmptyState title={say('pickAgent')}>{say('pickAgentHow')}</EmptyState> : (
        <Answered query={query}>
          {({ experts }) => (
            <>
              {may('diagnoses_run') && <RunPanel key={agent} agent={agent} experts={experts} expert={get('expert')} />}
              <PastReports agent={agent} experts={experts} />
            </>
          )}
        </Answered>
      )}
    </Stack>
  );
}
