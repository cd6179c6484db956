/** Stands in Premiere's script for Photoshop's side, src/host/photoshop/, which is never asked for there. */
export function photoshopHost() {
  throw new Error('This is the script for Premiere.');
}
