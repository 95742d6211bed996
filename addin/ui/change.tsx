/** One cell's text in two versions. */
import type { ComponentChildren } from 'preact'

type Words = { before: string; after: string; blank: string }

/**
 * With `replaced` the second text takes the place of the first: what goes and what comes is marked by
 * element, line and weight, not by color alone. Else both stand as they are.
 */
export function Change(props: { before: string; after: string; words: Words; replaced?: boolean }) {
  const { before, after, words, replaced } = props
  const [start, removed, added, end] = splitChange(before, after)
  return (
    <dl class="change">
      <div>
        <dt>{words.before}</dt>
        <dd>
          {before === '' ? (
            <em>{words.blank}</em>
          ) : replaced ? (
            marked(start, removed && <del>{removed}</del>, end)
          ) : (
            before
          )}
        </dd>
      </div>
      <div>
        <dt>{words.after}</dt>
        <dd>
          {after === '' ? <em>{words.blank}</em> : replaced ? marked(start, added && <ins>{added}</ins>, end) : after}
        </dd>
      </div>
    </dl>
  )
}

function marked(start: string, changed: ComponentChildren, end: string): ComponentChildren {
  return [start, changed, end]
}

/** What both texts begin with, what only the first and only the second has, and what both end with. */
export function splitChange(
  before: string,
  after: string,
): [start: string, removed: string, added: string, end: string] {
  const [one, other] = [[...before], [...after]]
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && one[start] === other[start]) start++
  let end = 0
  while (end < shorter - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  // A number is one word: 90% → 95% reads as a whole.
  while (start > 0 && isFigure(one[start - 1]) && (isFigure(one[start]) || isFigure(other[start]))) start--
  while (end > 0 && isFigure(one.at(-end)) && (isFigure(one.at(-end - 1)) || isFigure(other.at(-end - 1)))) end--
  const middle = (text: string[]) => text.slice(start, text.length - end).join('')
  return [one.slice(0, start).join(''), middle(one), middle(other), one.slice(one.length - end).join('')]
}

function isFigure(character: string | undefined): boolean {
  return character !== undefined && /[\d.%]/.test(character)
}
