import { SegmentedControl, Text } from '@mantine/core';

interface ChoiceProps {
  name: string;
  label: string;
  values: readonly string[];
  value: string;
  /** What a value is called; by default what it is, and 'Auto' for none. */
  nameOf?: (value: string) => string;
  onChange: (value: string) => void;
}

/** One of a few words, side by side. */
export function Choice({ name, label, values, value, nameOf = (one) => one || 'Auto', onChange }: ChoiceProps) {
  return (
    <div>
      <Text size="sm" fw={600} id={`studio-${name}`} mb={4}>
        {label}
      </Text>
      <SegmentedControl
        fullWidth
        aria-labelledby={`studio-${name}`}
        value={value}
        onChange={onChange}
        data={values.map((one) => ({ value: one, label: nameOf(one) }))}
      />
    </div>
  );
}
