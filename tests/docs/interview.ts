import { interview } from '../../src/cli/interview/flow.js';
import { outline } from '../../src/cli/interview/outline.js';
import { asked } from '../interview-driver.js';
import { temporaryFolder } from '../support.js';

const [ENTER, CTRL_D] = ['\r', '\x04'];

const STORY = `Harbour council keeps the night ferry${ENTER}A 7–6 vote saves the 23:40 sailing${ENTER}Maya Okafor${CTRL_D}`;
const SOURCE = `Port Ellery Council${ENTER}Minutes of the committee${ENTER}council.example/minutes${ENTER}3 oct`;
const SUMMARY = `${ENTER}Councillors voted 7–6 to keep the 23:40 sailing until spring [@port`;
const TIMELINE = `${ENTER}.${CTRL_D}time${ENTER}2019${ENTER}The grant is renewed.${ENTER}march 2024${ENTER}It ends [@councl].${CTRL_D}`;

/** Still frames of the interview, as a terminal shows them: a source, a text, the outline. */
export async function interviewFrames(): Promise<string> {
  const frameAfter = async (keys: string, run = interview, text = '') => {
    const { lines, session } = await asked(temporaryFolder(), keys, run, text);
    return { frame: lines.slice(lines.findLastIndex((line) => line.startsWith('◆'))).join('\n'), text: session.text };
  };
  const source = await frameAfter(STORY + SOURCE);
  const summary = await frameAfter(`${STORY}${SOURCE}${CTRL_D}${SUMMARY}`);
  const { text } = await frameAfter(`${STORY}${SOURCE}${CTRL_D}${SUMMARY}${TIMELINE}`);
  const parts = await frameAfter('time', (it) => outline(it, 'story'), text);
  return `${[source, summary, parts].map(({ frame }) => frame).join('\n\n')}\n`;
}
