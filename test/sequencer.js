import SequencerModule from '@jest/test-sequencer';

// As CommonJS, or as a module, depending on how Jest loads this file.
const Sequencer = SequencerModule.default ?? SequencerModule;

/**
 * The browser's tests first, which take longest: on a clean checkout Jest knows no durations and goes by the files'
 * sizes, so that a short file with much to wait for would come last and one processor of two would stand idle.
 */
export default class BrowserFirst extends Sequencer {
  sort(tests) {
    const browser = ({ context }) => context.config.displayName?.name === 'browser';
    const sorted = super.sort(tests);
    return [...sorted.filter(browser), ...sorted.filter((each) => !browser(each))];
  }
}
