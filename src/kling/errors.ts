import { AppError, type ErrorCode } from '../lib/errors.ts';
import { describeCode } from './api/codes.ts';
import type { KlingRefusal } from './api/refusal.ts';
import type { StoredFailure } from './tables.ts';

/** 400: what the Kling API does not take, told before anything is charged. */
export function klingRefuses(param: string, rule: string): AppError {
  return new AppError({ code: 'invalid_request', status: 400, param, message: `${param}: ${rule}` });
}

/** The same, learnt from a file when the task was already running. */
export function klingRefusesFile(param: string, rule: string): AppError {
  return new AppError({ code: 'invalid_parameters', status: 400, param, message: `${param}: ${rule}` });
}

/** The same refusal as a fault of the request field `param`, which had no part in it by its own words. */
export function blameField(param: string, { code, status, message, detail, retryable }: AppError): AppError {
  return new AppError({
    code,
    status,
    param,
    retryable,
    message: `${param}: ${message}`,
    ...(detail === undefined ? {} : { detail }),
  });
}

/** The Kling API takes videos by address only, and this server has none that others can reach. */
export function noPublicAddress(param: string): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    param,
    message: `${param}: the Kling API fetches videos itself, and this server has no address that it could fetch from; its operator has to set TROUPE_PUBLIC_URL`,
  });
}

/** 400: neither one of the vendor's voices nor one that the operator has granted to the account. */
export function voiceNotUsable(param: string, voiceId: string): AppError {
  return klingRefuses(
    param,
    `${voiceId} is none of the vendor's voices and none that this account may use; its operator can grant it`,
  );
}

/** 400: an element with this voice can't be made at the account that would make it. */
export function voiceElsewhere(param: string, voiceId: string): AppError {
  return klingRefuses(
    param,
    `${voiceId} is a voice of another of the server's Kling accounts than the one that would use it`,
  );
}

/** The operator has to act; the caller learns no more than that. */
export function klingStopped(detail: string, retryAfterSeconds?: number): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message: 'the Kling API does not accept requests of this server for the moment; its operator has been told',
    detail,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** 503: what may be spent on videos in a day is spent, by the server or by the account. */
export function budgetUsedUp(retryAfterSeconds: number): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message: 'what this server may spend on videos today is used up; the next day begins at 00:00 UTC',
    retryAfterSeconds,
  });
}

/** A call that the caller waits for was not answered, or not now; the same call may be made again. */
export function klingAway(cause: Error): AppError {
  return new AppError({
    code: 'service_unavailable',
    status: 503,
    message:
      'the Kling API, which has a part in this, does not answer as it should; nothing was changed, try again later',
    detail: cause.message,
    retryAfterSeconds: 10,
    retryable: true,
    cause,
  });
}

/** Whoever waited to send it finds this; its task has another end by then. */
export function endedBeforeSent(): AppError {
  return new AppError({ code: 'request_cancelled', status: 409, message: 'its task ended before it was sent' });
}

/** A create that was refused for good. */
export function refusedByKling(refusal: KlingRefusal): AppError {
  const said = refusal.upstreamMessage === '' ? describeCode(refusal.code, refusal.status) : refusal.upstreamMessage;
  if (refusal.kind === 'configuration') return klingStopped(`${refusal.message}: ${said}`);
  return new AppError({
    code: refusal.kind === 'moderation' ? 'content_policy_violation' : 'invalid_parameters',
    status: 400,
    message: `the Kling API refused the request: ${said} (${nameRefusal(refusal)})`,
    detail: refusal.message,
  });
}

function nameRefusal({ code, requestId }: KlingRefusal): string {
  return [code === null ? [] : `code ${code}`, requestId === null ? [] : `request ${requestId}`].flat().join(', ');
}

/**
 * The upstream gives no machine code for a task that failed, only a sentence in English or Chinese. Which of our
 * documented codes it stands for, first match first: moderation is told apart above all, since repeating it is useless.
 */
