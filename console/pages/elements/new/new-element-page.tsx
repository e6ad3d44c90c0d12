import { Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, useCallback, useState } from 'react';
import { useSearchParams } from 'wouter';
import { createElement } from '../../../../client/index.ts';
import { client } from '../../../api/client.ts';
import { kept } from '../../../api/queries.ts';
import { findField } from '../../../parts/error-note.tsx';
import { Page } from '../../../parts/page.tsx';
import { CheckPanel } from './check-panel.tsx';
import { countText, NameField } from './name-field.tsx';
import { writeParams } from './pictures.ts';
import { SourcesField } from './sources-field.tsx';
import { useCheck } from './use-check.ts';
import { useFilling } from './use-filling.ts';
import { useSources } from './use-sources.ts';

const MakingPage = lazy(() => import('./making-page.tsx').then((file) => ({ default: file.MakingPage })));

const categories = [
  { value: 'o_102', label: 'Character' },
  { value: 'o_103', label: 'Animal' },
  { value: 'o_104', label: 'Item' },
  { value: 'o_105', label: 'Costume' },
  { value: 'o_106', label: 'Scene' },
  { value: 'o_107', label: 'Effect' },
  { value: 'o_101', label: 'Hottest or meme' },
  { value: 'o_108', label: 'Other' },
];

interface NewElementValues {
  element_name: string;
  element_description: string;
  category: string | null;
  tags: string[];
  element_voice_id: string;
}

const nothing: NewElementValues = {
  element_name: '',
  element_description: '',
  category: null,
  tags: [],
  element_voice_id: '',
};

/** Makes an element: the form with its check, or, once a task is in the address, how that goes. */
export function NewElementPage() {
  const [params] = useSearchParams();
  const taskId = params.get('task');
  const filling = params.get('from') ?? params.get('sample');
  return taskId === null ? <NewElementForm key={filling} /> : <MakingPage key={taskId} taskId={taskId} />;
}

function NewElementForm() {
  const [params, setParams] = useSearchParams();
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { sources, add, remove, lead } = useSources(setRefusal);
  const [values, setAll] = useState<NewElementValues>(nothing);
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const [isBusy, setBusy] = useState(false);
  const setValues = useCallback((change: Partial<NewElementValues>) => setAll((old) => ({ ...old, ...change })), []);
  const bind = <Name extends keyof NewElementValues>(name: Name) => ({
    value: values[name],
    onChange: (value: NewElementValues[Name]) => {
      setValues({ [name]: value });
      setErrors({});
    },
  });
  const bindText = (name: 'element_name' | 'element_description' | 'element_voice_id') => ({
    value: values[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => bind(name).onChange(currentTarget.value),
  });
  const [fault, setFault] = useState<unknown>(null);
  const check = useCheck(sources, values.element_voice_id);
  useFilling({ sample: params.get('sample'), from: params.get('from'), add, setValues, onRefusal: setRefusal });
  const kind = sources[0]?.kind ?? 'picture';
  const missing = findMissing(sources.length, kind, check.data !== undefined, check.error !== null, values);

  const make = async () => {
    if (missing !== null || isBusy) return;
    setFault(null);
    setBusy(true);
    try {
      const files = sources.flatMap(({ file }) => (file === null ? [] : [file]));
      const { element_name: name, element_description: description, category, element_voice_id: voice, tags } = values;
      const model_params = writeParams(files, kind, { name, description, category, voice });
      const task = await createElement(client, { model_params });
      queries.setQueryData(kept.task(task.id), task);
      void queries.invalidateQueries({ queryKey: kept.credits });
      setParams({ task: task.id, ...(tags.length === 0 ? {} : { tags: tags.join(',') }) });
    } catch (error) {
      const found = findField(error);
      const field = found?.field.replace(/^model_params\./, '');
      if (found !== undefined && field !== undefined && field in values) setErrors({ [field]: found.message });
      else setFault(error);
    }
    setBusy(false);
  };
  useHotkeys([['mod+Enter', () => void make()]], []);

  return (
    <Page title="New element" about="A character or an object that then looks the same in every shot.">
      <div className="two">
        <Stack gap="lg">
          <Stack gap="sm" component="section">
            <Title order={2}>Pictures or a video</Title>
            <SourcesField
              sources={sources}
              refusal={refusal}
              onRefusal={setRefusal}
              onAdd={add}
              onRemove={remove}
              onLead={lead}
            />
          </Stack>
          <Stack gap="md" component="section">
            <Title order={2}>What it is</Title>
            <NameField
              label="Name"
              max={20}
              placeholder="RC car"
              error={errors.element_name}
              {...bindText('element_name')}
            />
            <Textarea
              label="Description"
              description={`What it looks like, in the words that videos are made from · ${countText(values.element_description, 100)}`}
              placeholder="A red and yellow toy car with a driver"
              autosize
              minRows={2}
              required
              error={errors.element_description ?? tooLong(values.element_description, 100)}
              {...bindText('element_description')}
            />
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              <Select
                label="Category"
                placeholder="None"
                clearable
                clearButtonProps={{ 'aria-label': 'No category' }}
                data={categories}
                {...bind('category')}
              />
              <TagsInput
                label="Tags"
                placeholder={values.tags.length === 0 ? 'hero, season 2' : ''}
                maxTags={20}
                splitChars={[',']}
                {...bind('tags')}
              />
            </SimpleGrid>
            {kind === 'video' && (
              <TextInput
                label="Voice"
                description="The id of a voice to bind to it; empty for none"
                placeholder="829824295735410756"
                maxLength={128}
                error={errors.element_voice_id}
                {...bindText('element_voice_id')}
              />
            )}
          </Stack>
        </Stack>
        <div className="beside">
          <CheckPanel
            check={check}
            isNear={sources.length > 1 && sources.every(({ verdict }) => verdict.is !== 'refused')}
            missing={missing}
            fault={fault}
            isBusy={isBusy}
            onMake={() => void make()}
          />
        </div>
      </div>
    </Page>
  );
}

function findMissing(
  count: number,
  kind: 'picture' | 'video',
  isChecked: boolean,
  isRefused: boolean,
  values: NewElementValues,
): string | null {
  if (count === 0) return 'Pictures or a video are missing.';
  if (kind === 'picture' && count === 1) return 'One more view is needed.';
  if (isRefused) return 'Correct what was refused first.';
  if (!isChecked) return 'The check comes first.';
  if (values.element_name.trim() === '') return 'A name is missing.';
  if (values.element_description.trim() === '') return 'A description is missing.';
  return tooLong(values.element_name, 20) ?? tooLong(values.element_description, 100);
}

function tooLong(text: string, max: number): string | null {
  const length = [...text.trim()].length;
  return length > max ? `${length} characters, at most ${max}` : null;
}
