import { describe, expect, test } from '@jest/globals';
import { readRichText, summaryOf } from './rich-text.ts';

const plain = (text: string) => ({ text, strong: false, emphasis: false });

describe('product texts', () => {
  test('paragraphs, emphasis and lists are read', () => {
    expect(
      readRichText('<p>Takes <strong>three</strong> fingers.</p><ul><li>One</li><li><em>Two</em></li></ul>'),
    ).toEqual([
      {
        kind: 'paragraph',
        spans: [plain('Takes '), { text: 'three', strong: true, emphasis: false }, plain(' fingers.')],
      },
      { kind: 'list', items: [[plain('One')], [{ text: 'Two', strong: false, emphasis: true }]] },
    ]);
  });

  test('plain text is one paragraph, line breaks begin new ones', () => {
    expect(readRichText('Hello  there\nyou<br>Bye')).toEqual([
      { kind: 'paragraph', spans: [plain('Hello there you')] },
      { kind: 'paragraph', spans: [plain('Bye')] },
    ]);
  });

  test('entities are characters, and unknown ones stay what they are', () => {
    expect(summaryOf('Tide &amp; Ember &#8211; &#x20AC;5 &nope;')).toBe('Tide & Ember – €5 &nope;');
  });

  test('scripts, styles, comments and handlers leave nothing behind', () => {
    const hostile =
      '<script>alert(1)</script><p onclick="x()">A<img src=x onerror=alert(1)>B</p><!-- c --><style>p{}</style>';
    expect(readRichText(hostile)).toEqual([{ kind: 'paragraph', spans: [plain('A'), plain('B')] }]);
    expect(readRichText('<scr<script>x</script>ipt>y')).not.toContainEqual(
      expect.objectContaining({ kind: 'list' }),
    );
    expect(summaryOf('<script>never closed')).toBe('');
    expect(summaryOf('1 < 2')).toBe('1 < 2');
  });

  test('summaries end at a word', () => {
    expect(summaryOf(`<p>${'word '.repeat(100)}</p>`, 22)).toBe('word word word word…');
  });
});
