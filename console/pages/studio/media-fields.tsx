import { Button, Stack, Switch, Title } from '@mantine/core';
import { Plus } from 'lucide-react';
import { Choice } from './choice.tsx';
import { type Draft, listPictures, studioModels } from './draft.ts';
import { MarkNote, MediaField } from './media-field.tsx';

interface MediaFieldsProps {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

/** The pictures and the video that the model takes, and what is done with them. */
export function MediaFields({ draft, onChange }: MediaFieldsProps) {
  const able = studioModels[draft.model];
  const { firstFrame, lastFrame, videoField, videoNote, keepSoundField, imagesMax, orientations } = able;
  const marks = listPictures(draft).map((_, at) => `<<<image_${at + 1}>>>`);
  return (
    <Stack gap="md" component="section">
      <Title order={2}>{videoField === null ? 'Given pictures' : 'Given pictures and video'}</Title>
      {videoField !== null && (
        <MediaField
          label="Video"
          description={videoNote}
          kind="video"
          required
          value={draft.video}
          onChange={(video) => onChange({ video })}
        />
      )}
      {keepSoundField !== null && (
        <Switch
          label="Keep the video's own sound"
          checked={draft.keepSound}
          onChange={({ currentTarget }) => onChange({ keepSound: currentTarget.checked })}
        />
      )}
      {firstFrame !== 'none' && (
        <MediaField
          label="First frame"
          description="A picture that the video begins with"
          kind="picture"
          required={firstFrame === 'required'}
          value={draft.firstFrame}
          onChange={(value) => onChange({ firstFrame: value })}
        />
      )}
      {lastFrame && (
        <MediaField
          label="Last frame"
          description="A picture that the video ends with"
          kind="picture"
          value={draft.lastFrame}
          onChange={(value) => onChange({ lastFrame: value })}
        />
      )}
      {imagesMax > 0 && <Images draft={draft} onChange={onChange} />}
      <MarkNote marks={[...marks, ...(videoField === null || draft.video.trim() === '' ? [] : ['<<<video_1>>>'])]} />
      {orientations.length > 0 && (
        <Choice
          name="orientation"
          label="What the character faces like; with an element, like the video"
          values={orientations}
          value={draft.orientation}
          nameOf={(one) => (one === 'image' ? 'The picture: up to 10 s' : 'The video: up to 30 s')}
          onChange={(orientation) => onChange({ orientation })}
        />
      )}
    </Stack>
  );
}

function Images({ draft, onChange }: MediaFieldsProps) {
  const { imagesMin, imagesMax, imagesNote } = studioModels[draft.model];
  // One field is always there where one picture is needed.
  const images = draft.images.length === 0 && imagesMin > 0 ? [''] : draft.images;
  const put = (next: readonly string[]) => onChange({ images: [...next] });
  return (
    <>
      {images.map((image, at) => (
        <MediaField
          // biome-ignore lint/suspicious/noArrayIndexKey: a place in the row is all that an image is known by
          key={at}
          label={imagesMax === 1 ? 'Image' : `Image ${at + 1}`}
          description={at === 0 ? imagesNote : ''}
          kind="picture"
          required={at < imagesMin}
          value={image}
          onChange={(value) => put(images.with(at, value))}
          {...(at < imagesMin ? {} : { onRemove: () => put(images.toSpliced(at, 1)) })}
        />
      ))}
      {images.length < imagesMax && (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<Plus size={16} aria-hidden />}
          onClick={() => put([...images, ''])}
        >
          Add an image
        </Button>
      )}
    </>
  );
}
