import '@mantine/dropzone/styles.css';
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { useWindowEvent } from '@mantine/hooks';
import { ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { accepted, picturesMax, type Source } from './pictures.ts';
import classes from './source-card.module.css';
import { SourceCard } from './source-card.tsx';

interface SourcesFieldProps {
  sources: readonly Source[];
  /** Why the last file was not taken. */
  refusal: string | null;
  onRefusal: (reason: string | null) => void;
  onAdd: (given: readonly (File | string)[]) => void;
  onRemove: (id: string) => void;
  onLead: (id: string) => void;
}

const bytesMax = 200 * 2 ** 20;

/** Takes files that are dropped, chosen or pasted, and addresses, and shows each with its check. */
export function SourcesField({ sources, refusal, onRefusal, onAdd, onRemove, onLead }: SourcesFieldProps) {
  useWindowEvent('paste', ({ clipboardData, target }) => {
    const files = [...(clipboardData?.files ?? [])];
    if (files.length > 0) return onAdd(files);
    const text = clipboardData?.getData('text').trim() ?? '';
    const writes = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (!writes && /^https?:\/\/\S+$/.test(text)) onAdd([text]);
  });
  const isFull = sources.length >= picturesMax || sources.some(({ kind }) => kind === 'video');
  return (
    <Stack gap="sm">
      {sources.length > 0 && (
        <ul className={classes.list} aria-label="Given files">
          {sources.map((source, at) => (
            <SourceCard
              key={source.id}
              source={source}
              isFirst={at === 0}
              onRemove={() => onRemove(source.id)}
              onLead={() => onLead(source.id)}
            />
          ))}
        </ul>
      )}
      {!isFull && (
        <>
          <Dropzone
            onDrop={onAdd}
            onReject={(rejected) =>
              onRefusal(
                rejected[0]?.errors[0]?.code === 'file-too-large'
                  ? `${rejected[0].file.name} is larger than 200 MB.`
                  : `${rejected[0]?.file.name} is neither a picture nor a video that can be used.`,
              )
            }
            accept={accepted}
            maxSize={bytesMax}
            className={classes.drop}
            inputProps={{ 'aria-label': 'Pictures or a video' }}
            aria-label="Choose pictures or a video"
            p={sources.length === 0 ? 'xl' : 'md'}
          >
            <Group justify="center" gap="md" wrap="nowrap">
              <ImagePlus size={sources.length === 0 ? 36 : 24} className="accent" aria-hidden />
              <div>
                <Text fw={600}>{sources.length === 0 ? 'Drop two to four pictures here' : 'Add another view'}</Text>
                <Text size="sm" c="dimmed">
                  {sources.length === 0
                    ? 'or one short video; click to choose, or paste. Front, side and back work best.'
                    : 'Drop, click or paste'}
                </Text>
              </div>
            </Group>
          </Dropzone>
          <AddressField onAdd={(url) => onAdd([url])} />
        </>
      )}
      {refusal !== null && (
        <Alert color="yellow" role="alert">
          {refusal}
        </Alert>
      )}
    </Stack>
  );
}

function AddressField({ onAdd }: { onAdd: (url: string) => void }) {
  const [url, setUrl] = useState('');
  const isAddress = /^https?:\/\/\S+$/.test(url.trim());
  const add = () => {
    if (!isAddress) return;
    onAdd(url.trim());
    setUrl('');
  };
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <TextInput
        flex={1}
        size="sm"
        type="url"
        aria-label="Address of a picture or a video"
        placeholder="or an address: https://example.com/front.jpg"
        value={url}
        onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey) return;
          event.preventDefault();
          add();
        }}
      />
      <Button variant="default" size="sm" disabled={!isAddress} onClick={add}>
        Fetch
      </Button>
    </Group>
  );
}
