/** A part of the pane that is fetched when it is first needed. */

/** Fetches once for all who ask; asked for again where it failed, as the network may be back. */
export function loadOnce<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loading: Promise<Part> | undefined
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}
