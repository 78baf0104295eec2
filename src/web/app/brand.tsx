/** The sign of the product and its name. */
import './brand.css'

export const Brand = () => (
  <span class="brand-sign">
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" />
      <path d="M3 17h5l2-6 3 13 4-19 4 16 2-4h6" />
    </svg>
    <span>Myoserve</span>
  </span>
)
