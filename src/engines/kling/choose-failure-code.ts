/**
 * The upstream gives no machine code for a task that failed, only a sentence in English or Chinese. Which of our
 * documented codes it stands for, first match first: moderation is told apart above all, since repeating it is useless.
 */
const words: readonly { code: string; pattern: RegExp }[] = [
  {
    code: 'content_policy_violation',
    pattern: /risk control|sensitive|moderation|policy|violat|prohibited|not safe|nsfw|风控|敏感|违规|审核/i,
  },
  { code: 'generation_timeout', pattern: /tim(ed|e)[ -]?out|超时/i },
  { code: 'resource_exhausted', pattern: /overload|too busy|resource.*(exhaust|insufficient)|繁忙/i },
  { code: 'image_dimension_mismatch', pattern: /image.*(resolution|dimension|aspect|ratio|too small|too large)/i },
  {
    code: 'image_processing_error',
    pattern: /(image|picture|photo).*(download|fetch|decode|format|invalid|fail)|图片/i,
  },
  { code: 'invalid_parameters', pattern: /invalid|illegal|not support|unsupported|must be|exceed|required|参数/i },
  { code: 'service_error', pattern: /internal|server error|service|系统/i },
];

export function chooseFailureCode(message: string): string {
  return words.find(({ pattern }) => pattern.test(message))?.code ?? 'generation_failed_no_content';
}
