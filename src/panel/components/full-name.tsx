import { useEffect, useId, useRef, useState } from 'react';

/**
 * A layer's or a clip's name on one line, cut short where it does not fit; the whole name then shows below it on hover and
 * on focus. (A `title` would not do: the WebView paints none.)
 */
export function FullName({ name, testId = 'layer-name' }: { name: string; testId?: string }) {
  const id = useId();
  const line = useRef<HTMLHeadingElement>(null);
  const [cut, setCut] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const element = line.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setCut(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [name]);
  const show = (): void => setOpen(true);
  const hide = (): void => setOpen(false);
  return (
    <div className="name">
      <h1
        ref={line}
        className="name-line"
        data-testid={testId}
        tabIndex={cut ? 0 : undefined}
        aria-describedby={cut && open ? id : undefined}
        onPointerEnter={show}
        onFocus={show}
        onPointerLeave={hide}
        onBlur={hide}
      >
        {name}
      </h1>
      {cut && open && (
        <div className="name-bubble" id={id} role="tooltip">
          {name}
        </div>
      )}
    </div>
  );
}
