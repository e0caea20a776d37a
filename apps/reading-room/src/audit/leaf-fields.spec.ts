import { expect, test } from 'vitest';
import { fieldsOf } from './leaf-fields.js';

const person = '0193f2c8-7a41-4a11-8a11-000000000001';

test('persons by name, other ids short, lists counted', () => {
  const body = {
    act: 'read.granted',
    person,
    grant: '4f1cf2c8-7a41-4a11-8a11-000000000002',
    bytes: 64,
    ranges: [{ offset: 1, length: 2 }],
    note: null,
  };
  expect(fieldsOf(body, { [person]: 'Engineer A' })).toBe(
    'person Engineer A, grant 4f1cf2c8, bytes 64, ranges offset 1 length 2',
  );
  expect(fieldsOf({ act: 'x', ranges: [1, 2] }, {})).toBe('ranges 2 of them');
});
