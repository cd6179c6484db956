/** Native ES modules throughout; swc only strips the types. */
export default {
  projects: [
    {
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
      testEnvironment: '<rootDir>/test/environment.js',
      extensionsToTreatAsEsm: ['.ts', '.tsx'],
      transform: { '^.+\\.tsx?$': '@swc/jest' },
    },
    {
      displayName: 'browser',
      testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
      testEnvironment: '<rootDir>/test/environment.js',
      globalSetup: '<rootDir>/test/browser/setup.mjs',
      globalTeardown: '<rootDir>/test/browser/teardown.mjs',
      extensionsToTreatAsEsm: ['.ts', '.tsx'],
      transform: { '^.+\\.tsx?$': '@swc/jest' },
    },
  ],
  testSequencer: '<rootDir>/test/sequencer.js',
  testTimeout: 180_000,
  maxWorkers: 2,
};
