/** The roles of a user, to be chosen among those that there are. */
import { useRead } from '../../../api/use-read.ts'
import { Boxes } from '../../../ui/boxes.tsx'
import { Pending } from '../../../ui/pending.tsx'
import { roleName, rolesForUsers, roleText } from '../permissions/texts.ts'
import { words } from './words.ts'

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
  return (
    <Boxes
      label={t.roles}
      options={roles.map((role) => ({ value: role.name, label: roleName(role.name), note: roleText(role) }))}
      chosen={chosen}
      error={isMissing ? t.chooseRole : undefined}
      onChange={onChange}
    />
  )
}
