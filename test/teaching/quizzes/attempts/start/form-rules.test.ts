import { expect } from 'chai';
import { formRules, safetyRules } from '../../../../../server/teaching/quizzes/attempts/start/form-rules.js';
import type { Quiz } from '../../../../../server/teaching/quizzes/quiz-model.js';
import { trialsIn } from '../../../../../server/teaching/quizzes/quiz.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import type { Translate } from '../../../../../server/platform/i18n/i18n.js';
import { sampleCase } from '../../../questions/case-samples.js';
import { sampleDecision, sampleItem } from '../../../questions/samples.js';

const keys: Translate = key => key;
const single = (more: object): Item => sampleItem('single', more);

describe('what a start page says of forms', () => {
  it('names what nobody may answer, as the bank has it', () => {
    const rules = (...items: Item[]) => safetyRules({ items }, keys);
    const missed = single({ critical: 'never-2' });
    const named = single({ critical: 'never-2', unsafe: ['b'] });
    const decision = sampleItem('decision', { ...sampleDecision('urgent') });
    const harmless = single({ critical: false });
    expect(rules(harmless)).to.deep.equal([]);
    expect(rules(harmless, missed)).to.deep.equal(['quiz.rule.safety']);
    expect(rules(harmless, named)).to.deep.equal(['quiz.rule.unsafe']);
    expect(rules(decision)).to.deep.equal(['quiz.rule.unsafe']);
    expect(rules(missed, named)).to.deep.equal(['quiz.rule.unsafeOrMissed']);
    expect(rules(harmless, { ...missed, status: 'trial' })).to.deep.equal([]);
  });

  it('says that the case differs, and the counts of right answers, only where they do', () => {
    const rules = (quiz: Partial<Quiz>) => formRules({ scenarios: [], ...quiz }, keys);
    expect(rules({ scenarios: [sampleCase] })).to.deep.equal([]);
    expect(rules({ scenarios: [sampleCase, sampleCase] })).to.deep.equal(['quiz.rule.otherCase']);
    expect(rules({ decisions: { count: 6, tell: [2, 2] } })).to.deep.equal([]);
    expect(rules({ decisions: { count: 6, tell: [2, 3] } })).to.deep.equal(['quiz.rule.counts']);
  });

  it('promises a question on trial only in a final that has one for the job, whose twin is not asked', () => {
    const trials = (name: string, items: Item[], job: Quiz['job'] = null) =>
      trialsIn({ name, items, job } as unknown as Quiz);
    const onTrial = single({ id: 'M1-002', status: 'trial' });
    const forSchool = { ...onTrial, roles: ['school' as const] };
    expect(trials('final', [single({})])).to.equal(0);
    expect(trials('final', [single({}), onTrial])).to.equal(1);
    expect(trials('module', [single({}), onTrial])).to.equal(0);
    expect(trials('final', [forSchool])).to.equal(0);
    expect(trials('final', [forSchool], 'cabin')).to.equal(0);
    expect(trials('final', [forSchool], 'event')).to.equal(1);
    const twins = [single({ pair: 'p-1' }), { ...onTrial, pair: 'p-1' }];
    expect(trials('final', twins)).to.equal(0);
  });
});
