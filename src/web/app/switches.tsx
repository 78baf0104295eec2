/** Language and colours, changed at once. */
import { LANGUAGE_NAMES, LANGUAGES, type Language, language, tables } from '../language/language.ts'
import { Choice } from '../ui/choice.tsx'
import { SelectField } from '../ui/field.tsx'
import { say } from '../ui/toasts.tsx'
import { chosenTheme, prefer, type Theme } from './preferences.ts'
import { words } from './words.ts'

/** It holds here in any case; only keeping it for other browsers can fail. */
const preferOrSay = (change: Parameters<typeof prefer>[0]): void => {
  prefer(change).catch(() => say(words().notKept, 'error'))
}

/** English and French are whole; another is offered once it has words. */
const offered = (): Language[] =>
  LANGUAGES.filter((each) => [...tables.values()].every((table) => table[each] !== undefined))

export function LanguageSwitch() {
  const all = offered()
  const options = all.map((value) => ({ value, label: <span lang={value}>{LANGUAGE_NAMES[value]}</span> }))
  const t = words()
  const chosen = all.includes(language.value) ? language.value : 'en'
  if (all.length <= 2)
    return (
      <Choice
        label={t.language}
        options={options}
        value={chosen}
        onChoose={(value) => preferOrSay({ language: value })}
      />
    )
  return (
    <SelectField
      label={t.language}
      options={all.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
      value={chosen}
      onChange={(event) => preferOrSay({ language: event.currentTarget.value as Language })}
    />
  )
}

export function ThemeSwitch() {
  const t = words()
  return (
    <Choice
      label={t.colours}
      options={[
        { value: 'system', label: t.asSystem },
        { value: 'light', label: t.light },
        { value: 'dark', label: t.dark },
      ]}
      value={chosenTheme.value ?? 'system'}
      onChoose={(value: Theme | 'system') => preferOrSay({ theme: value === 'system' ? null : value })}
    />
  )
}
