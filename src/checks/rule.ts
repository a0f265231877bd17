import type { House, Level } from '../house.js';
import type { Prose } from '../prose/parse.js';
import type { TextEntry } from '../schema/walk.js';
import type { ImageInput } from '../sections/kind.js';
import type { StoryInput } from '../story/schema.js';
import type { Story } from '../story/story.js';
import type { Path } from '../yaml/places.js';
import type { OwnText } from './own-words.js';

/** What a rule may look at in the texts of a story or an edition. Rules are pure and speak in paths; the checker knows the places. */
export interface TextFacts {
  lang: string;
  /** All texts, in the order in which a brief prints them. */
  texts: TextEntry[];
  images: readonly { image: ImageInput; path: Path }[];
  /** The texts in the story's, or edition's, own words, with quotations, addresses and marks blanked out. */
  ownTexts: () => readonly OwnText[];
  prose: (text: string) => Prose;
  house: House;
  /** A number that the rule being asked lets a house change. */
  option: (name: string) => number;
}

/** What a rule may look at in a story. */
export interface Facts extends TextFacts {
  /** The story as it stands in its file. */
  input: StoryInput;
  /** The story with its defaults. */
  story: Story;
  /** Whether the file has a value at a path, be it a wrong one. */
  isGiven: (path: Path) => boolean;
}

/** A number that a house can set for a rule. */
interface Option {
  description: string;
  value: number;
}

export interface Finding {
  path: Path;
  /** UTF-16 offsets into the text at the path, where only a part of it is meant. */
  within?: readonly [start: number, end: number];
  message: string;
  /** Another place that the message is about; its line is added to it. */
  also?: Path;
  hint?: string | undefined;
  /** Whether it is about the file as a whole, so that a comment anywhere in it can accept it. */
  isOfFile?: boolean;
  /** Whether it is a warning even where the rule's level is error. */
  isWarning?: boolean;
  /** What to put in place of the whole text at the path, where that fixes it and loses no word. */
  fix?: string;
}

/** A number that a house may set for a rule. */
export const optionIn = ({ name, options }: Rule, option: string, house: House): number =>
  Number(house.options?.[name]?.[option] ?? options?.[option]?.value);

/** What a finding of a rule is in a house. */
export const levelIn = ({ name, level }: Rule, { levels }: House): Level => levels?.[name] ?? level;

/** A rule is one such file, and one line in `index.ts`; its docs are generated from it. */
export interface Rule {
  name: string;
  level: Level;
  /** What it finds, and why that matters, in a sentence or two. */
  description: string;
  /** Whether it also runs on a story with errors of shape, whose wrong fields are left out. */
  partial?: boolean;
  /** Whether the kinds of section report it, in place of a check here. */
  byKinds?: true;
  /** True where a brief could not be right in spite of it, so that it cannot be allowed. */
  fixed?: boolean;
  /** What a house can set beside the level. */
  options?: Readonly<Record<string, Option>>;
  bad: string;
  good: string;
  /** Looks at a story. A rule that has neither this nor `checkTexts` is reported by something other than one file's checks. */
  check?: (facts: Facts) => Iterable<Finding>;
  /** Looks at texts and pictures alone, so that it holds for an edition's own too. */
  checkTexts?: (facts: TextFacts) => Iterable<Finding>;
}
