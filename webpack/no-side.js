/** Stands in a released script for the other application's side, src/host/{photoshop,premiere}/, which cannot run there. */
const refuse = () => {
  throw new Error('This is the script for another application.');
};
export { refuse as photoshopSide, refuse as premiereSide };
