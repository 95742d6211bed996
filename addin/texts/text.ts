/** One text of the pane in both languages. */
export type Text = readonly [zh: string, en: string]
