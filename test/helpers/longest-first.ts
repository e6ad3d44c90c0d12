import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take 20 s or more, as one run with two cores measured them. What isn't named here comes after them, the largest
 * first: by the sizes of files alone, some of these would begin last and each keep a core waiting at the end.
 */
const long = [
  'test/faults/short.test.ts',
  'test/odd-files.test.ts',
  'src/media/child/pool/create-pool.test.ts',
  'test/flows/backup.test.ts',
  'test/console/elements.test.ts',
  'src/media/create-media.test.ts',
  'test/flows/kling-angles.test.ts',
  'src/engines/animatic/animatic.test.ts',
  'test/flows/plugins-commands.test.ts',
  'src/media/encoder-choice/encoder-choice.test.ts',
  'test/flows/mended-elements.test.ts',
  'test/flows/lost-heartbeat.test.ts',
  'test/flows/kling-sent.test.ts',
  'test/flows/more-pictures.test.ts',
  'test/flows/kling-products.test.ts',
  'test/scripts/build-program.test.ts',
  'test/console/mending.test.ts',
  'src/engines/animatic/same-subject.test.ts',
  'test/flows/kling-accounts.test.ts',
  'test/flows/events.test.ts',
  'test/flows/doctor.test.ts',
  'test/console/studio.test.ts',
  'test/flows/kling-tasks.test.ts',
  'src/media/views/load/load-clip.test.ts',
  'test/console/founding-story.test.ts',
  'src/media/models-in-builds.test.ts',
  'test/flows/conclude-away.test.ts',
  'src/media/take-model.test.ts',
  'test/flows/mending.test.ts',
  'test/console/every-page.test.ts',
  'test/import-rules.test.ts',
  'test/flows/demo.test.ts',
  'src/db/embedded/start-postgres.test.ts',
  'src/media/same-person-in-builds.test.ts',
  'test/flows/command-line.test.ts',
  'test/flows/founding-story.test.ts',
  'test/faults/finished-work.test.ts',
  'test/flows/dry-run.test.ts',
  'test/flows/kling-commands.test.ts',
  'src/credits/ledger.property.test.ts',
  'test/flows/keys-commands.test.ts',
  'test/flows/turns.test.ts',
  'src/engines/animatic/faults.test.ts',
  'src/kling/videos/make-video.test.ts',
  'src/engines/engines.test.ts',
  'test/http/fuzz.test.ts',
];

/** Begins with the files that take longest, also where no earlier run has measured them, as in CI. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    if (sorted.some((file) => this.ctx.cache.getTestSpecificationResult(file) !== undefined)) return sorted;
    const rank = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(`/${name}`));
      return at === -1 ? long.length : at;
    };
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}
