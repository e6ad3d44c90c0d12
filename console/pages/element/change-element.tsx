import { Button, Group, Modal, Stack, TagsInput, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeElement, type ElementDetails } from '../../../client/index.ts';
import { client } from '../../api/client.ts';
import { kept } from '../../api/queries.ts';
import { ErrorNote, findField } from '../../parts/error-note.tsx';
import { notifyDone } from '../../parts/notify.ts';
import { countText, NameField } from '../elements/new/name-field.tsx';

interface ChangeElementProps {
  element: ElementDetails;
  opened: boolean;
  onClose: () => void;
}

/** Changes what an element is called and found by. */
export function ChangeElement({ element, opened, onClose }: ChangeElementProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={600}>Name, description, tags</Text>}>
      <ChangeForm element={element} onDone={onClose} />
    </Modal>
  );
}

function ChangeForm({ element, onDone }: { element: ElementDetails; onDone: () => void }) {
  const { element_id, element_name, element_description, tags } = element;
  const queries = useQueryClient();
  const [fault, setFault] = useState<unknown>(null);
  const form = useForm({ initialValues: { element_name, element_description, tags } });
  const { values } = form;
  const submit = async () => {
    setFault(null);
    try {
      queries.setQueryData(kept.element(element_id), await changeElement(client, element_id, values));
      void queries.invalidateQueries({ queryKey: kept.elements() });
      notifyDone('Saved');
      onDone();
    } catch (error) {
      const found = findField(error);
      if (found !== undefined && found.field in values) form.setFieldError(found.field, found.message);
      else setFault(error);
    }
  };
  return (
    <form onSubmit={form.onSubmit(() => void submit())} noValidate>
      <Stack>
        <NameField label="Name" max={20} data-autofocus {...form.getInputProps('element_name')} />
        <Textarea
          label="Description"
          description={countText(values.element_description, 100)}
          autosize
          minRows={2}
          required
          {...form.getInputProps('element_description')}
        />
        <TagsInput label="Tags" maxTags={20} splitChars={[',']} {...form.getInputProps('tags')} />
        {fault !== null && <ErrorNote error={fault} />}
        <Group justify="flex-end">
          <Button type="submit" loading={form.submitting}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
