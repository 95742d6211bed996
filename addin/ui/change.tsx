/** One cell's text in two versions. */

type Words = { before: string; after: string; blank: string }

/**
 * With `replaced` the second text takes the place of the first, which is marked as deleted by
 * element and line, not by color alone; else both stand as they are.
 */
export function Change(props: { before: string; after: string; words: Words; replaced?: boolean }) {
  const { before, after, words, replaced } = props
  return (
    <dl class="change">
      <div>
        <dt>{words.before}</dt>
        <dd>{before === '' ? <em>{words.blank}</em> : replaced ? <del>{before}</del> : before}</dd>
      </div>
      <div>
        <dt>{words.after}</dt>
        <dd>{after === '' ? <em>{words.blank}</em> : replaced ? <ins>{after}</ins> : after}</dd>
      </div>
    </dl>
  )
}
