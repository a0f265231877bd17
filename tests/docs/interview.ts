import { interview } from '../../src/cli/interview/flow.js';
import { outline } from '../../src/cli/interview/outline.js';
import { asked } from '../interview-driver.js';
import { temporaryFolder } from '../support.js';

const [ENTER, CTRL_D] = ['\r', '\x04'];

const STORY = `Harbour council keeps the night ferry${ENTER}A 7–6 vote saves the 23:40 sailing${ENTER}Maya Okafor${CTRL_D}`;
const SOURCES = `Port Ellery Council${ENTER}Minutes of the committee${ENTER}council.example/minutes${ENTER}3 oct`;

/** Still frames of the interview, as a terminal shows them. */
export async function interviewFrames(): Promise<string> {
  const frames: string[] = [];
  const after = async (keys: string, run = interview, text = '') => {
    const { lines, session } = await asked(temporaryFolder(), keys, run, text);
    frames.push(lines.slice(lines.findLastIndex((line) => line.startsWith('◆'))).join('\n'));
    return session.text;
  };
  await after(`${STORY}${SOURCES}`);
  await after(`${STORY}${SOURCES}${CTRL_D}${ENTER}Councillors voted 7–6 to keep the 23:40 sailing until spring [@port`);
  const text = await after(
    `${STORY}${SOURCES}${CTRL_D}time${ENTER}2019${ENTER}The federal grant is renewed.${ENTER}march 2024`,
  );
  frames.pop();
  const whole = `${text.trimEnd()}\n  - kind: summary\n    text: Councillors voted 7–6 to keep the sailing [@councl].\n`;
  await after('summ', (it) => outline(it, 'story'), whole);
  return `${frames.join('\n\n')}\n`;
}
