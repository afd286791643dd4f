import { nothing, type Rows } from './row.ts';

const byId = { params: { id: nothing } };
const support = { roles: ['support'] } as const;

export const deadLetterRows: Rows = {
  listDeadLetters: { access: support, answer: 200 },
  getDeadLetter: { access: support, request: () => byId, answer: 'not-found' },
  replayDeadLetter: {
    access: support,
    request: () => ({ ...byId, body: { note: 'the service works again' } }),
    answer: 'not-found',
  },
  replayDeadLetters: {
    access: support,
    request: () => ({ body: { queue: 'no.such.queue', limit: 1, perSecond: 1 } }),
    answer: 202,
  },
  discardDeadLetter: {
    access: support,
    request: () => ({ ...byId, query: { reason: 'a test' } }),
    answer: 'not-found',
  },
};

export const auditRows: Rows = {
  submitAudit: { access: 'nobody', answer: 'not-found' },
  getLatestAudit: { access: support, answer: 200 },
};
