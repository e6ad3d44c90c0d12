import { type StoredFile, TroupeError, uploadFileFromUrl } from '../../../../client/index.ts';
import { client } from '../../../api/client.ts';
import { checkElement, type ElementParams } from '../../../api/run-check.ts';
import { upload } from '../../../api/upload.ts';
import { tidyMessage } from '../../../parts/tidy-message.ts';

/** How far one given file is: on its way, being checked, good with what could be better, or refused. */
type Verdict =
  | { is: 'sending'; share: number }
  | { is: 'checking' }
  | { is: 'good'; notes: string[] }
  | { is: 'refused'; error: unknown };

/** A picture or a video that an element is to be made of. */
export interface Source {
  id: string;
  name: string;
  kind: 'picture' | 'video';
  /** Where the page shows it from; null until there is something to show. */
  shownUrl: string | null;
  file: StoredFile | null;
  verdict: Verdict;
}

/** The API's own: a frontal picture and up to three others, or one video. */
export const picturesMax = 4;

/** Types that the file dialog offers; the server judges by the bytes. */
export const accepted = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/avif',
  'video/mp4',
  'video/quicktime',
  'video/webm',
];

/**
 * Sends a file, or has the server fetch an address, and checks it on its own. `onChange` hears each step; the last one is
 * `good` or `refused`.
 */
export async function takeSource(
  given: File | string,
  onChange: (change: Partial<Source>) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const file =
      typeof given === 'string'
        ? await uploadFileFromUrl(client, given, { signal })
        : await upload(given, (share) => onChange({ verdict: { is: 'sending', share } }), signal);
    const kind = file.mime_type.startsWith('video/') ? 'video' : 'picture';
    const shown = typeof given === 'string' ? { shownUrl: new URL(file.file_url).pathname } : {};
    onChange({ file, kind, ...shown, verdict: { is: 'checking' } });
    // A video is checked as a whole at once.
    const notes = kind === 'video' ? [] : await checkAlone(file, signal);
    onChange({ verdict: { is: 'good', notes } });
  } catch (error) {
    if (!signal.aborted) onChange({ verdict: { is: 'refused', error } });
  }
}

/** What a single picture can be blamed for; it stands in for the second one that a request needs. */
async function checkAlone(file: StoredFile, signal: AbortSignal): Promise<string[]> {
  try {
    const { report } = await checkElement(writeParams([file], 'picture', {}), signal);
    const ofPairs = new Set(['near_duplicate', 'views_alike', 'not_compared', 'other_subject']);
    const isOwn = ({ code, level, file: about }: (typeof report)[number]) =>
      level === 'warning' && !ofPairs.has(code) && String(about ?? '').startsWith('frontal');
    return report.filter(isOwn).map(({ message }) => tidy(message));
  } catch (error) {
    if (!(error instanceof TroupeError)) throw error;
    const { code, message, status, requestId } = error;
    throw new TroupeError({ code, message: tidy(message), status, requestId });
  }
}

/** A single picture needs no name beside itself. */
function tidy(message: string): string {
  return tidyMessage(message)
    .replace(/^(The front picture|View 2): /, '')
    .replace(/the front picture|view 2/gi, (_, at) => (at === 0 ? 'It' : 'it'))
    .replace(/^It has/, 'Has');
}

interface Words {
  name?: string;
  description?: string;
  category?: string | null;
  voice?: string;
}

/** Of a check that comes before its words; lists of tasks call it by that name. */
export const placeholders = { name: 'Check of pictures', description: 'Not described yet' } as const;

/** The request for an element of these files, the first picture as the frontal one. */
export function writeParams(files: readonly StoredFile[], kind: Source['kind'], words: Words): ElementParams {
  const { name = '', description = '', category = null, voice = '' } = words;
  const names = {
    element_name: name.trim() || placeholders.name,
    element_description: description.trim() || placeholders.description,
    ...(category === null ? {} : { tag_list: [{ tag_id: category as 'o_101' }] }),
  };
  const [first, ...others] = files.map(({ file_id }) => `file:${file_id}`);
  if (kind === 'video') {
    return {
      ...names,
      reference_type: 'video_refer',
      element_video_list: { refer_videos: [{ video_url: first ?? '' }] },
      ...(voice.trim() === '' ? {} : { element_voice_id: voice.trim() }),
    };
  }
  const rest = others.length === 0 ? [first ?? ''] : others;
  return {
    ...names,
    reference_type: 'image_refer',
    element_image_list: {
      frontal_image: first ?? '',
      refer_images: rest.map((image_url) => ({ image_url })) as [{ image_url: string }],
    },
  };
}
