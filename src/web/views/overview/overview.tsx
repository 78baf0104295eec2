/** What has to be looked at today. */
export function Overview() {
  return <h1>Overview</h1>
}
