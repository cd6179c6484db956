import { useEffect, useRef, useState } from 'react';

export interface MenuItem {
  readonly label: string;
  /** As shown at the right: a shortcut, or a tick. */
  readonly hint?: string;
  readonly disabled?: boolean;
  /** A line above this item. */
  readonly apart?: boolean;
  readonly choose: () => void;
}

/** One menu of the menu bar. Arrow keys move, Escape closes. */
export function DropMenu({ label, items }: { label: string; items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    place.current?.querySelector<HTMLButtonElement>('[role="menuitem"]:not(:disabled)')?.focus();
    const away = (event: PointerEvent): void => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    window.addEventListener('pointerdown', away);
    // A click into a panel's page is not heard here, but takes the focus away.
    const blurred = (): void => setOpen(false);
    window.addEventListener('blur', blurred);
    return () => {
      window.removeEventListener('pointerdown', away);
      window.removeEventListener('blur', blurred);
    };
  }, [open]);

  const press = (event: React.KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      setOpen(false);
      place.current?.querySelector('button')?.focus();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const all = [
      ...(place.current?.querySelectorAll<HTMLButtonElement>('[role="menuitem"]:not(:disabled)') ?? []),
    ];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    all.at((at + (event.key === 'ArrowDown' ? 1 : -1)) % all.length)?.focus();
  };

  return (
    <div ref={place} className="drop-menu" onKeyDown={press}>
      <button aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {label}
      </button>
      {open && (
        <ul role="menu" aria-label={label}>
          {items.map((item) => (
            <li key={item.label} role="none" data-apart={item.apart === true}>
              <button
                role="menuitem"
                disabled={item.disabled === true}
                onClick={() => {
                  setOpen(false);
                  item.choose();
                }}
              >
                <span>{item.label}</span>
                <kbd>{item.hint}</kbd>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
