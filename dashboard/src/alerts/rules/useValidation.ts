import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { Problem } from '../../api/problem';
import type { RuleValidation } from '../../api/schema';
import { type RuleDraft, ruleOf } from './ruleDraft';

async function validate(draft: RuleDraft): Promise<RuleValidation> {
  try {
    return await bodyOf(api.POST('/api/v1/rules/validate', { body: ruleOf(draft) }));
  } catch (failure) {
    // What can't even be read is a fault of the rule, too.
    if (!(failure instanceof Problem) || failure.status !== 400) throw failure;
    return { valid: false, faults: [failure.message], condition: null, agents: [], agent_count: 0, series: [], series_count: 0 };
  }
}

/** What the centre says of a rule while it is typed. */
export function useValidation(draft: RuleDraft) {
  const [settled] = useDebouncedValue(draft, 400);
  const query = useQuery({ queryKey: ['rule-validation', settled], queryFn: () => validate(settled), placeholderData: (before) => before, gcTime: 0 });
  return { ...query, isCurrent: settled === draft && !query.isPlaceholderData && !query.isFetching };
}
