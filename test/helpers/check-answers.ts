import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Answer } from './call.ts';

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is walked by its paths
type Document = any;

export interface AnswerChecker {
  /** What is wrong with an answer of an operation, by the document; an empty text for nothing. */
  check(method: string, path: string, answer: Answer): string;
  /** Statuses that the document lists for an operation. */
  statuses(method: string, path: string): number[];
  /** Operations as `GET /v1/tasks/{task_id}`. */
  operations: string[];
}

/** Holds answers against the OpenAPI document: status listed, content type, body valid by its schema. */
export function createAnswerChecker(document: Document): AnswerChecker {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ ...document, $id: 'api' });
  const operations = Object.entries(document.paths as Document).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const responsesOf = (method: string, path: string) => document.paths[path]?.[method.toLowerCase()]?.responses ?? {};
  const pointer = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');
  return {
    operations,
    statuses: (method, path) => Object.keys(responsesOf(method, path)).map(Number),
    check(method, path, { status, headers, body }) {
      const response = responsesOf(method, path)[status];
      if (response === undefined) return `${method} ${path}: ${status} is not documented: ${JSON.stringify(body)}`;
      const type = headers.get('content-type') ?? '';
      if (type !== 'application/json; charset=utf-8') return `${method} ${path}: content type ${type}`;
      const keys = [
        'paths',
        path,
        method.toLowerCase(),
        'responses',
        String(status),
        'content',
        'application/json',
        'schema',
      ];
      const validate = ajv.getSchema(`api#/${keys.map((key) => encodeURIComponent(pointer(key))).join('/')}`);
      if (validate === undefined) return `${method} ${path}: ${status} has no schema`;
      return validate(body)
        ? ''
        : `${method} ${path} ${status}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`;
    },
  };
}
