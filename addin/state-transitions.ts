/** How each action changes the state: pure, and exhaustive, so that a new action fails to compile here first. */
import type { State } from './state.ts'
import { type CheckingAction, changeChecking } from './transitions/checking.ts'
import { type CommissionAction, changeCommission } from './transitions/commission.ts'
import { changeExchange, type ExchangeAction } from './transitions/exchange.ts'
import { changeKeys, type KeysAction } from './transitions/keys.ts'
import { changeSession, type SessionAction } from './transitions/session.ts'

export type Action = SessionAction | CheckingAction | ExchangeAction | CommissionAction | KeysAction

/**
 * The state after an action. What belongs to a plan goes when the plan or the key does; but keys that
 * are shown only once hold the screen until the person has said that they are kept.
 */
export function transition(state: State, action: Action): State {
  const next = change(state, action)
  return state.issuedKeys && action.type !== 'keysKept'
    ? { ...next, issuedKeys: next.issuedKeys ?? state.issuedKeys, screen: 'issuedKeys' }
    : next
}

function change(state: State, action: Action): State {
  switch (action.type) {
    case 'went':
    case 'keyAsked':
    case 'sampleDrawn':
    case 'tablesRead':
    case 'refreshing':
    case 'started':
    case 'progressed':
    case 'ended':
    case 'noticed':
    case 'signedIn':
    case 'signedOut':
    case 'leftBehind':
    case 'visitOpened':
    case 'reconnected':
    case 'planOpened':
    case 'rowsPulled':
    case 'registryChanged':
      return changeSession(state, action)
    case 'recognised':
    case 'matchChosen':
    case 'sheetTaken':
    case 'checked':
    case 'countsTold':
    case 'issuesViewed':
    case 'reasonDrafted':
    case 'marksRead':
    case 'marked':
    case 'targetsOpened':
    case 'annotated':
    case 'annotatedHere':
    case 'sheetEdited':
    case 'fixed':
    case 'undone':
    case 'copyReplaced':
    case 'fixPlanned':
      return changeChecking(state, action)
    case 'previewed':
    case 'clearToggled':
    case 'suggestToggled':
    case 'previewUnreached':
    case 'outboxRead':
    case 'queued':
    case 'submitted':
    case 'settled':
    case 'pullCompared':
    case 'pullDecided':
    case 'pullAdding':
    case 'pulledIn':
    case 'pullUndone':
    case 'newerFound':
    case 'clearingsFound':
    case 'receiptReopened':
    case 'submissionsPulled':
    case 'submissionsRead':
    case 'draftsRead':
    case 'draftOpened':
      return changeExchange(state, action)
    case 'drafted':
    case 'adjustmentDrafted':
    case 'adjustmentEdited':
    case 'adjusted':
    case 'masterPulled':
    case 'deskPulled':
    case 'deskFiltered':
    case 'reviewed':
    case 'takeUpPreviewed':
    case 'historyOpened':
    case 'conflictsPulled':
    case 'conflictsRefused':
    case 'intakeAdded':
    case 'intakeChanged':
    case 'intakeRemoved':
    case 'intakeOpened':
      return changeCommission(state, action)
    case 'keysPulled':
    case 'keysIssued':
    case 'keysSaved':
    case 'keysKept':
    case 'keysLost':
    case 'ownKeyReplaced':
    case 'ownKeyUnsure':
      return changeKeys(state, action)
  }
}
