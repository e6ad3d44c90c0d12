import { countThings } from '../lib/show-value.ts';
import { isTextOfKind } from '../lib/text-kinds.ts';
import { invalidName } from './errors.ts';

export interface FileNames {
  /** As the caller wants it called; empty: as it was called. */
  file_name: string;
  /** As it was called where it came from; empty where nobody said. */
  original_name: string;
  upload_path: string;
}

const lengthMax = 255;

/**
 * The names that came with a file. What the caller asks for is refused when it can't be had; what a program called it
 * where it came from is made to fit. Throws 400 `invalid_request`.
 */
export function checkFileNames({ file_name, original_name, upload_path }: Partial<FileNames>): FileNames {
  return {
    file_name: checkName(file_name ?? ''),
    original_name: fitName(original_name ?? ''),
    upload_path: checkPath(upload_path ?? ''),
  };
}

function checkName(name: string): string {
  if (name === '') return '';
  if (/[/\\]/.test(name)) throw invalidName('file_name', 'must be a name without a path');
  checkText('file_name', name);
  if (/^\.{1,2}$/.test(name)) throw invalidName('file_name', 'must be a name, not a folder');
  return name;
}

/** Slashes at its ends say nothing. */
function checkPath(path: string): string {
  const plain = path.replace(/^\/+|\/+$/g, '');
  if (plain === '') return '';
  checkText('upload_path', plain);
  const isPath = !plain.includes('\\') && plain.split('/').every((part) => part !== '' && !/^\.{1,2}$/.test(part));
  if (!isPath) throw invalidName('upload_path', 'must be names between slashes, none of them empty, . or ..');
  return plain;
}

function checkText(param: string, text: string): void {
  const length = [...text].length;
  if (length > lengthMax)
    throw invalidName(param, `${countThings(length, 'character')}, at most ${lengthMax} are allowed`);
  if (!isTextOfKind('name', text)) throw invalidName(param, 'must be visible text without control characters');
}

function fitName(name: string): string {
  const last = (name.split(/[/\\]/).at(-1) ?? '').toWellFormed();
  const plain = [...last.replaceAll(/\p{Cc}/gu, '')].slice(0, lengthMax).join('');
  return isTextOfKind('name', plain) && !/^\.{1,2}$/.test(plain) ? plain : '';
}
