import { useId, useState, type SyntheticEvent } from 'react';

/**
 * A layer's name on one line, cut short where it does not fit; the whole name shows below it on hover and on
 * focus. (A `title` would not do: the WebView paints none.)
 */
export function FullName({ name }: { name: string }) {
  const id = useId();
  const [cut, setCut] = useState(false);
  const [open, setOpen] = useState(false);
  const show = ({ currentTarget }: SyntheticEvent<HTMLElement>): void => {
    const isCut = currentTarget.scrollWidth > currentTarget.clientWidth;
    setCut(isCut);
    setOpen(isCut);
  };
  const hide = (): void => setOpen(false);
  return (
    <div className="name">
      <h1
        className="name-line"
        data-testid="layer-name"
        tabIndex={cut || name.length > 16 ? 0 : undefined}
        aria-describedby={open ? id : undefined}
        onPointerEnter={show}
        onFocus={show}
        onPointerLeave={hide}
        onBlur={hide}
      >
        {name}
      </h1>
      {open && (
        <div className="name-bubble" id={id} role="tooltip">
          {name}
        </div>
      )}
    </div>
  );
}
