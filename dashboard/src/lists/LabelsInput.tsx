import { TagsInput } from '@mantine/core';
import { isLabel, labelParts, parseLabels } from '../format/labels';

interface Props {
  label: string;
  description?: string;
  value: Record<string, string>;
  onChange: (labels: Record<string, string>) => void;
}

/** Labels or patterns of them, each typed as `name=value`. */
export function LabelsInput({ label, description, value, onChange }: Props) {
  return (
    <TagsInput
      label={label} description={description} placeholder="name=value" value={labelParts(value)} splitChars={[',', ' ']}
      onChange={(texts) => onChange(parseLabels(texts.filter(isLabel)))}
    />
  );
}
