/** Where a job is: how much is done (0 to 1), the step, and the request field it concerns. */
export interface Progress {
  fraction: number;
  step: string;
  param: string | undefined;
  /** Task and name of the added model that is at work: it is to blame if the process is lost. */
  model?: { task: string; name: string } | undefined;
}
