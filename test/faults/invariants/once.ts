/** One idempotency key makes at most one commit, and everybody who asks with it gets the same receipt. */
import type { Receipt } from '../../../domain/protocol.ts'
import type { Case, Finding } from '../checker.ts'
import { listDecisions } from '../decisions.ts'
import { type History, type Operation, operationsOf } from '../history.ts'
import { canonical } from '../timeline.ts'

type Keyed = Exclude<Extract<Operation, { raw: string }>, { kind: 'resolve-several' | 'dry-run' }> & {
  idempotencyKey: string
}

export function checkOnce({ history, evidence }: Case): Finding[] {
  const findings: Finding[] = []
  const actorOf = new Map(evidence.keys.map(({ id, actorId }) => [id, actorId]))
  const accepted = evidence.submissions.filter(({ kind, status }) => kind !== 'plan' && status === 'accepted')
  const numbered = accepted.filter(({ kind }) => kind === 'rows')
  const committed = accepted.flatMap(({ seq, ...rest }) => (seq === null ? [] : [{ ...rest, seq: String(seq) }]))
  findings.push(...findDoubled('number', numbered), ...findDoubled('id', accepted), ...findDoubled('seq', committed))

  const keyed = history.operations.filter(
    (operation): operation is Keyed => 'idempotencyKey' in operation && operation.kind !== 'resolve-several',
  )
  const parts = listDecisions(history).filter(({ part }) => part !== undefined)
  for (const { id, actorId, idempotencyKey, body } of accepted) {
    const about = { idempotencyKey }
    const twins = accepted.filter((other) => other.actorId === actorId && other.idempotencyKey === idempotencyKey)
    if (twins.length > 1) findings.push({ message: `${twins.length} submissions under ${idempotencyKey}`, about })
    const possible =
      keyed.some(
        (operation) =>
          operation.idempotencyKey === idempotencyKey && operation.raw === body && operation.outcome !== 'refused',
      ) ||
      parts.some(
        (asked) =>
          asked.part === idempotencyKey &&
          asked.outcome !== 'refused' &&
          canonical({ conflictId: asked.conflictId, ...asked.body }) === canonical(JSON.parse(body)),
      )
    // A decision without a key is stored under its own id.
    if (!possible && id !== idempotencyKey) {
      findings.push({ message: `${idempotencyKey} was stored, but refused or never sent so`, about })
    }
  }

  const kept = [...accepted.filter(({ draftId }) => draftId === undefined), ...evidence.drafts]
  const find = (keyId: string, key: string | undefined) =>
    kept.find(({ actorId, idempotencyKey }) => actorId === actorOf.get(keyId) && idempotencyKey === key)
  for (const { part, keyId, outcome, n } of parts) {
    if (outcome === 'ok' && !find(keyId, part))
      findings.push({ message: `decision ${part} was acknowledged, but is not stored`, about: { operation: n } })
  }
  for (const { idempotencyKey, keyId, outcome, raw, n } of keyed) {
    if (outcome !== 'ok') continue
    const stored = find(keyId, idempotencyKey)
    const about = { idempotencyKey, operation: n }
    if (!stored) findings.push({ message: `${idempotencyKey} was acknowledged, but is not stored`, about })
    else if (stored.body !== raw) findings.push({ message: `${idempotencyKey} was stored with another body`, about })
  }
  return [...findings, ...checkReceipts(history, evidence)]
}

/** Whoever asks with one key gets the receipt of the one submission. */
function checkReceipts(history: History, { submissions, drafts }: Case['evidence']): Finding[] {
  const submits = operationsOf(history, 'submit')
  return submits.flatMap(({ idempotencyKey, reply, n }) => {
    if (!reply) return []
    const about = { idempotencyKey, operation: n }
    const draft = drafts.find(({ id }) => id === reply.draftId)
    const stored = draft ? { ...draft, seq: null } : submissions.find(({ id }) => id === reply.submissionId)
    const first = submits.find((again) => again.idempotencyKey === idempotencyKey && again.reply)?.reply
    if (stored?.idempotencyKey !== idempotencyKey || stored.seq !== reply.seq) {
      return [{ message: `the receipt of ${idempotencyKey} is not that of the stored submission`, about }]
    }
    return first && textOf(first) !== textOf(reply)
      ? [{ message: `two receipts were given for ${idempotencyKey}`, about }]
      : []
  })
}

function textOf(receipt: Receipt): string {
  return canonical({ ...receipt, replayed: false })
}

function findDoubled<Key extends string, T extends { [K in Key]: string } & { idempotencyKey: string }>(
  key: Key,
  list: T[],
): Finding[] {
  return list.flatMap((item, i) =>
    list.findIndex((other) => other[key] === item[key]) < i
      ? [{ message: `two submissions have ${key} ${item[key]}`, about: { idempotencyKey: item.idempotencyKey } }]
      : [],
  )
}
