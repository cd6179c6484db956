import { Icon } from './icons.tsx';

export type Tool = 'hand' | 'rectangle' | 'ellipse';

const tools: readonly (readonly [Tool, string])[] = [
  ['hand', 'Hand tool'],
  ['rectangle', 'Rectangular marquee tool'],
  ['ellipse', 'Elliptical marquee tool'],
];

interface ToolsProps {
  tool: Tool;
  onTool: (tool: Tool) => void;
  feather: number;
  onFeather: (feather: number) => void;
}

/** The tools at the canvas's left, and the marquee's feather. */
export function Tools({ tool, onTool, feather, onFeather }: ToolsProps) {
  return (
    <div className="tools" role="toolbar" aria-label="Tools" aria-orientation="vertical">
      {tools.map(([name, label]) => (
        <button key={name} title={label} aria-pressed={tool === name} onClick={() => onTool(name)}>
          <Icon name={name} />
        </button>
      ))}
      <label title="Feather in pixels">
        <input
          type="number"
          aria-label="Feather in pixels"
          min={0}
          max={250}
          value={feather}
          onChange={({ currentTarget }) => onFeather(Math.max(0, currentTarget.valueAsNumber || 0))}
        />
      </label>
    </div>
  );
}
