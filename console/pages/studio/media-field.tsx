import { ActionIcon, Button, FileButton, Group, Image, Text, TextInput } from '@mantine/core';
import { Upload, X } from 'lucide-react';
import { useState } from 'react';
import { upload } from '../../api/upload.ts';
import { describeError } from '../../parts/error-note.tsx';

interface MediaFieldProps {
  label: string;
  description: string;
  kind: 'picture' | 'video';
  value: string;
  required?: boolean;
  onChange: (value: string) => void;
  /** Takes the whole field away, where that is possible. */
  onRemove?: () => void;
}

const accepted = {
  picture: 'image/jpeg,image/png,image/webp,image/heic,image/avif',
  video: 'video/mp4,video/quicktime,video/webm',
};

/** A picture or a video of a request: its address, or a file that is kept at the server and named in the place of one. */
export function MediaField({ label, description, kind, value, required = false, onChange, onRemove }: MediaFieldProps) {
  const [sent, setSent] = useState({ name: '', value: '', shownUrl: '' });
  const [share, setShare] = useState<number | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const send = async (file: File | null) => {
    if (file === null) return;
    setFault(null);
    setShare(0);
    try {
      const { file_id } = await upload(file, setShare, AbortSignal.timeout(600_000));
      const address = `file:${file_id}`;
      setSent({ name: file.name, value: address, shownUrl: kind === 'picture' ? URL.createObjectURL(file) : '' });
      onChange(address);
    } catch (error) {
      setFault(error);
    }
    setShare(null);
  };
  const isSent = sent.value === value && value !== '';
  return (
    <Group gap="xs" wrap="nowrap" align="flex-end">
      {isSent && sent.shownUrl !== '' && <Image src={sent.shownUrl} alt={sent.name} w={36} h={36} radius="sm" />}
      <TextInput
        flex={1}
        miw={0}
        label={label}
        description={isSent ? `${sent.name}, kept at the server for a while` : description}
        placeholder={kind === 'picture' ? 'https://example.com/picture.jpg' : 'https://example.com/clip.mp4'}
        required={required}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        error={fault === null ? undefined : describeError(fault).message}
        inputWrapperOrder={['label', 'description', 'error', 'input']}
      />
      <FileButton
        accept={accepted[kind]}
        onChange={(file) => void send(file)}
        inputProps={{ 'aria-label': `${label}: file` }}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<Upload size={15} aria-hidden />}
            disabled={share !== null}
            aria-label={`Choose a file for ${label}`}
          >
            {share === null ? 'File' : `${Math.round(share * 100)} %`}
          </Button>
        )}
      </FileButton>
      {onRemove !== undefined && (
        <ActionIcon variant="subtle" color="gray" size={36} onClick={onRemove} aria-label={`Remove ${label}`}>
          <X size={16} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}

/** How prompts name what is given; nothing while none is. */
export function MarkNote({ marks }: { marks: readonly string[] }) {
  if (marks.length === 0) return null;
  return (
    <Text size="sm" c="dimmed">
      In prompts, in this order:{' '}
      <Text span ff="monospace" size="xs">
        {marks.join(' ')}
      </Text>
    </Text>
  );
}
