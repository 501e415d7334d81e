import { expect } from 'chai';
import { usualPolicy } from '../../../../server/teaching/content/schema/policy-schema.js';
import type { JobName } from '../../../../server/teaching/questions/jobs.js';
import { casePage, putToSuited } from '../../../../server/teaching/quizzes/preview/preview-case.js';
import type { Quiz } from '../../../../server/teaching/quizzes/quiz-model.js';
import { sampleCase } from '../../questions/case-samples.js';
import { sampleDecision, sampleItem } from '../../questions/samples.js';

/** A final whose bank has items for cabin crew alone. */
const final: Quiz = {
  ...{ name: 'final', title: 'Final', learnerTitle: 'Final', draw: 1, pass: 1, minCritical: 0 },
  items: [sampleItem('decision', { ...sampleDecision('tell'), id: 'D', roles: ['cabin'] })],
  scenarios: [sampleCase],
  policy: usualPolicy,
  remediated: new Map(),
};

const writtenFor = (roles?: JobName[]) => ({ ...sampleCase, ...(roles ? { roles } : {}) });
const to = { action: '/there', onward: '/on' };

describe('a case of the final as in the exam', () => {
  it('is put to a job that the course asks for, though it is written for others, too', () => {
    const asked: JobName[] = ['patrol', 'cabin'];
    for (const roles of [
      ['phone', 'cabin'],
      ['phone', 'driver'],
    ] satisfies JobName[][]) {
      const put = putToSuited(final, writtenFor(roles), asked);
      expect(put.job, roles.join()).to.equal('cabin');
      expect(casePage(put, undefined, to, key => key)?.total).to.equal(1);
    }
    expect(putToSuited(final, writtenFor(), asked).job).to.equal('patrol');
  });

  it('is put to the job that it is written for where the course asks for no other, and to none where it is for all', () => {
    expect(putToSuited(final, writtenFor(['phone']), []).job).to.equal('phone');
    expect(putToSuited(final, writtenFor()).job).to.equal(null);
  });

  it('is the only one of its form', () => {
    const other = { ...sampleCase, id: 'EX-S9' };
    expect(putToSuited({ ...final, scenarios: [sampleCase, other] }, other).scenarios).to.deep.equal([other]);
  });
});
