import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { ImagePlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { accepted, picturesMax, type Source } from './pictures.ts';
import classes from './source-card.module.css';

// What only shows once something was given is loaded then.
const SourceCard = lazy(() => import('./source-card.tsx').then((file) => ({ default: file.SourceCard })));

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
        <Suspense>
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
        </Suspense>
      )}
      {!isFull && (
        <>
          <DropField isFirst={sources.length === 0} onAdd={onAdd} onRefusal={onRefusal} />
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

interface DropFieldProps {
  isFirst: boolean;
  onAdd: (files: File[]) => void;
  onRefusal: (reason: string) => void;
}

/** The browser's own field and drop: a library for it would take 12 kB of the page's budget. */
function DropField({ isFirst, onAdd, onRefusal }: DropFieldProps) {
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    // Some systems know no type for newer formats; the server judges by the bytes.
    const other = files.find(({ type }) => type !== '' && !accepted.includes(type));
    const large = files.find(({ size }) => size > bytesMax);
    if (other !== undefined) onRefusal(`${other.name} is neither a picture nor a video that can be used.`);
    else if (large !== undefined) onRefusal(`${large.name} is larger than 200 MB.`);
    else if (files.length > 0) onAdd(files);
  };
  return (
    <label
      className={classes.drop}
      data-first={isFirst || undefined}
      aria-label="Choose pictures or a video"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      <input
        type="file"
        multiple
        accept={accepted.join()}
        aria-label="Pictures or a video"
        className={classes.file}
        onChange={({ currentTarget }) => {
          take(currentTarget.files);
          currentTarget.value = '';
        }}
      />
      <ImagePlus size={isFirst ? 36 : 24} className="accent" aria-hidden />
      <span>
        <Text span display="block" fw={600}>
          {isFirst ? 'Drop two to four pictures here' : 'Add another view'}
        </Text>
        <Text span display="block" size="sm" c="dimmed">
          {isFirst
            ? 'or one short video; click to choose, or paste. Front, side and back work best.'
            : 'Drop, click or paste'}
        </Text>
      </span>
    </label>
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
