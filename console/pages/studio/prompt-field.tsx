import { Combobox, Group, Text, Textarea, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type ElementLine, listElements } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { ElementPicture } from '../../parts/element-picture.tsx';
import { type CastMember, writeMark } from './draft.ts';

interface PromptFieldProps {
  label: string;
  value: string;
  max: number;
  rows: number;
  placeholder: string;
  cast: readonly CastMember[];
  /** Whether `@` names elements: not every model takes some. */
  isCasting: boolean;
  /** `added` is an element that the text now names and the cast hasn't yet. */
  onChange: (value: string, added?: CastMember) => void;
}

const offered = 6;

/** Words of a video. `@` and a few letters offer the library's elements with their sheets; the chosen one becomes its mark. */
export function PromptField({
  label,
  value,
  max,
  rows,
  placeholder,
  cast,
  isCasting,

  onChange,
}: PromptFieldProps) {
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [query] = useDebouncedValue(typed, 120);
  const filters = { limit: offered, ...(query === null || query === '' ? {} : { query }) };
  const found = useQuery({
    queryKey: kept.elements({ completes: filters }),
    queryFn: ({ signal }) => listElements(client, filters, signal),
    enabled: query !== null,
    placeholderData: (old) => old,
  });
  const elements = found.data?.data ?? [];
  const ids = elements.map(({ element_id }) => element_id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: Enter takes the best of those that have just come
  useEffect(() => void box.selectFirstOption(), [ids, typed === null]);

  const write = (text: string, caret: number) => {
    onChange(text);
    const [, word] = (isCasting && /(?:^|[\s([{"'])@([^\s@<>]{0,20})$/.exec(text.slice(0, caret))) || [];
    setTyped(word ?? null);
    if (word === undefined) box.closeDropdown();
    else box.openDropdown();
  };
  const choose = (element: ElementLine) => {
    const at = cast.findIndex(({ element_id }) => element_id === element.element_id);
    const mark = writeMark(at === -1 ? cast.length : at);
    const caret = field.current?.selectionStart ?? value.length;
    const before = value.slice(0, caret).replace(/@[^\s@<>]{0,20}$/, '');
    const { element_id, element_name } = element;
    onChange(
      `${before}${mark} ${value.slice(caret).replace(/^ /, '')}`,
      at === -1 ? { element_id, element_name } : undefined,
    );
    setTyped(null);
    box.closeDropdown();
    const end = before.length + mark.length + 1;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(end, end);
    });
  };

  return (
    <Combobox
      store={box}
      withinPortal={false}
      onOptionSubmit={(id) => {
        const element = elements.find(({ element_id }) => element_id === id);
        if (element !== undefined) choose(element);
      }}
    >
      <Combobox.Target>
        <Textarea
          ref={field}
          label={label}
          description={`${isCasting ? '@ names an element · ' : ''}${[...value].length}/${max}`}
          placeholder={placeholder}
          autosize
          minRows={rows}
          maxRows={12}
          error={[...value].length > max ? `At most ${max} characters` : undefined}
          value={value}
          onChange={({ currentTarget }) => write(currentTarget.value, currentTarget.selectionStart)}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={typed === null}>
        <Combobox.Options mah={300} className="scrolls">
          {elements.map((element) => (
            <Combobox.Option key={element.element_id} value={element.element_id}>
              <Group gap="sm" wrap="nowrap">
                <div className="small-sheet">
                  <ElementPicture element={element} height={44} />
                </div>
                <div className="clip">
                  <Text fw={600} size="sm" className="clip">
                    {element.element_name}
                  </Text>
                  <Text size="xs" className="clip">
                    {element.element_description}
                  </Text>
                </div>
              </Group>
            </Combobox.Option>
          ))}
          {elements.length === 0 && !found.isFetching && <Combobox.Empty>No element is called that</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
