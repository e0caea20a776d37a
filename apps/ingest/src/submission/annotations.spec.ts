import { expect, test } from 'vitest';
import { Annotations } from './annotations.js';

const newAnnotations = (annotations = 10, annotationBytes = 100) => new Annotations({ annotations, annotationBytes });

test('keep the first value of a name, the last of guid and list_annotations, and none without a name', () => {
  const all = newAnnotations();
  for (const name of ['a', 'a', 'guid', 'guid', '', 'list_annotations', 'list_annotations'])
    all.add(name, String(all.size));
  expect(JSON.parse(all.toJson())).toEqual({ a: '0', guid: '2', list_annotations: '3' });
});

test('count every byte that came, also of values that were dropped', () => {
  const all = newAnnotations(10, 10);
  all.add('a', '1234');
  expect(() => {
    all.add('a', '56789');
  }).toThrow('ingest.too-large-annotations');
});

test('are so many and no more', () => {
  const all = newAnnotations(1);
  all.add('a', '1');
  all.add('a', '2');
  expect(() => {
    all.add('b', '1');
  }).toThrow('ingest.too-many-annotations');
});

test('of odd names are kept as they are', () => {
  const all = newAnnotations();
  all.addJson('{"__proto__": "x", "constructor": "y", "toString": "z"}');
  expect(all.toJson()).toBe('{"__proto__":"x","constructor":"y","toString":"z"}');
  expect(all.get('valueOf')).toBeNull();
});
