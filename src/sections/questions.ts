import { fields, line, list, optional, prose, url } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const questions = defineKind({
  kind: 'questions',
  title: 'Questions',
  description: 'What readers ask, with answers',
  fields: {
    ...common,
    items: list(
      fields(
        {
          question: line({
            title: 'Question',
            description: 'The question, as a reader would put it',
            example: 'What does the arsenal mean for Seoul?',
          }),
          answer: optional(prose({ title: 'Answer', description: 'The answer' })),
          url: optional(url({ title: 'Link', description: 'Where the answer is to be found' })),
        },
        { title: 'Question', description: 'A question and its answer' },
      ),
      { title: 'Questions', description: 'The questions, in order' },
    ),
  },
  check(section, report) {
    section.items.forEach((item, i) => {
      if (!item.answer && !item.url)
        report(
          'incomplete-section',
          ['items', i],
          'the question has neither answer: nor url:',
          'add an answer, or a link to one',
        );
    });
  },
});
