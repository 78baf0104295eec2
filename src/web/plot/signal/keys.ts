/** What keys do while the plot has the focus. */
import type { Commands } from './commands.ts'
import type { Model } from './model.ts'

/** Steps of an edge, in ms. */
export const EDGE_STEP_MS = 10
const EDGE_LEAP_MS = 100

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

/** What an arrow does: moves an edge that was taken hold of, with shift the read-out, else what is shown. */
function arrow(model: Model, commands: Commands, by: 1 | -1, isShift: boolean): void {
  if (model.draft.peek()) commands.nudge(by * (isShift ? EDGE_LEAP_MS : EDGE_STEP_MS))
  else if (isShift) commands.moveCursor(by * 0.005)
  else commands.pan(by * 0.1)
}

const VIEWING: Readonly<Record<string, (commands: Commands) => void>> = {
  '+': (c) => c.zoom(1 / 1.5),
  '=': (c) => c.zoom(1 / 1.5),
  '-': (c) => c.zoom(1.5),
  _: (c) => c.zoom(1.5),
  PageUp: (c) => c.pan(-0.9),
  PageDown: (c) => c.pan(0.9),
  Home: (c) => c.toStart(),
  End: (c) => c.toEnd(),
  '0': (c) => c.whole(),
  // Brackets want a second key on French keyboards.
  '[': (c) => c.step(-1),
  p: (c) => c.step(-1),
  ']': (c) => c.step(1),
  n: (c) => c.step(1),
  ArrowUp: (c) => c.nextChannel(-1),
  ArrowDown: (c) => c.nextChannel(1),
  Escape: (c) => c.cancel(),
}

const EDITING: Readonly<Record<string, (commands: Commands) => void>> = {
  a: (c) => c.begin(),
  s: (c) => c.takeEdge('start'),
  e: (c) => c.takeEdge('end'),
  Delete: (c) => c.remove(),
  Backspace: (c) => c.remove(),
}

/** @returns whether the key was meant for the plot */
export function press(
  model: Model,
  commands: Commands,
  { key, shiftKey, ctrlKey, metaKey, altKey }: Pressed,
): boolean {
  if (ctrlKey || metaKey || altKey) return false
  const plain = key.length === 1 ? key.toLowerCase() : key
  if (key === 'ArrowLeft' || key === 'ArrowRight')
    arrow(model, commands, key === 'ArrowLeft' ? -1 : 1, shiftKey)
  else if (key === 'Enter') {
    if (model.draft.peek()) commands.save()
    else commands.enter()
  } else {
    const command = (model.mode.peek() === 'edit' ? EDITING[plain] : undefined) ?? VIEWING[plain]
    if (!command) return false
    command(commands)
  }
  return true
}
