/** Nothing is known yet: what little there is to say, and a bar that moves. */
export function Loading({ words }: { words: string }) {
  return (
    <div className="loading centred">
      <p className="quiet" role="status">
        {words}
      </p>
      <sp-progress-bar
        className="bar"
        size="s"
        progress={0}
        indeterminate
        aria-label={words}
      ></sp-progress-bar>
    </div>
  );
}
