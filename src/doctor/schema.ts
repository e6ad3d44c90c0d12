import { type Static, Type } from 'typebox';

/** What was found of one part of the server. */
export const Check = Type.Object({
  part: Type.String({ description: '`database`, `storage`, `video`, `disk`, …', examples: ['disk'] }),
  status: Type.Union([Type.Literal('ok'), Type.Literal('warning'), Type.Literal('broken'), Type.Literal('off')], {
    description: '`broken`: something does not work; `off`: not set up, and nothing is wrong with that',
  }),
  message: Type.String({ examples: ['1.2 GiB are free in /var/lib/troupe, of 40.0'] }),
  remedy: Type.Optional(Type.String({ description: 'How to mend it.', examples: ['make room there'] })),
});
export type Check = Static<typeof Check>;

/** `healthy` unless a part is broken. */
export const Diagnosis = Type.Object({ healthy: Type.Boolean(), checks: Type.Array(Check) }, { title: 'Diagnosis' });
export type Diagnosis = Static<typeof Diagnosis>;
