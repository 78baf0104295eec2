/** The roles of a user, to be chosen among those that there are. */
import { useRead } from '../../../api/use-read.ts'
import { Pending } from '../../../ui/pending.tsx'
import { toggled } from '../boxes/toggled.ts'
import { roleName, rolesForUsers, roleText } from '../permissions/texts.ts'
import { words } from './words.ts'
import '../boxes/boxes.css'

interface Properties {
  readonly chosen: readonly string[]
  readonly isMissing: boolean
  readonly onChange: (roles: readonly string[]) => void
}

export function RoleBoxes({ chosen, isMissing, onChange }: Properties) {
  const t = words()
  const { data, problem, reload } = useRead('GET /api/roles', {})
  if (problem || !data) return <Pending read={{ problem, reload }} />
  const roles = rolesForUsers(data.roles)
  const all = roles.map(({ name }) => name)
  return (
    <fieldset class="boxes" aria-describedby={isMissing ? 'roles-missing' : undefined}>
      <legend>{t.roles}</legend>
      {roles.map((role) => (
        <label key={role.name}>
          <input
            type="checkbox"
            checked={chosen.includes(role.name)}
            onChange={() => onChange(toggled(chosen, role.name, all))}
          />
          <span>
            {roleName(role.name)}
            <small class="soft">{roleText(role)}</small>
          </span>
        </label>
      ))}
      {isMissing && (
        <small id="roles-missing" class="wrong">
          {t.chooseRole}
        </small>
      )}
    </fieldset>
  )
}
