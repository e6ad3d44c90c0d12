import { TextInput, type TextInputProps } from '@mantine/core';

/** `7/20`, by code points, as the API counts. */
export function countText(text: string, max: number): string {
  return `${[...text.trim()].length}/${max}`;
}

/** The name of an element, with how much of its length is used. */
export function NameField({ max, value = '', error, ...rest }: TextInputProps & { max: number; value?: string }) {
  const isLong = [...value.trim()].length > max;
  return (
    <TextInput
      required
      value={value}
      error={error ?? (isLong ? `At most ${max} characters` : undefined)}
      description={`As it is found and cast · ${countText(value, max)}`}
      {...rest}
    />
  );
}
