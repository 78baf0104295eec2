/** Keeps a view that fails from taking the rest of the page with it. */
import { Component, type ComponentChildren } from 'preact'
import { Notice } from '../ui/notice.tsx'
import { words } from './words.ts'

interface Properties {
  /** Address of the view: another one is tried anew. */
  readonly at: string
  readonly children: ComponentChildren
}

export class Boundary extends Component<Properties, { failed?: string | undefined }> {
  override state: { failed?: string | undefined } = {}

  override componentDidCatch(error: unknown): void {
    console.error(error)
    this.setState({ failed: this.props.at })
  }

  override render({ at, children }: Properties) {
    if (this.state.failed !== at) return children
    const t = words()
    return (
      <Notice kind="error" title={t.viewFailed}>
        <button type="button" onClick={() => this.setState({ failed: undefined })}>
          {t.tryAgain}
        </button>
      </Notice>
    )
  }
}
