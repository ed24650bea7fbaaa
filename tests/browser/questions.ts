import type { QuestionnaireInput } from '#shared/contract/questionnaire.ts';

const option = (key: string, nl: string, ar: string) => ({ key, text: { nl, ar } });

/** One question of every kind. */
export const questions = (touchpoint: string, scale: 'grade' | 'smiley' = 'grade', after = 1) =>
  ({
    ...{ touchpoint, after, scale, question: null, commentQuestion: null, product: null },
    questions: [
      {
        ...{
          key: 'reden',
          type: 'choice',
          text: { nl: 'Waar lag het aan?', ar: 'ما السبب؟' },
          from: 1,
          to: 5,
        },
        options: [option('wachten', 'De wachttijd', 'الانتظار'), option('uitleg', 'De uitleg', 'الشرح')],
      },
      {
        ...{
          key: 'goed',
          type: 'multiple',
          text: { nl: 'Wat ging goed?', ar: 'ما الجيد؟' },
          from: 6,
          to: 10,
        },
        options: [option('snel', 'Snel geholpen', 'السرعة'), option('aardig', 'Vriendelijk', 'اللطف')],
      },
      {
        ...{ key: 'kort', type: 'yes-no', from: 1, to: 10, options: [] },
        text: { nl: 'Binnen 10 minuten geholpen?', ar: 'هل تمت مساعدتك خلال 10 دقائق؟' },
      },
      {
        ...{ key: 'doel', type: 'text', from: 1, to: 10, options: [] },
        text: { nl: 'Wat kwam u doen?', ar: 'ماذا جئت تفعل؟' },
      },
    ],
  }) satisfies QuestionnaireInput;
