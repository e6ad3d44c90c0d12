import { SegmentedControl, Select, Text } from '@mantine/core';

interface ChoiceProps {
  name: string;
  label: string;
  values: readonly string[];
  value: string;
  /** What a value is called; by default what it is, and 'Auto' for none. */
  nameOf?: (value: string) => string;
  onChange: (value: string) => void;
}

/** More of them don't stand side by side on a phone. */
const besideMax = 5;

/** One of a few words, side by side; of many, from a list. */
export function Choice({ name, label, values, value, nameOf = writeName, onChange }: ChoiceProps) {
  const data = values.map((one) => ({ value: one, label: nameOf(one) }));
  if (values.length > besideMax) {
    return (
      <Select
        label={label}
        allowDeselect={false}
        value={value}
        onChange={(next) => next !== null && onChange(next)}
        data={data}
      />
    );
  }
  return (
    <div>
      <Text size="sm" fw={600} id={`studio-${name}`} mb={4}>
        {label}
      </Text>
      <SegmentedControl fullWidth aria-labelledby={`studio-${name}`} value={value} onChange={onChange} data={data} />
    </div>
  );
}

function writeName(value: string): string {
  return value === '' || value === 'auto' ? 'Auto' : value;
}
