import { fields, line, list, optional, prose, url } from '../schema/fields.js';
import { common, defineKind } from './kind.js';

export const questions = defineKind({
  kind: 'questions',
  title: 'Questions',
  entries: ['question', 'questions'],
  description: 'What readers ask, with answers',
  fields: {
    ...common,
    items: list(
      fields(
        {
          question: line({
            ask: 'first',
            label: 'Question',
            prompt: 'As a reader would put it',
            title: 'Question',
            description: 'The question, as a reader would put it',
            example: 'What does the arsenal mean for Seoul?',
          }),
          answer: optional(
            prose({ ask: 'first', label: 'Answer', prompt: 'The answer', title: 'Answer', description: 'The answer' }),
          ),
          url: optional(
            url({
              ask: 'more',
              label: 'Link',
              prompt: 'Where the answer is to be found',
              title: 'Link',
              description: 'Where the answer is to be found',
            }),
          ),
        },
        { title: 'Question', description: 'A question and its answer' },
      ),
      {
        title: 'Questions',
        ask: 'first',
        label: 'Questions',
        prompt: 'The questions',
        description: 'The questions, in order',
      },
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
