import { Fieldset, Group, NumberInput, Text } from '@mantine/core';
import { useSqlText } from './text';

/** The caps of one run; empty ones are the agent's. */
export interface Caps {
  rows: number | string;
  seconds: number | string;
  bytes: number | string;
}

/** As the centre takes them. */
export function capsOf({ rows, seconds, bytes }: Caps) {
  const number = (value: number | string, times = 1) => (value === '' ? null : Number(value) * times);
  return { max_rows: number(rows), timeout_ms: number(seconds, 1_000), max_bytes: number(bytes) };
}

export function Limits({ caps, onChange }: { caps: Caps; onChange: (caps: Caps) => void }) {
  const say = useSqlText();
  return (
    <Fieldset legend={say('limits')} p="xs">
      <Group gap="xs">
        <NumberInput size="xs" w={110} label={say('maxRows')} min={1} max={10_000} allowDecimal={false} value={caps.rows} onChange={(rows) => onChange({ ...caps, rows })} />
        <NumberInput size="xs" w={110} label={say('timeout')} min={1} max={30} allowDecimal={false} value={caps.seconds} onChange={(seconds) => onChange({ ...caps, seconds })} />
        <NumberInput size="xs" w={130} label={say('maxBytes')} min={1} max={16_777_216} allowDecimal={false} value={caps.bytes} onChange={(bytes) => onChange({ ...caps, bytes })} />
      </Group>
      <Text size="xs" c="dimmed">{say('limitHow')}</Text>
    </Fieldset>
  );
}
