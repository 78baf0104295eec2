/** The game's points and the cuffs' pressures, entered by hand where no file says them. */
import { useEffect, useState } from 'preact/hooks'
import { typedNumber } from '../../../language/amounts.ts'
import { exact, exactPercent } from '../../../language/format.ts'
import { decimalOf } from '../../../language/number-of.ts'
import { TextField } from '../../../ui/field.tsx'
import { ProblemNotice } from '../../../ui/notice.tsx'
import type { EntryTask, Session } from './use-entry.ts'
import { words } from './words.ts'

interface Properties {
  readonly session: Session
  readonly save: EntryTask
}

const shown = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : typedNumber(value)

export function gameText(game: Session['game']): string {
  const t = words()
  return game === null ? t.gameMissing : t.doneOf(exact(game.points), exact(game.max))
}

export function GamePoints({ session: { game }, save }: Properties) {
  const t = words()
  const [typed, type] = useState({ points: '', max: '' })
  const [isTried, tried] = useState(false)
  useEffect(() => type({ points: shown(game?.points), max: shown(game?.max) }), [game?.points, game?.max])
  const points = decimalOf(typed.points)
  const max = decimalOf(typed.max)
  const isRight = points !== null && max !== null && max > 0
  return (
    <details class="scores-entry">
      <summary>{t.named(t.gameTitle, gameText(game))}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          tried(!isRight)
          if (isRight) void save.run({ game: { points, max } })
        }}
      >
        <div class="row scores-fields">
          <TextField
            label={t.gamePoints}
            inputMode="decimal"
            value={typed.points}
            disabled={save.isRunning}
            error={isTried && points === null ? t.gameWrong : undefined}
            hint={isRight && points > max ? t.gameOver : undefined}
            onInput={({ currentTarget }) => type({ ...typed, points: currentTarget.value })}
          />
          <TextField
            label={t.gameMax}
            inputMode="decimal"
            value={typed.max}
            disabled={save.isRunning}
            error={isTried && !(max !== null && max > 0) ? t.gameMaxWrong : undefined}
            onInput={({ currentTarget }) => type({ ...typed, max: currentTarget.value })}
          />
        </div>
        {save.problem && <ProblemNotice problem={save.problem} />}
        <div class="row">
          <button type="submit" class="primary" disabled={save.isRunning}>
            {t.gameSave}
          </button>
          {game !== null && (
            <button type="button" disabled={save.isRunning} onClick={() => void save.run({ game: null })}>
              {t.remove}
            </button>
          )}
        </div>
      </form>
    </details>
  )
}

export function pressuresText(bfr: Session['bfr']): string {
  const t = words()
  const measured = (['left', 'right'] as const).filter((side) => bfr[side] !== null)
  if (measured.length === 0) return t.bfrMissing
  return measured.map((side) => `${t[side]} ${exactPercent(bfr[side])}`).join(', ')
}

/** An empty field is a side that was not measured; undefined is no pressure. */
function pressureOf(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const value = decimalOf(text)
  return value === null || value > 100 ? undefined : value
}

export function Pressures({ session: { bfr }, save }: Properties) {
  const t = words()
  const [typed, type] = useState({ left: '', right: '' })
  const [isTried, tried] = useState(false)
  useEffect(() => type({ left: shown(bfr.left), right: shown(bfr.right) }), [bfr.left, bfr.right])
  const left = pressureOf(typed.left)
  const right = pressureOf(typed.right)
  const isEmpty = left === null && right === null
  const isRight = left !== undefined && right !== undefined && !isEmpty
  const error = (value: number | null | undefined) =>
    !isTried ? undefined : value === undefined ? t.bfrWrong : isEmpty ? t.bfrEmpty : undefined
  return (
    <details class="scores-entry">
      <summary>{t.named(t.bfrTitle, pressuresText(bfr))}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          tried(!isRight)
          if (isRight) void save.run({ bfr: { left, right } })
        }}
      >
        <p class="soft">{t.bfrHint}</p>
        <div class="row scores-fields">
          {(['left', 'right'] as const).map((side) => (
            <TextField
              key={side}
              label={side === 'left' ? t.bfrLeft : t.bfrRight}
              inputMode="decimal"
              unit="%"
              value={typed[side]}
              disabled={save.isRunning}
              error={error(side === 'left' ? left : right)}
              onInput={({ currentTarget }) => type({ ...typed, [side]: currentTarget.value })}
            />
          ))}
        </div>
        {save.problem && <ProblemNotice problem={save.problem} />}
        <div class="row">
          <button type="submit" class="primary" disabled={save.isRunning}>
            {t.bfrSave}
          </button>
          {(bfr.left !== null || bfr.right !== null) && (
            <button type="button" disabled={save.isRunning} onClick={() => void save.run({ bfr: null })}>
              {t.remove}
            </button>
          )}
        </div>
      </form>
    </details>
  )
}
