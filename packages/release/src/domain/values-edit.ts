import { isDeepStrictEqual } from 'node:util';
import { isScalar, parseDocument, Scalar } from 'yaml';

export interface ImageValues {
  repository?: string;
  tag: string;
}
export class ValuesFault extends Error {}

const byteOrderMark = '\uFEFF';

type Path = readonly string[];

/**
 * Writes the tag (and the repository, when given) of the image `at` this place into a chart's values and leaves every
 * other byte alone. The place holds a map with `tag` and `repository`, or both in one text.
 * @throws ValuesFault when the values have no such plain or quoted text
 */
export function editImage(text: string, image: ImageValues, at: Path): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const values = text.slice(mark.length);
  if (isReference(values, at)) {
    const [, repository = ''] = readReference(values, at);
    return mark + replaceScalar(values, at, `${image.repository ?? repository}:${image.tag}`);
  }
  let edited = replaceScalar(values, [...at, 'tag'], image.tag);
  if (image.repository !== undefined) edited = replaceScalar(edited, [...at, 'repository'], image.repository);
  return mark + edited;
}

/** @throws ValuesFault */
export function readImageTag(text: string, at: Path): string {
  if (!isReference(text, at)) return String(findScalar(text, [...at, 'tag']).value ?? '');
  const [, , tag = ''] = readReference(text, at);
  return tag;
}

const isReference = (text: string, at: Path): boolean => isScalar(parseDocument(text).getIn(at, true));

/** Everything, the repository and the tag of `example.org:5000/shop:1.0.3`. @throws ValuesFault */
function readReference(text: string, at: Path): RegExpExecArray {
  const found = /^(.+):([^:/]+)$/.exec(String(findScalar(text, at).value ?? ''));
  if (!found) throw new ValuesFault(`has no image with a tag at ${at.join('.')}`);
  return found;
}

function replaceScalar(text: string, path: Path, value: string): string {
  const { node, start, end, before } = findScalar(text, path);
  if (String(node.value ?? '') === value && typeof node.value === 'string') return text;
  const written = quote(value, node.type);
  const gap = start === end && !/\s$/.test(text.slice(0, start)) ? ' ' : '';
  const edited = `${text.slice(0, start)}${gap}${written}${tail(text.slice(end))}`;
  assertOnlyChange(before, edited, path, value);
  return edited;
}

function tail(rest: string): string {
  return rest.startsWith('#') ? ` ${rest}` : rest;
}

function findScalar(text: string, at: Path) {
  const path = at.join('.');
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) throw new ValuesFault(`is not valid YAML (${fault.message.split('\n')[0] ?? fault.code})`);
  const node = document.hasIn(at) ? document.getIn(at, true) : undefined;
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

function assertOnlyChange(before: unknown, edited: string, path: Path, value: string): void {
  const document = parseDocument(edited);
  const written = document.getIn(path);
  const expected = parseDocument(JSON.stringify(before));
  expected.setIn(path, value);
  if (document.errors.length > 0 || written !== value || !isDeepStrictEqual(document.toJS(), expected.toJS()))
    throw new ValuesFault(`cannot take ${value} at ${path.join('.')} without changing something else`);
}