const failureWords: readonly { code: ErrorCode; pattern: RegExp }[] = [
  {
    code: 'content_policy_violation',
    pattern: /risk control|sensitive|moderation|policy|violat|prohibited|not safe|nsfw|风控|敏感|违规|审核/i,
  },
  { code: 'generation_timeout', pattern: /tim(ed|e)[ -]?out|超时/i },
  {
    code: 'resource_exhausted',
    pattern: /overload|too busy|too many (requests|tasks)|resource.*(exhaust|insufficient)|繁忙/i,
  },
  {
    code: 'image_dimension_mismatch',
    pattern: /(image|picture|photo).*(resolution|dimension|aspect|ratio|too (small|large|big))/i,
  },
  {
    code: 'image_processing_error',
    pattern: /(image|picture|photo).*(download|fetch|decode|format|invalid|fail)|图片/i,
  },
  // What can't be found in the caller's picture or clip: "no complete upper body", "no faces were found".
  {
    code: 'invalid_parameters',
    pattern:
      /\b(no|not|without|can'?t|unable to|failed to)\b.*\b(bod(y|ies)|faces?|persons?|people|humans?|subjects?|characters?|hands?|poses?|detect(ed)?|recogni[sz]ed?)\b|人脸|人物|人体|未检测|上半身/i,
  },
  // What is wrong with what was found there: "multiple faces", "the person is incomplete", "please upload a clear photo".
  {
    code: 'invalid_parameters',
    pattern:
      /\b(multiple|several|many|more than|only one|single)\b.*\b(bodies|faces?|persons?|people|humans?|subjects?|characters?)\b|\b(bod(y|ies)|faces?|persons?|people|humans?|subjects?|characters?|hands?|images?|pictures?|photos?|videos?|clips?)\b.*\b(incomplete|blurr(y|ed)|unclear|blocked|occluded|obscured|covered|cropped|cut off|too (small|large|big|dark|bright|close|far|short|long|many|few))\b|\bplease (upload|provide|use|choose|change|replace|try another)\b|请上传|请更换/i,
  },
  { code: 'invalid_parameters', pattern: /invalid|illegal|not support|unsupported|must be|exceed|required|参数/i },
  { code: 'service_error', pattern: /internal|server error|service|系统/i },
];

/** The public word for a failure that Kling tells only in prose. */
export function chooseFailureCode(message: string): ErrorCode {
  return failureWords.find(({ pattern }) => pattern.test(message))?.code ?? 'generation_failed_no_content';
}

/** A task that the upstream has begun and given up, with the reason it gave. */
export function failedAtKling(reason: string, upstreamTaskId: string, requestId: string | null): AppError {
  const said = reason === '' ? 'it gave no reason' : reason;
  const request = requestId === null ? '' : `, request ${requestId}`;
  return new AppError({
    code: chooseFailureCode(reason),
    status: 400,
    message: `the Kling API could not do it: ${said} (task ${upstreamTaskId}${request})`,
  });
}

/** It was there, and is no longer. */
export function vanishedAtKling(upstreamTaskId: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 502,
    message: `the Kling API no longer knows the task it had taken (task ${upstreamTaskId})`,
  });
}

/** 504: not finished within the time that a task may take. */
export function klingTookTooLong(seconds: number): AppError {
  return new AppError({
    code: 'generation_timeout',
    status: 504,
    message: `the Kling API did not finish within ${seconds} s`,
  });
}

/** 504: never sent. `stop`: what the operator had to mend, for the log; null when there was only no room, here or there. */
export function neverSent(seconds: number, stop: string | null, isUnaffordable: boolean): AppError {
  const reason = isUnaffordable
    ? 'was not asked, since what this server may spend in a day was used up'
    : 'had no room for it';
  const why = stop === null ? reason : 'did not accept requests of this server; its operator has been told';
  return new AppError({
    code: 'generation_timeout',
    status: 504,
    message: `waited ${seconds} s to be sent, in which the Kling API ${why}`,
    ...(stop === null ? {} : { detail: stop }),
  });
}

/** Work that was begun under another account can't be followed with this one's key. */
export function otherAccount(): AppError {
  return new AppError({
    code: 'service_error',
    status: 500,
    message: 'the work was begun under another Kling account than the one that is configured now',
  });
}

/** It said that it was done, and what it gave is not there or is no video. Another attempt fetches it again. */
export function resultUnusable(reason: string, cause: unknown, retryable: boolean): AppError {
  return new AppError({
    code: 'service_error',
    status: 502,
    message: `the finished work could not be fetched from the Kling API: ${reason}`,
    retryable,
    cause,
  });
}

/** 502: it is a video, and far from what was asked for. */
export function resultElse(fault: string, upstreamTaskId: string): AppError {
  return new AppError({
    code: 'service_error',
    status: 502,
    message: `the Kling API made another video than was asked for: ${fault} (task ${upstreamTaskId})`,
  });
}

/** 502: Kling calls the task done and gives nothing. */
export function noResult(what: string): AppError {
  return new AppError({
    code: 'generation_failed_no_content',
    status: 502,
    message: `the Kling API finished without ${what}`,
  });
}

/** Of a command or a management call: no element or voice of that id in the account. */
export function absentAtKling(what: string, id: string): AppError {
  return new AppError({
    code: 'resource_not_found',
    status: 404,
    message: `the Kling account has no ${what} ${id}`,
  });
}

/** What is kept of an error, to be raised again by later calls. */
export function toFailure({ code, status, message, param, detail }: AppError): StoredFailure {
  return {
    code,
    status,
    message,
    ...(param === undefined ? {} : { param }),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** A stored failure as the error that it was. */
export function toAppError(failure: StoredFailure): AppError {
  return new AppError(failure);
}
