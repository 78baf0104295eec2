/** Something is on its way. It shows itself only when that takes long enough to wonder. */
import { words } from './words.ts'
import './busy.css'

export const Busy = ({ label }: { readonly label?: string }) => (
  <p class="busy" role="status">
    {label ?? words().loading}
  </p>
)
