import { Box, Image } from '@mantine/core';
import { ImageOff } from 'lucide-react';
import type { ElementLine } from '../../client/index.ts';
import { apiUrl } from '../api/client.ts';

/** Roles of files that show an element, the best first. */
const preferred = ['sheet', 'thumbnail', 'cutout', 'upright'];

/** Address of one of an element's files, on this server whatever its public address is. */
export function fileUrl(elementId: string, name: string): string {
  return `${apiUrl}/v1/elements/${elementId}/files/${encodeURIComponent(name)}`;
}

/** The picture that stands for an element: its sheet of all views. */
export function ElementPicture({ element, height }: { element: ElementLine; height: number | string }) {
  const { files } = element;
  const found = preferred.map((role) => files.find((file) => file.role === role)).find((file) => file !== undefined);
  if (found === undefined) {
    return (
      <Box h={height} bg="var(--troupe-sunken)" display="grid" className="placed">
        <ImageOff size={24} aria-hidden />
      </Box>
    );
  }
  return (
    <Image
      src={fileUrl(element.element_id, found.name)}
      alt={`Views of ${element.element_name}`}
      h={height}
      fit="contain"
      bg={found.role === 'sheet' ? 'var(--troupe-sheet)' : 'var(--troupe-sunken)'}
      loading="lazy"
      decoding="async"
    />
  );
}
