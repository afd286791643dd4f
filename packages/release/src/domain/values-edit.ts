import { isDeepStrictEqual } from 'node:util';
import { isScalar, parseDocument, Scalar } from 'yaml';

export interface ImageValues {
  repository?: string;
  tag: string;
}
export class ValuesFault extends Error {}

const byteOrderMark = '\uFEFF';

/**
 * Writes `deploy.image.tag` (and `repository`, when given) into a chart's values and leaves every other byte alone.
 * @throws ValuesFault when the values have no such plain or quoted text
 */
export function editImage(text: string, image: ImageValues): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  let edited = replaceScalar(text.slice(mark.length), 'tag', image.tag);
  if (image.repository !== undefined) edited = replaceScalar(edited, 'repository', image.repository);
  return mark + edited;
}

/** @throws ValuesFault */
export function readImageTag(text: string): string {
  return String(findScalar(text, 'tag').value ?? '');
}

function replaceScalar(text: string, key: 'tag' | 'repository', value: string): string {
  const { node, start, end, before } = findScalar(text, key);
  if (String(node.value ?? '') === value && typeof node.value === 'string') return text;
  const written = quote(value, node.type);
  const gap = start === end && !/\s$/.test(text.slice(0, start)) ? ' ' : '';
  const edited = `${text.slice(0, start)}${gap}${written}${tail(text.slice(end))}`;
  assertOnlyChange(before, edited, key, value);
  return edited;
}

function tail(rest: string): string {
  return rest.startsWith('#') ? ` ${rest}` : rest;
}

function findScalar(text: string, key: 'tag' | 'repository') {
  const path = `deploy.image.${key}`;
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) throw new ValuesFault(`is not valid YAML (${fault.message.split('\n')[0] ?? fault.code})`);
  const node = document.hasIn(['deploy', 'image', key])
    ? document.getIn(['deploy', 'image', key], true)
    : undefined;
  if (!isScalar(node) || !node.range) throw new ValuesFault(`has no text at ${path}`);
  if (node.anchor !== undefined)
    throw new ValuesFault(`has an anchor at ${path}: write the text there alone`);
  if (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED)
    throw new ValuesFault(`has several lines at ${path}: write it in one`);
  const [start, end] = node.range;
  return { node, value: node.value, start, end, before: document.toJS() as unknown };
}

function quote(value: string, type: Scalar.Type | undefined): string {
  if (type === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  if (type === Scalar.QUOTE_SINGLE) return `'${value}'`;
  return value;
}

function assertOnlyChange(before: unknown, edited: string, key: string, value: string): void {
  const document = parseDocument(edited);
  const written = document.getIn(['deploy', 'image', key]);
  const expected = parseDocument(JSON.stringify(before));
  expected.setIn(['deploy', 'image', key], value);
  if (document.errors.length > 0 || written !== value || !isDeepStrictEqual(document.toJS(), expected.toJS()))
    throw new ValuesFault(`cannot take ${value} at deploy.image.${key} without changing something else`);
}
