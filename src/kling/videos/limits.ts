/**
 * What the vendor takes beside the contract's rules, by its pages: they change every few weeks, so each number stands here with
 * the page that it is from and its date.
 */
export const limits = {
  /** Seconds of a reference video of O3. Vendor's update log of 2026-06-17: 3 to 15 s; before: 10 s. */
  referenceVideoSeconds: { min: 3, max: 15 },
  /** Seconds of a video to be changed, and of any of O1. Page of the legacy omni-video endpoint, March 2026. */
  baseVideoSeconds: { min: 3, max: 10 },
  /** Bytes of either. The same page. */
  videoBytesMax: 200 * 1024 * 1024,
  /** Page of the element limits of 3.0 omni, captured 2026-09-20. */
  elements: {
    withFirstFrame: 3,
    /** Images and elements made from images. */
    withReferenceVideo: 4,
    /** Elements made from videos beside a reference video, without any image or other element. Update of 2026-06-17. */
    clipsWithReferenceVideo: 1,
    clips: 3,
    besideClips: 4,
    inAll: 7,
  },
} as const;
