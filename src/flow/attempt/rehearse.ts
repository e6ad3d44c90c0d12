import type { ElementDraft } from '../../engines/index.ts';
import { reportFirstOnly } from '../../media/index.ts';
import type { AcceptedElement, AcceptedImages, AcceptedVideo } from '../accepted-request.ts';
import { type StoredRehearsal, storePreview } from '../storage/store-drafts.ts';
import type { Work } from './attempt.ts';
import { buildDraft } from './build-element.ts';
import { prepareImages } from './make-images.ts';
import { prepareVideo } from './make-video.ts';

/** A dry run of an element: builds it whole, keeps its sheet for a while and throws the rest away. */
export async function rehearseElement(work: Work, request: AcceptedElement): Promise<StoredRehearsal> {
  const draft = await buildDraft(work, request, true);
  const { manifest } = draft;
  const sheet = findSheet(draft);
  return {
    kind: 'rehearsal',
    report: manifest.report,
    sources: manifest.sources,
    files: sheet === undefined ? [] : [await storePreview(work.context.storage, work.task, sheet)],
  };
}

function findSheet({ files }: ElementDraft) {
  return files.find(({ role }) => role === 'sheet');
}

/** A dry run of a video or of pictures: everything up to where something would be made or sent. */
export async function rehearseVideo(work: Work, request: AcceptedVideo | AcceptedImages): Promise<StoredRehearsal> {
  const { sources } = request.kind === 'video' ? await prepareVideo(work, request) : await prepareImages(work, request);
  return { kind: 'rehearsal', report: reportFirstOnly(sources), sources, files: [] };
}
