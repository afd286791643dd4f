import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { failureOf, type Row, useServer } from './server.ts';

const { Double, Long, ObjectId } = mongoose.mongo.BSON;
const server = useServer();
const id = new ObjectId('0123456789abcdef01234567');
const at = new Date('2024-02-29T13:45:10.123Z');
const document: Row = {
  _id: 1,
  n: 7,
  m: 2,
  l: Long.fromNumber(5),
  d: new Double(4),
  s: 'Héllo',
  e: [],
  a: [3, 1, 2],
  o: { x: 1 },
  z: null,
  at,
  id,
  rows: [
    { k: 1, v: 10 },
    { k: 2, v: 20 },
  ],
};

/** A `then`, which as a plain property would make a promise-like object. */
const then = (value: unknown): Row => Object.fromEntries([['then', value]]);

/** Results as MongoDB's reference gives them; undefined stands for a field that is left out. */
const cases: [unknown, unknown][] = [
  [{ $add: ['$n', '$m', '$l', '$d'] }, 18],
  [{ $add: ['$at', 1000] }, new Date(at.getTime() + 1000)],
  [{ $add: ['$n', '$missing'] }, null],
  [{ $subtract: ['$n', '$m'] }, 5],
  [{ $subtract: ['$at', new Date(at.getTime() - 5)] }, 5],
  [{ $multiply: ['$n', '$l'] }, 35],
  [{ $divide: ['$n', '$m'] }, 3.5],
  [{ $mod: ['$n', '$m'] }, 1],
  [{ $round: [2.5, 0] }, 2],
  [{ $round: [3.14559, 2] }, 3.15],
  [{ $trunc: [-3.7, 0] }, -3],
  [{ $floor: -3.2 }, -4],
  [{ $ceil: 3.2 }, 4],
  [{ $abs: -3 }, 3],
  [{ $pow: [2, 10] }, 1024],
  [{ $sqrt: 16 }, 4],
  [{ $eq: ['$missing', null] }, false],
  [{ $eq: ['$l', 5] }, true],
  [{ $gt: ['$s', 5] }, true],
  [{ $lt: ['$z', '$n'] }, true],
  [{ $cmp: ['$n', '$m'] }, 1],
  [{ $and: ['$n', '$s'] }, true],
  [{ $or: ['$z', '$missing', 0] }, false],
  [{ $not: ['$z'] }, true],
  [{ $cond: [{ $gte: ['$n', 7] }, 'big', 'small'] }, 'big'],
  [{ $cond: { if: '', ...then(1), else: 2 } }, 1],
  [{ $ifNull: ['$z', '$missing', 'default'] }, 'default'],
  [
    {
      $switch: {
        branches: [
          { case: { $lt: ['$n', 5] }, ...then('a') },
          { case: { $lt: ['$n', 9] }, ...then('b') },
        ],
        default: 'c',
      },
    },
    'b',
  ],
  [{ $concat: ['$s', '!'] }, 'Héllo!'],
  [{ $concat: ['$s', '$missing'] }, null],
  [{ $toUpper: 'ab' }, 'AB'],
  [{ $toLower: '$missing' }, ''],
  [{ $substrCP: ['$s', 1, 3] }, 'éll'],
  [{ $strLenCP: '$s' }, 5],
  [{ $split: ['a-b-c', '-'] }, ['a', 'b', 'c']],
  [{ $trim: { input: '  x ' } }, 'x'],
  [{ $ltrim: { input: 'xxy', chars: 'x' } }, 'y'],
  [{ $replaceAll: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b-c'],
  [{ $replaceOne: { input: 'a.b.c', find: '.', replacement: '-' } }, 'a-b.c'],
  [{ $regexMatch: { input: '$s', regex: '^h', options: 'i' } }, true],
  [{ $regexMatch: { input: '$s', regex: /^h/ } }, false],
  [{ $strcasecmp: ['a', 'B'] }, -1],
  [{ $size: '$a' }, 3],
  [{ $size: ['$a'] }, 3],
  [{ $abs: [-2] }, 2],
  [{ $toLower: 'ÀB' }, 'Àb'],
  [{ $arrayElemAt: ['$a', -1] }, 2],
  [{ $arrayElemAt: ['$a', 9] }, undefined],
  [{ $first: '$a' }, 3],
  [{ $last: '$a' }, 2],
  [{ $slice: ['$a', 1, 2] }, [1, 2]],
  [{ $slice: ['$a', -2] }, [1, 2]],
  [{ $in: [Long.fromNumber(2), '$a'] }, true],
  [{ $concatArrays: ['$a', [9]] }, [3, 1, 2, 9]],
  [{ $reverseArray: '$a' }, [2, 1, 3]],
  [{ $sortArray: { input: '$a', sortBy: -1 } }, [3, 2, 1]],
  [
    { $sortArray: { input: '$rows', sortBy: { v: -1 } } },
    [
      { k: 2, v: 20 },
      { k: 1, v: 10 },
    ],
  ],
  [{ $filter: { input: '$rows', as: 'r', cond: { $gt: ['$$r.v', 15] } } }, [{ k: 2, v: 20 }]],
  [{ $map: { input: '$rows', as: 'r', in: { $multiply: ['$$r.k', '$$r.v', '$m'] } } }, [20, 80]],
  [{ $reduce: { input: '$a', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
  [{ $range: [0, 6, 2] }, [0, 2, 4]],
  [{ $indexOfArray: ['$a', 2] }, 2],
  [{ $isArray: '$a' }, true],
  [
    {
      $zip: {
        inputs: [
          [1, 2],
          ['a', 'b'],
        ],
      },
    },
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [{ $objectToArray: '$o' }, [{ k: 'x', v: 1 }]],
  [
    {
      $arrayToObject: [
        [
          ['p', 1],
          ['q', 2],
        ],
      ],
    },
    { p: 1, q: 2 },
  ],
  [{ $mergeObjects: ['$o', { y: 2 }] }, { x: 1, y: 2 }],
  [
    {
      $setUnion: [
        [1, 2],
        [2, 3],
      ],
    },
    [1, 2, 3],
  ],
  [{ $setIsSubset: [[1], '$a'] }, true],
  [{ $setDifference: ['$a', [3]] }, [1, 2]],
  [{ $sum: '$rows.v' }, 30],
  [{ $sum: ['$n', '$m', '$s'] }, 9],
  [{ $avg: '$a' }, 2],
  [{ $max: ['$n', '$s'] }, 'Héllo'],
  [{ $min: '$a' }, 1],
  [{ $toString: '$id' }, '0123456789abcdef01234567'],
  [{ $toString: '$at' }, '2024-02-29T13:45:10.123Z'],
  [{ $toString: 1.5 }, '1.5'],
  [{ $toInt: '12' }, 12],
  [{ $toInt: 3.9 }, 3],
  [{ $toDouble: '1.5' }, 1.5],
  [{ $toBool: 'false' }, true],
  [{ $toObjectId: '0123456789abcdef01234567' }, id],
  [{ $toDate: 5 }, new Date(5)],
  [{ $isNumber: '$l' }, true],
  [{ $year: '$at' }, 2024],
  [{ $month: '$at' }, 2],
  [{ $dayOfMonth: '$at' }, 29],
  [{ $dayOfWeek: '$at' }, 5],
  [{ $dayOfYear: '$at' }, 60],
  [{ $hour: '$at' }, 13],
  [{ $isoWeek: '$at' }, 9],
  [{ $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M:%S.%L' } }, '2024-02-29 13:45:10.123'],
  [{ $dateToString: { date: '$at', format: '%Y-%m-%dT%H', timezone: '+02:00' } }, '2024-02-29T15'],
  [{ $dateTrunc: { date: '$at', unit: 'hour' } }, new Date('2024-02-29T13:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'month' } }, new Date('2024-02-01T00:00:00Z')],
  [{ $dateAdd: { startDate: '$at', unit: 'day', amount: 1 } }, new Date('2024-03-01T13:45:10.123Z')],
  [{ $dateSubtract: { startDate: '$at', unit: 'month', amount: 1 } }, new Date('2024-01-29T13:45:10.123Z')],
  [{ $dateDiff: { startDate: '$at', endDate: new Date('2024-03-02T00:00:00Z'), unit: 'day' } }, 2],
  [{ $dateFromString: { dateString: '2024-02-29' } }, new Date('2024-02-29T00:00:00Z')],
  [{ $dateFromParts: { year: 2024, month: 2, day: 29 } }, new Date('2024-02-29T00:00:00Z')],
  [{ $let: { vars: { t: { $add: ['$n', 1] } }, in: { $multiply: ['$$t', 2] } } }, 16],
  [{ $literal: '$n' }, '$n'],
  [{ $getField: { field: 'x', input: '$o' } }, 1],
  ['$$ROOT.o.x', 1],
  ['$rows.v', [10, 20]],
  ['$missing', undefined],
  [
    { p: '$n', q: [1, '$m'] },
    { p: 7, q: [1, 2] },
  ],
];

describe('an expression', () => {
  it.each(cases)('%j', async (expression, expected) => {
    const table = await server.table(document);
    const [row = {}] = await table.aggregate({ $project: { _id: 0, result: expression } });
    expect(row).toEqual(expected === undefined ? {} : { result: expected });
  });

  it.each<[unknown]>([
    [{ $add: ['$n', '$s'] }],
    [{ $subtract: ['$s', 1] }],
    [{ $divide: ['$n', 0] }],
    [{ $size: '$n' }],
    [{ $arrayElemAt: ['$n', 0] }],
    [{ $toInt: 'x' }],
    [{ $toInt: '1.5' }],
    [{ $toInt: '$at' }],
    [{ $concat: ['$s', '$n'] }],
    [{ $in: [1, '$n'] }],
    [{ $year: '$s' }],
    ['$$nope'],
  ])('%j fails rather than giving a wrong value', async (expression) => {
    const table = await server.table(document);
    const failure = await failureOf(table.aggregate({ $project: { result: expression } }));
    expect(typeof failure.code).toBe('number');
    expect(failure.code).not.toBe(8);
  });
});
